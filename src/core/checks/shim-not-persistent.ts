// A shim that nothing makes at boot, or whose configuration is not complete.
import { incompleteEntry, isMadeAtBoot, isMentioned } from '../derive/verdicts/persistence.js';
import { isMeantForChildren } from '../derive/verdicts/shim-service.js';
import { contentOf, findLink } from '../derive/topology/content.js';
import { aboutShim } from '../derive/wording/victims.js';
import persistShim from '../fixes/persist-shim.js';
import { defineCheck, type CheckContext } from '../../model/check.js';
import { valueOf } from '../../model/fact.js';
import type { Evidence } from '../../model/finding.js';
import type { ConfiguredMacvlan, PersistentConfig } from '../../model/platform.js';
import type { Shim } from '../../model/topology.js';

type Gap = Readonly<Record<'shim' | 'path' | 'gap', string>>;

export default defineCheck({
  meta: {
    id: 'shim-not-persistent',
    category: 'shim',
    severity: 'warn',
    title: {
      pass: 'Every shim comes back after a reboot',
      found: 'A shim would not come back after a reboot',
    },
    needs: ['namespaces'],
    dependsOn: ['shim-mode'],
    docs: {
      explain: `What ip link, ip addr and ip route set is gone at the next reboot. A shim made by hand works until then, and weeks later the host cannot reach its containers any more. The boot configuration of this machine was searched for the shim's name: systemd-networkd, NetworkManager, ifupdown, netplan and systemd units.

Two half-done cases are found as well. systemd-networkd makes a macvlan link only when the parent's own .network file names it with MACVLAN=; a .netdev file alone does nothing, silently. A NetworkManager profile with autoconnect=no is never started.

What does not help: an @reboot line with a sleep, or rc.local: both race with the parent. A script must wait for the parent and be safe to repeat. Only the machine's own network namespace is judged: nothing at boot sets up any other.`,
      references: [
        'systemd.netdev(5)',
        'systemd.network(5), MACVLAN=',
        'nm-settings-nmcli(5)',
        'interfaces(5)',
      ],
    },
  },
  messages: {
    unwritten: ({ shim }: { readonly shim: string }) => ({
      what: `${shim} is in no boot configuration that was found.`,
      why: 'It was made by hand or by a script, and is gone at the next reboot.',
      todo: 'Write it down in one of the forms below.',
    }),
    gap: ({ shim, path, gap }: Gap) => ({
      what: `${path} describes ${shim}, and is not complete: ${gap}.`,
      why: 'As it stands it makes no such link at boot.',
      todo: 'Complete it, or replace it by one of the forms below.',
    }),
    'configured-but-absent': ({ shim, path, gap }: Gap) => ({
      what: `${path} describes the macvlan link ${shim}, which does not exist: ${gap}.`,
      why: 'The configuration is not complete, so nothing is made at boot, and nobody says so.',
      todo: 'Complete the configuration, or remove the file when the link is not wanted.',
    }),
  },
  evaluate(_facts, context) {
    const shims = context.topology.parents.flatMap((parent) =>
      parent.shims.filter((shim) => isMeantForChildren(shim, parent) && !isMadeAtBoot(shim)),
    );
    const config = valueOf(context.facts.persistentConfig);
    const isInitial = valueOf(context.facts.platform)?.isInitialNetns;
    const gaps = shims.flatMap((shim) => gapOf(shim, config));
    if (isInitial === false) {
      return gaps.length > 0
        ? { findings: gaps }
        : { notApplicable: 'this network namespace is not set up by the boot of the machine' };
    }
    const absent = isInitial === true ? absentOnes(config, context) : [];
    if (shims.length === 0 && absent.length === 0) return { notApplicable: 'no shim here' };
    const unwritten = shims.filter((shim) => !isMentioned(shim, config));
    if (config === undefined || isInitial === undefined) {
      return { findings: gaps, undetermined: unwritten.map((shim) => openFor(shim, context)) };
    }
    return {
      findings: [...gaps, ...absent, ...unwritten.map((shim) => unwrittenOne(shim, config))],
    };
  },
});

function gapOf(shim: Shim, config: PersistentConfig | undefined) {
  const entry = incompleteEntry(shim.name, config);
  if (entry === undefined) return [];
  const data = dataOf(entry);
  return [
    {
      code: 'gap' as const,
      ...aboutShim(shim),
      data,
      evidence: [evidenceOf(data)],
      remedies: [persistShim.request({ shim: shim.name })],
    },
  ];
}

function absentOnes(config: PersistentConfig | undefined, { topology }: CheckContext) {
  const { links } = contentOf(topology.host);
  const names = new Set((config?.macvlans ?? []).map(({ name }) => name));
  return [...names].flatMap((name) => {
    const entry = incompleteEntry(name, config);
    if (entry === undefined || findLink(links, name) !== undefined) return [];
    const data = dataOf(entry);
    return [
      {
        code: 'configured-but-absent' as const,
        subject: { kind: 'shim' as const, name },
        data,
        evidence: [evidenceOf(data)],
        advice: [`Complete ${entry.path} (${data.gap}), or remove it.`],
      },
    ];
  });
}

function unwrittenOne(shim: Shim, config: PersistentConfig) {
  const managers =
    config.managers.length === 0 ? 'no manager was recognised' : config.managers.join(', ');
  return {
    code: 'unwritten' as const,
    ...aboutShim(shim),
    data: { shim: shim.name },
    evidence: [
      {
        from: 'persistentConfig',
        says: `None of ${config.macvlans.length.toString()} configured macvlan links is called ${shim.name} (in use here: ${managers}).`,
      },
    ],
    remedies: [persistShim.request({ shim: shim.name })],
  };
}

function openFor(shim: Shim, { facts }: CheckContext) {
  const { persistentConfig: config } = facts;
  const reason =
    config.state === 'known'
      ? 'whether this is the network namespace that the machine boots with could not be seen (run as root)'
      : `the boot configuration could not be read: ${config.reason}`;
  return { ...aboutShim(shim), reason };
}

function dataOf({ name, path, gap }: ConfiguredMacvlan): Gap {
  return { shim: name, path, gap: gap ?? 'something is missing' };
}

function evidenceOf({ path, shim, gap }: Gap): Evidence {
  return { from: 'persistentConfig', says: `${path} names ${shim}: ${gap}.` };
}
