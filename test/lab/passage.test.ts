// What becomes of packets between two ends that know each other's MAC: sizes, filters, and whom the other side takes the child for.
import { expect, it } from 'vitest';
import { defineScenario, type LanSketch, type Step } from '../../src/edge/lab/scenario.js';
import { newsOf } from '../../src/edge/lab/trial/judge.js';
import type { Report } from '../../src/model/report.js';
import { describeAsRoot } from '../support/root.js';
import { reportIn, withLab } from '../support/standing-lab.js';

interface Trial {
  readonly name: string;
  readonly lan?: Partial<LanSketch>;
  readonly children?: number;
  readonly fault: readonly Step[];
  /** `check code`, in the order of their ids; everything else is quiet. */
  readonly found: readonly string[];
  /** Checks that say that they could not decide. */
  readonly open?: readonly string[] | 'either';
  /** In what the findings say, evidence and advice included. */
  readonly says?: readonly RegExp[];
}

const MINE = new Set([
  'arp-flux',
  'firewall-child',
  'mtu-black-hole',
  'shim-firewalled',
  'stale-arp-at-gateway',
]);
const BY_DESIGN = new Set(['host-child-isolation', 'mode-private', 'vepa-no-hairpin']);

const guard = (hook: string, ...rules: readonly string[]): string =>
  [
    'add table inet guard',
    `add chain inet guard in { type filter hook ${hook} priority 0; }`,
    ...rules.map((rule) => `add rule inet guard in ${rule}`),
  ].join('; ');

function headlines(report: Report): string[] {
  return newsOf(report)
    .filter(({ check }) => !BY_DESIGN.has(check))
    .map(({ check, code }) => `${check} ${code ?? ''}`)
    .sort();
}

function undecided(report: Report): string[] {
  const open = report.results.filter(
    ({ check, status }) => MINE.has(check) && status === 'undetermined',
  );
  return [...new Set(open.map(({ check }) => check))];
}

let seed = 40;

async function judge(trial: Trial): Promise<void> {
  const { lan = {}, children = 3, fault, found, open = [], says = [] } = trial;
  seed += 1;
  const scenario = defineScenario({
    id: 'passage',
    title: trial.name,
    story: trial.name,
    lan: { mode: 'bridge', children: [1, 5], ...lan },
    fault,
    expect: [],
    byDesign: [],
  });
  await withLab(scenario, { seed, children }, async (lab) => {
    const report = await reportIn(lab.plan.hostNetns);
    const text = JSON.stringify(newsOf(report)).replaceAll(String.raw`\"`, '"');
    expect(headlines(report), text).toEqual([...found]);
    if (open !== 'either')
      expect(
        undecided(report),
        JSON.stringify(report.results.filter(({ status }) => status === 'undetermined')),
      ).toEqual([...open]);
    for (const pattern of says) expect(text).toMatch(pattern);
  });
}

const fixedEntry: Step = {
  in: 'router',
  ip: 'neighbour replace {first} lladdr {nobody-mac} dev {router-link} nud permanent',
};

describeAsRoot('the memory of the gateway', () => {
  it.each<Trial>([
    {
      name: 'a fixed entry',
      fault: [fixedEntry],
      found: ['stale-arp-at-gateway sent-elsewhere'],
      says: [/02:00:5e:10:00:09/u, /the entry is a fixed one/u, /take-expected-mac/u],
    },
    {
      name: 'a fixed entry for a vepa child',
      lan: { mode: 'vepa' },
      fault: [fixedEntry],
      found: ['stale-arp-at-gateway sent-elsewhere'],
    },
    {
      name: 'a fixed entry for a private child',
      lan: { mode: 'private' },
      children: 2,
      fault: [fixedEntry],
      found: ['stale-arp-at-gateway sent-elsewhere'],
    },
    {
      name: 'the only child, and a parent without an address: nobody to compare with',
      lan: { isUnnumbered: true },
      children: 1,
      fault: [fixedEntry],
      found: [],
    },
    {
      name: 'the only child: the host is answered',
      children: 1,
      fault: [fixedEntry],
      found: ['stale-arp-at-gateway sent-elsewhere'],
    },
    {
      name: 'a router that filters the address',
      fault: [{ in: 'router', nft: guard('input', 'ip saddr {first} drop') }],
      found: ['stale-arp-at-gateway unanswered'],
      says: [/remembers another MAC/u, /filters that address/u],
    },
    {
      name: 'a router that answers the pings of a few',
      fault: [
        { in: 'router', nft: guard('input', 'ip saddr {first} icmp type echo-request drop') },
      ],
      found: [],
    },
    {
      name: 'a router that takes nothing of the children but the pings of a few',
      fault: [
        {
          in: 'router',
          nft: guard(
            'input',
            'ip saddr {first} icmp type echo-request drop',
            'meta l4proto tcp drop',
          ),
        },
      ],
      found: [],
      open: ['stale-arp-at-gateway'],
    },
    {
      name: 'a router that ignores pings',
      lan: { routerIgnoresPing: true },
      fault: [],
      found: [],
    },
    {
      name: 'a router that answers few pings',
      children: 5,
      fault: [
        {
          in: 'router',
          nft: guard(
            'input',
            'icmp type echo-request limit rate over 2/second burst 2 packets drop',
          ),
        },
      ],
      found: [],
      // By chance the few are those that matter.
      open: 'either',
    },
  ])('$name', judge);
});

const narrow = (port: string, mtu: number): Step => ({
  in: 'switch',
  ip: `link set dev {${port}} mtu ${mtu.toString()}`,
});

describeAsRoot('the size of packets', () => {
  it.each<Trial>([
    ...[
      ['router-port', 1400],
      ['router-port', 1492],
      ['port', 1450],
      ['port', 1280],
    ].map(([port, mtu]): Trial => ({
      name: `${String(port)} carries ${String(mtu)}`,
      children: 2,
      fault: [narrow(String(port), Number(mtu))],
      found: ['mtu-black-hole narrow'],
      // A veth lets four bytes more in than its MTU says, for a VLAN tag (is_skb_forwardable).
      says: [
        new RegExp(`up to (?:${String(mtu)}|${String(Number(mtu) + 4)}) bytes`, 'u'),
        /set-child-mtu/u,
      ],
    })),
    {
      name: 'a private child',
      lan: { mode: 'private' },
      children: 2,
      fault: [narrow('router-port', 1420)],
      found: ['mtu-black-hole narrow'],
    },
    {
      name: 'a router that takes no long pings',
      fault: [
        { in: 'router', nft: guard('input', 'icmp type echo-request ip length > 1052 drop') },
      ],
      found: [],
      open: ['mtu-black-hole'],
    },
    {
      name: 'one frame in ten lost',
      fault: [{ in: 'router', nft: guard('input', 'numgen random mod 10 0 drop') }],
      found: [],
    },
    { name: 'nothing in the way', fault: [], found: [] },
  ])('$name', judge);
});

const STATEFUL = ['ct state established,related accept', 'drop'];

describeAsRoot('a packet filter inside a child', () => {
  it.each<Trial>([
    {
      name: 'drops what nobody asked for',
      children: 2,
      fault: [{ in: 'second', nft: guard('input', ...STATEFUL) }],
      found: ['firewall-child closed'],
      says: [/its gateway answers it/u, /inet guard in: drop/u],
    },
    {
      name: 'drops everything, one of two',
      children: 2,
      fault: [{ in: 'first', nft: guard('input', 'drop') }],
      found: ['firewall-child closed'],
    },
    {
      name: 'drops everything, one of four',
      children: 4,
      fault: [{ in: 'second', nft: guard('input', 'drop') }],
      found: ['firewall-child closed'],
    },
    {
      name: 'drops everything, the only child',
      children: 1,
      fault: [{ in: 'first', nft: guard('input', 'drop') }],
      found: ['firewall-child drops-replies'],
    },
    {
      name: 'drops everything, both of two',
      children: 2,
      fault: [{ in: 'children', nft: guard('input', 'drop') }],
      found: ['firewall-child closed', 'firewall-child closed'],
    },
    {
      name: 'drops everything, two of four',
      children: 4,
      fault: [
        { in: 'first', nft: guard('input', 'drop') },
        { in: 'second', nft: guard('input', 'drop') },
      ],
      found: ['firewall-child closed', 'firewall-child closed'],
    },
    {
      name: 'drops everything, in private mode',
      lan: { mode: 'private' },
      children: 2,
      fault: [{ in: 'first', nft: guard('input', 'drop') }],
      found: ['firewall-child drops-replies'],
    },
    {
      name: 'drops everything, with a shim',
      lan: { hasShim: true },
      children: 2,
      fault: [{ in: 'first', nft: guard('input', ...STATEFUL) }],
      found: ['firewall-child closed'],
    },
    {
      name: 'drops pings alone',
      children: 3,
      fault: [{ in: 'second', nft: guard('input', 'icmp type echo-request drop') }],
      found: [],
    },
    {
      name: 'drops pings alone, every child',
      children: 3,
      fault: [{ in: 'children', nft: guard('input', 'icmp type echo-request drop') }],
      found: [],
    },
    {
      name: 'ignores pings by its own setting',
      children: 2,
      fault: [{ in: 'first', sysctl: 'net.ipv4.icmp_echo_ignore_all', value: '1' }],
      found: [],
    },
    {
      name: 'refuses everything in plain words',
      children: 2,
      fault: [
        { in: 'first', nft: guard('input', 'ct state established,related accept', 'reject') },
      ],
      found: [],
    },
    {
      name: 'drops what it would send',
      children: 3,
      fault: [{ in: 'first', nft: guard('output', 'icmp type echo-request drop') }],
      found: [],
    },
  ])('$name', judge);
});

describeAsRoot('the firewall of the host on a shim', () => {
  it.each<Trial>([
    {
      name: 'drops what nobody asked for',
      lan: { hasShim: true },
      fault: [{ in: 'host', nft: guard('input', ...STATEFUL) }],
      found: ['shim-firewalled shut'],
      says: [/works in that direction/u, /nft insert rule inet guard in iifname/u],
    },
    {
      name: 'drops everything by the shim',
      lan: { hasShim: true },
      children: 2,
      fault: [{ in: 'host', nft: guard('input', 'iifname "{shim}" drop') }],
      found: ['shim-firewalled shut'],
    },
    {
      name: 'drops pings alone',
      lan: { hasShim: true },
      fault: [{ in: 'host', nft: guard('input', 'icmp type echo-request drop') }],
      found: [],
    },
    { name: 'lets everything in', lan: { hasShim: true }, fault: [], found: [] },
    {
      name: 'keeps a wall towards the LAN alone',
      lan: { hasShim: true },
      fault: [
        {
          in: 'host',
          nft: guard('input', 'ct state established,related accept', 'iifname "{parent}" drop'),
        },
      ],
      found: [],
    },
  ])('$name', judge);
});

describeAsRoot('a shim that answers for the host', () => {
  it.each<Trial>([
    {
      name: 'as the kernel has it',
      lan: { hasShim: true },
      children: 2,
      fault: [
        { in: 'host', sysctl: 'net.ipv4.conf.{shim}.arp_ignore', value: '0' },
        { in: 'host', sysctl: 'net.ipv4.conf.{shim}.arp_announce', value: '0' },
      ],
      found: ['arp-flux flux'],
      says: [/quiet-shim/u],
    },
    {
      name: 'but all links are told not to',
      lan: { hasShim: true },
      children: 2,
      fault: [
        { in: 'host', sysctl: 'net.ipv4.conf.{shim}.arp_ignore', value: '0' },
        { in: 'host', sysctl: 'net.ipv4.conf.all.arp_ignore', value: '1' },
      ],
      found: [],
    },
  ])('$name', judge);
});
