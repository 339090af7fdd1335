// A shim whose mode, or whose children's mode, lets no frame pass between them.
import { deafChildren } from '../derive/verdicts/deaf-children.js';
import { isMeantForChildren, shimProbes } from '../derive/verdicts/shim-service.js';
import { tally } from '../derive/verdicts/reach.js';
import { counted } from '../derive/wording/words.js';
import { aboutShim, listOf } from '../derive/wording/victims.js';
import setMacvlanMode from '../fixes/set-macvlan-mode.js';
import { defineCheck, type CheckContext } from '../../model/check.js';
import type { Evidence } from '../../model/finding.js';
import { isAdminUp } from '../../model/link.js';
import { isSilent, type Observation } from '../../model/observation.js';
import type { Child, Shim } from '../../model/topology.js';
import { howToAsk } from '../derive/wording/how-to-ask.js';

interface Deaf {
  readonly shim: string;
  readonly mode: string;
  readonly children: readonly string[];
}

export default defineCheck({
  meta: {
    id: 'shim-mode',
    category: 'shim',
    severity: 'fail',
    title: {
      pass: 'Shims and children are in modes that talk to each other',
      found: 'A shim and its children are in modes that do not talk to each other',
    },
    needs: ['namespaces'],
    dependsOn: [
      'parent-down',
      'parent-no-carrier',
      'shim-down',
      'mode-mixed',
      'vepa-no-hairpin',
      'child-down',
    ],
    docs: {
      explain: `Two macvlan links of one parent exchange frames inside it only when both are in bridge mode. In vepa mode every frame goes out to the switch and has to be sent back (reflective relay, hairpin), which ordinary switches do not do. In private mode not even that is accepted.

The kernel and ip link take vepa when no mode is named, so a shim made without "mode bridge" comes up, has its address and its routes, and stays silent. Docker, CNI and Podman name bridge mode for their children; libvirt and systemd-networkd take vepa.

What does not help: making the Docker network anew in vepa mode, promiscuous mode, more routes. Private children cannot be reached by any shim; that is what private mode is for.`,
      references: [
        'ip-link(8), macvlan',
        'systemd.netdev(5), [MACVLAN] Mode=',
        'drivers/net/macvlan.c',
      ],
    },
  },
  messages: {
    'shim-not-bridge': ({ shim, mode, children }: Deaf) => ({
      what: `${shim} is in ${mode} mode, and ${listOf(children)} in bridge mode.`,
      why: 'Inside a parent, frames pass only between links that are both in bridge mode.',
      todo: `Put ${shim} into bridge mode; it keeps its address and its routes.`,
    }),
    'children-vepa': ({ shim, children }: Deaf) => ({
      what: `${shim} cannot reach ${listOf(children)}: in vepa mode everything goes to the switch, and this one sends nothing back.`,
      why: 'vepa needs a switch port with reflective relay (hairpin, 802.1Qbg).',
      todo: 'Put the children and the shim into bridge mode.',
    }),
    'children-private': ({ shim, children }: Deaf) => ({
      what: `${shim} cannot reach ${listOf(children)}: private mode shuts out every other link of the parent, a shim included.`,
      why: 'Private children are cut off from each other and from the host on purpose.',
      todo: 'Make their network anew in bridge mode, or do without the shim.',
    }),
  },
  evaluate(_facts, context) {
    const { parents } = context.topology;
    if (parents.every((parent) => parent.shims.length === 0))
      return { notApplicable: 'no shim here' };
    const judged = parents.flatMap((parent) =>
      parent.shims
        .filter((shim) => isAdminUp(shim.link) && isMeantForChildren(shim, parent))
        .map((shim) => ({ shim, ...deafChildren(shim, parent, context) })),
    );
    return {
      findings: judged.flatMap(({ shim, deaf }) =>
        deaf.length === 0 ? [] : [findingFor(shim, deaf, context)],
      ),
      undetermined: judged.flatMap(({ shim, open, deaf }) =>
        open.length === 0 || deaf.length > 0 ? [] : [openFor(shim, open, context)],
      ),
    };
  },
});

function findingFor(shim: Shim, deaf: readonly Child[], { observations }: CheckContext) {
  const bridged = deaf.filter(({ mode }) => mode === 'bridge');
  const vepa = deaf.filter(({ mode }) => mode === 'vepa');
  const victims = [bridged, vepa, deaf].find((group) => group.length > 0) ?? deaf;
  const probes = deaf.flatMap((child) => shimProbes(shim, child, observations));
  const silent = probes.filter((one) => isSilent(one));
  const modes = [...new Set(deaf.map(({ mode }) => mode))];
  const says = `${shim.name} is in ${shim.mode} mode, the children in ${listOf(modes)} mode.`;
  const evidence: Evidence[] = [
    { from: 'links', says },
    ...(silent.length === 0 ? [] : [silenceOf(shim, deaf, silent)]),
  ];
  const data = { shim: shim.name, mode: shim.mode, children: victims.map(({ label }) => label) };
  const shimToBridge =
    shim.mode === 'bridge'
      ? []
      : [setMacvlanMode.request({ where: { kind: 'shim', name: shim.name }, mode: 'bridge' })];
  const base = { ...aboutShim(shim), data, evidence };
  if (bridged.length > 0) {
    // Wrong in itself, whatever else is wrong with the parent.
    return { ...base, within: [], code: 'shim-not-bridge' as const, remedies: shimToBridge };
  }
  if (vepa.length > 0) {
    const toBridge = vepa.map(({ name }) =>
      setMacvlanMode.request({ where: { kind: 'child', name }, mode: 'bridge' }),
    );
    return { ...base, code: 'children-vepa' as const, remedies: [...toBridge, ...shimToBridge] };
  }
  const networks = [...new Set(victims.flatMap(({ network }) => network?.name ?? []))];
  const advice = [
    networks.length === 0
      ? 'Make the links of these children anew with mode bridge, if the host is to reach them.'
      : `Make ${listOf(networks)} anew with -o macvlan_mode=bridge, if the host is to reach these containers.`,
  ];
  return { ...base, code: 'children-private' as const, advice };
}

function silenceOf(shim: Shim, deaf: readonly Child[], silent: readonly Observation[]): Evidence {
  const says = `Bound to ${shim.name}, ${silent.length.toString()} of ${counted(deaf.length, 'child', 'children')} answered none of ${tally(silent).sent.toString()} echo requests.`;
  return { from: 'probe:shim-child-icmp', says };
}

function openFor(shim: Shim, open: readonly Child[], context: CheckContext) {
  const names = listOf(open.map(({ label }) => label));
  const reason = `${shim.name} (${shim.mode}) and ${names} (${[...new Set(open.map(({ mode }) => mode))].join(', ')}) exchange frames only if the switch sends them back, and that was not probed${howToAsk(context)}`;
  return { ...aboutShim(shim), reason };
}
