// The ARP split against emulated switches: each outcome is the one that its cause makes, whoever else is asked meanwhile.
import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import type { Lab } from '../../src/edge/lab/lab.js';
import healthyBridge from '../../src/edge/lab/scenarios/healthy-bridge.js';
import { isAnswered, type Observation, type ProbeStep } from '../../src/model/observation.js';
import { probesIn } from '../support/probes-in.js';
import { describeAsRoot } from '../support/root.js';
import { withLab } from '../support/standing-lab.js';

function segmentOf(lab: Lab) {
  const [segment] = lab.plan.segments;
  if (segment === undefined) throw new Error('a LAN has a segment');
  return segment;
}

/** The quartet for each child, the parent's own row once: all in one round. */
function quartets(lab: Lab): ProbeStep[] {
  const { parent } = segmentOf(lab);
  const step = (probe: ProbeStep['probe'], source: string, sender: string): ProbeStep => {
    const target = parent.children[0]?.gateway ?? '';
    return {
      probe,
      from: 'host',
      to: `gateway:${target}`,
      parent: parent.parent,
      target,
      send: {
        kind: 'arp',
        device: parent.parent,
        ethernetSource: source,
        senderMac: sender,
        senderIp: '0.0.0.0',
      },
      expect: 'answer',
    };
  };
  const host = parent.mac;
  return [
    ...parent.children.flatMap(({ mac }) => [
      step('split-child', mac, mac),
      step('split-source', mac, host),
      step('split-sender', host, mac),
    ]),
    step('split-parent', host, host),
  ];
}

function bridge(lab: Lab, ...args: readonly string[]): void {
  execFileSync('bridge', ['-n', lab.plan.switchNetns, ...args]);
}

function nft(netns: string, ...commands: readonly string[]): void {
  const input = commands.join('\n');
  execFileSync('ip', ['netns', 'exec', netns, 'nft', '-f', '-'], { input });
}

/** The port takes frames from the host's own MAC only. */
function refuseForeignSources(lab: Lab): void {
  const { parent } = segmentOf(lab);
  bridge(lab, 'fdb', 'replace', parent.mac, 'dev', parent.port, 'master', 'static');
  bridge(lab, 'link', 'set', 'dev', parent.port, 'locked', 'on', 'learning', 'off');
}

/** Unicast frames for the host's own MAC only leave by the port. */
function deliverOwnUnicastOnly(lab: Lab): void {
  const { parent } = segmentOf(lab);
  bridge(lab, 'fdb', 'replace', parent.mac, 'dev', parent.port, 'master', 'static');
  for (const { mac } of parent.children) {
    try {
      bridge(lab, 'fdb', 'del', mac, 'dev', parent.port, 'master');
    } catch {
      // The switch has not learned it.
    }
  }
  bridge(lab, 'link', 'set', 'dev', parent.port, 'learning', 'off', 'flood', 'off');
}

/** The same by a packet filter in the switch: ACLs and port security rather than missing entries. */
function filterInSwitch(lab: Lab, ...rules: readonly string[]): void {
  nft(
    lab.plan.switchNetns,
    'add table bridge acl',
    'add chain bridge acl pass { type filter hook forward priority 0; }',
    ...rules.map((rule) => `add rule bridge acl pass ${rule}`),
  );
}

function answers(observations: readonly Observation[]): Record<string, string> {
  const rows = new Map<string, string>();
  for (const one of observations) {
    const mark = one.error === undefined ? (isAnswered(one) ? '1' : '0') : 'E';
    rows.set(one.probe, (rows.get(one.probe) ?? '') + mark);
  }
  return Object.fromEntries(rows);
}

const N = 3;
function row(child: 0 | 1, source: 0 | 1, sender: 0 | 1, parent: 0 | 1): Record<string, string> {
  const each = (bit: number): string => bit.toString().repeat(N);
  return {
    'split-child': each(child),
    'split-source': each(source),
    'split-sender': each(sender),
    'split-parent': parent.toString(),
  };
}

const CAUSES: readonly [string, (lab: Lab) => void, Record<string, string>][] = [
  ['nobody filters', () => undefined, row(1, 1, 1, 1)],
  ['the port is locked to one source', refuseForeignSources, row(0, 0, 1, 1)],
  ['the port delivers to one MAC', deliverOwnUnicastOnly, row(0, 1, 0, 1)],
  [
    'both',
    (lab) => {
      deliverOwnUnicastOnly(lab);
      refuseForeignSources(lab);
    },
    row(0, 0, 0, 1),
  ],
  [
    'an access list drops foreign sources',
    (lab) => {
      const { parent } = segmentOf(lab);
      filterInSwitch(lab, `iifname "${parent.port}" ether saddr != ${parent.mac} drop`);
    },
    row(0, 0, 1, 1),
  ],
  [
    'an access list drops foreign destinations',
    (lab) => {
      const { parent } = segmentOf(lab);
      const unicast = 'ether daddr & 01:00:00:00:00:00 == 00:00:00:00:00:00';
      const rule = `oifname "${parent.port}" ${unicast} ether daddr != ${parent.mac} drop`;
      filterInSwitch(lab, rule);
    },
    row(0, 1, 0, 1),
  ],
  [
    'the gateway is dead',
    (lab) => {
      const { router } = segmentOf(lab);
      execFileSync('ip', ['-n', router.netns, 'link', 'set', router.link, 'down']);
    },
    row(0, 0, 0, 0),
  ],
];

/** A weak link: of every five frames that the switch hands on, one is lost. */
const LOSSY = 'numgen inc mod 5 0 drop';

describeAsRoot('the ARP split, for three children in one round', () => {
  it.each(CAUSES)('%s', async (_name, cause, expected) => {
    for (const seed of [3, 8]) {
      await withLab(healthyBridge, { children: N, seed }, async (lab) => {
        cause(lab);
        const [observations = []] = await probesIn(lab.plan.hostNetns, [quartets(lab)]);
        expect(answers(observations)).toEqual(expected);
        const { router } = segmentOf(lab);
        const macs = observations.flatMap(({ replies }) => replies.map(({ mac }) => mac));
        expect(macs.every((mac) => mac === router.mac)).toBe(true);
      });
    }
  });
});

describeAsRoot('the ARP split in bad weather', () => {
  it.each(CAUSES.slice(0, 4))(
    'one frame in five is lost, and %s',
    async (_name, cause, expected) => {
      for (const seed of [1, 2]) {
        await withLab(healthyBridge, { children: N, seed }, async (lab) => {
          filterInSwitch(lab, LOSSY);
          cause(lab);
          const [observations = []] = await probesIn(lab.plan.hostNetns, [quartets(lab)]);
          expect(answers(observations)).toEqual(expected);
        });
      }
    },
  );
});
