// Packet filters inside children and before a shim, and a shim that answers for the host.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { defineScenario } from '../../src/edge/lab/scenario.js';
import { guard, headlines, judge, type Trial } from '../support/passage-trial.js';
import { describeAsRoot } from '../support/root.js';
import { reportIn, withLab } from '../support/standing-lab.js';

const guardArp = (rule: string): string =>
  [
    'add table arp guard',
    'add chain arp guard out { type filter hook output priority 0; }',
    `add rule arp guard out ${rule}`,
  ].join('; ');

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
    {
      name: 'drops the ARP that it sends',
      children: 3,
      fault: [{ in: 'second', nft: guardArp('drop') }],
      found: ['firewall-child mute'],
      says: [/sends no ARP/u, /arp guard out: drop/u],
    },
    {
      name: 'counts the ARP that it sends',
      children: 3,
      fault: [{ in: 'second', nft: guardArp('counter') }],
      found: [],
    },
    {
      name: 'refuses by a policy rule',
      children: 3,
      fault: [{ in: 'first', ip: 'rule add priority 10 prohibit' }],
      found: ['default-route-missing refused'],
      says: [/10: from all prohibit/u],
    },
    {
      name: 'refuses some addresses by a policy rule',
      children: 3,
      fault: [{ in: 'first', ip: 'rule add priority 10 to 203.0.113.0/24 blackhole' }],
      found: [],
    },
  ])('$name', judge);
});

describeAsRoot('a packet filter inside a child with an open port', () => {
  it.each([
    ['is no finding', 'tcp dport 8404 accept', []],
    ['is one where the port is another', 'tcp dport 8405 accept', ['firewall-child closed']],
  ])('%s', async (_name, accept, found) => {
    const scenario = defineScenario({
      id: 'passage',
      title: 'an open port',
      story: 'an open port',
      lan: { mode: 'bridge' },
      fault: [
        {
          in: 'second',
          nft: guard('input', 'ct state established,related accept', accept, 'drop'),
        },
      ],
      expect: [],
      byDesign: [],
    });
    await withLab(scenario, { seed: 77, children: 3 }, async (lab) => {
      const netns = lab.plan.segments[0]?.parent.children[1]?.netns ?? '';
      const listen = `require('node:net').createServer().listen(8404, () => console.log('up'))`;
      const server = spawn('ip', ['netns', 'exec', netns, process.execPath, '-e', listen]);
      try {
        await once(server.stdout, 'data');
        expect(headlines(await reportIn(lab.plan.hostNetns))).toEqual(found);
      } finally {
        server.kill();
      }
    });
  });
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
