// What becomes of packets on the wire: their size, and whom the gateway takes a child for.
import { it } from 'vitest';
import type { Step } from '../../src/edge/lab/scenario.js';
import { guard, judge, type Trial } from '../support/passage-trial.js';
import { describeAsRoot } from '../support/root.js';

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
      name: 'a fixed entry of the child itself',
      fault: [
        {
          in: 'first',
          ip: 'neighbour replace {gateway} lladdr {nobody-mac} dev {first-link} nud permanent',
        },
      ],
      found: ['stale-arp-at-gateway wrong-entry'],
      says: [/02:00:5e:10:00:09/u, /neigh del/u],
    },
    {
      name: 'a fixed entry of the child itself, the right one',
      fault: [
        {
          in: 'first',
          ip: 'neighbour replace {gateway} lladdr {router-mac} dev {first-link} nud permanent',
        },
      ],
      found: [],
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
    {
      name: 'jumbo frames on this side only',
      children: 2,
      fault: [
        { in: 'host', ip: 'link set dev {nic} mtu 9000' },
        { in: 'children', ip: 'link set dev {self-link} mtu 9000' },
        { in: 'switch', ip: 'link set dev {port} mtu 9000' },
      ],
      found: ['mtu-black-hole narrow'],
      says: [/up to 150[04] bytes/u, /Jumbo frames/u],
    },
    { name: 'nothing in the way', fault: [], found: [] },
  ])('$name', judge);
});
