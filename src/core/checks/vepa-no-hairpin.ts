// vepa children behind a switch port that does not send frames back.
import { defineCheck, type CheckContext } from '../../model/check.js';
import type { Child, Parent } from '../../model/topology.js';
import { shareSubnet, upOnes } from '../derive/topology/parents.js';
import { errorsOf, find, reflects, siblingReach, tally } from '../derive/verdicts/reach.js';
import { HOST } from '../../model/finding.js';
import { listOf, parentSubject } from '../derive/wording/victims.js';
import { counted } from '../derive/wording/words.js';
import { lastingRemedies } from '../fixes/engine/lasting.js';
import setMacvlanMode from '../fixes/set-macvlan-mode.js';
import { whyUnseen } from '../derive/wording/how-to-ask.js';

export default defineCheck({
  meta: {
    id: 'vepa-no-hairpin',
    category: 'macvlan',
    severity: 'fail',
    title: {
      pass: 'Where children are in vepa mode, the switch reflects',
      found: 'Children are in vepa mode, and the switch does not reflect',
    },
    needs: ['namespaces'],
    dependsOn: [
      'parent-down',
      'parent-no-carrier',
      'mode-mixed',
      'source-mac-filter',
      'foreign-unicast-filter',
    ],
    failsUnder: 'host-access',
    docs: {
      explain: `In vepa mode a child hands every frame to the wire, also those for a sibling or for its own host, and trusts the switch to send them back by the port they came from (reflective relay, 802.1Qbg; "hairpin" on a Linux bridge). Ordinary switches never do that. The children then reach the LAN and the gateway, and neither each other nor the host.

vepa is what the kernel makes when no mode is named: "ip link add … type macvlan" without "mode bridge". It is the default of libvirt's direct interfaces too.

A failure where two of them, or more, share a subnet, and under --expect host-access or sibling-access; else a warning. Told apart by a frame of our own that would have come back. The cure is bridge mode, in which siblings are switched inside the host; the host itself then needs a shim. Where a managed switch offers reflective relay, switching it on is the other cure. A shim in front of vepa children, static ARP entries and promiscuous mode do nothing.`,
      references: ['ip-link(8), type macvlan', 'IEEE 802.1Qbg', 'bridge(8), hairpin'],
    },
  },
  messages: {
    siblings: ({ parent, children }: VepaData) => ({
      what: `${listOf(children)} on ${parent} ${children.length === 1 ? 'is' : 'are'} in vepa mode, and the switch does not send frames back.`,
      why: 'In this mode what they send to each other, or to this host, goes out by the wire and has to come back; it does not.',
      todo: 'Put them into bridge mode, or switch on reflective relay (hairpin) at the switch port.',
    }),
    host: ({ parent, children }: VepaData) => ({
      what: `${listOf(children)} on ${parent} ${children.length === 1 ? 'is' : 'are'} in vepa mode, and the switch does not send frames back.`,
      why: `What is sent between ${children.length === 1 ? 'it' : 'them'} and this host goes out by the wire and has to come back; it does not. The LAN is not affected.`,
      todo: `If this host or ${children.length === 1 ? 'a second child' : 'another child'} is to talk to ${children.length === 1 ? 'it' : 'them'}, put ${children.length === 1 ? 'it' : 'them'} into bridge mode.`,
    }),
  },
  evaluate(_facts, context) {
    const cases = context.topology.parents.map((parent) => look(parent, context));
    if (cases.every(({ vepa }) => vepa.length === 0)) {
      return { notApplicable: 'no child is in vepa mode' };
    }
    const atStake = cases.filter(({ stake }) => stake !== undefined);
    return {
      findings: atStake
        .filter(({ parent }) => reflects(parent, context) === 'no')
        .map((one) => report(one, context)),
      undetermined: atStake
        .filter(({ parent }) => reflects(parent, context) === 'unknown')
        .map((one) => leaveOpen(one, context)),
    };
  },
});

interface VepaData {
  readonly parent: string;
  readonly children: readonly string[];
}

interface Case {
  readonly parent: Parent;
  readonly vepa: readonly Child[];
  /** Whose talk depends on the switch; undefined when nobody's does, or it was seen to work. */
  readonly stake: 'siblings' | 'host' | undefined;
}

function look(parent: Parent, context: CheckContext): Case {
  const vepa = upOnes(parent.children).filter(({ mode }) => mode === 'vepa');
  const siblings = vepa.filter((child) =>
    vepa.some((other) => other.netns.inode !== child.netns.inode && shareSubnet(child, other)),
  );
  if (siblings.length > 0 || (vepa.length > 0 && context.expectations.includes('sibling-access'))) {
    const answered = siblings.filter((child) => siblingReach(child, context) === 'answered');
    const isWorking = siblings.length > 0 && answered.length === siblings.length;
    return { parent, vepa, stake: isWorking ? undefined : 'siblings' };
  }
  const ofHost = [...parent.addresses, ...parent.shims.flatMap((shim) => shim.addresses)];
  const isShared = vepa.length > 0 && ofHost.some(({ scope }) => scope === 'global');
  return { parent, vepa, stake: isShared ? 'host' : undefined };
}

function report({ parent, vepa, stake }: Case, { observations }: CheckContext) {
  const children = vepa.map(({ label }) => label);
  const frames = tally(find(observations, { probe: 'reflection', parent: parent.name }));
  const asked = vepa.flatMap(({ name }) =>
    find(observations, { probe: 'sibling-icmp', child: name }),
  );
  const pings = tally(asked.filter(({ replies }) => replies.length === 0));
  const unanswered = {
    from: 'probe:sibling-icmp',
    says: `${counted(pings.sent, 'echo request')} between siblings stayed unanswered`,
  };
  return {
    code: stake ?? ('host' as const),
    severity: stake === 'siblings' ? ('fail' as const) : ('warn' as const),
    subject: parentSubject(parent.name),
    data: { parent: parent.name, children },
    within: [HOST],
    evidence: [
      { from: 'links', says: `mode vepa: ${listOf(children)}` },
      {
        from: 'probe:reflection',
        says: `none of ${counted(frames.sent, 'test frame')} sent by ${parent.name} came back`,
      },
      ...(pings.sent === 0 ? [] : [unanswered]),
    ],
    remedies: [
      setMacvlanMode.request({
        where: [
          ...vepa.map(({ name }) => ({ kind: 'child' as const, name })),
          // Left in vepa mode, a shim would hear nothing of them any more.
          ...parent.shims
            .filter(({ mode }) => mode === 'vepa')
            .map(({ name }) => ({ kind: 'shim' as const, name })),
        ],
        mode: 'bridge',
      }),
      ...lastingRemedies(vepa, { mode: 'bridge' }),
    ],
    advice: [
      'To keep vepa, switch on reflective relay (802.1Qbg) at the switch port; on a Linux bridge: `hairpin on` for the port.',
    ],
  };
}

function leaveOpen({ parent, vepa }: Case, context: CheckContext) {
  const errors = errorsOf(find(context.observations, { probe: 'reflection', parent: parent.name }));
  const why = whyUnseen(context, errors[0] ?? 'no test frame was sent');
  return {
    subject: parentSubject(parent.name),
    within: [HOST],
    reason: `${listOf(vepa.map(({ label }) => label))} (vepa mode) depend on a switch port that reflects, and that is not known: ${why}`,
  };
}
