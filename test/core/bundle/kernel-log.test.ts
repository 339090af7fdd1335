import { describe, expect, it } from 'vitest';
import { linesAbout } from '../../../src/core/bundle/kernel-log.js';

const kept = (log: string, ...links: string[]): readonly string[] => linesAbout(log, links);

describe('the kernel’s log', () => {
  it.each([
    ['a link of ours', '[1.0] e1000e 0000:00:19.0 eth0: NIC Link is Down'],
    ['a link at the end of the line', '[1.0] device promiscuous mode: eth0'],
    ['macvlan itself', '[2.0] macvlan: dropped a frame'],
    ['ipvtap, whatever its case', '[2.0] IPVTAP: no memory'],
    ['a VLAN of a link of ours', '[2.0] eth0.100: entered allmulticast mode'],
  ])('keeps a line about %s', (_name, line) => {
    expect(kept(`before\n${line}\nafter\n`, 'eth0', 'eth0.100')).toEqual([line]);
  });

  it.each([
    ['another link', 'eth1: link is down'],
    ['a link whose name begins like ours', 'eth01: link is down'],
    ['a link whose name ends like ours', 'veth0: link is down'],
    ['a link that is ours and a dash', 'eth0-peer: link is down'],
    ['a program', 'audit: type=1400 comm="curl" dev="eth0"'],
    ['somebody’s command line', 'Kernel command line: root=/dev/sda1 netdev=eth0 ip=eth0'],
    ['a user', 'eth0: opened by uid=1000'],
    ['a device that was plugged in', 'usb 1-1: SerialNumber: 0123 macvlan'],
    ['nothing of ours', 'systemd[1]: Started macvlans'],
  ])('leaves out a line about %s', (_name, line) => {
    expect(kept(line, 'eth0')).toEqual([]);
  });

  it('takes signs in the name of a link for themselves', () => {
    expect(kept('ethx0: up\neth.0: up\neth+0: up', 'eth.0', 'eth+0')).toEqual([
      'eth.0: up',
      'eth+0: up',
    ]);
  });

  it('keeps the last two hundred lines, each to its first three hundred characters', () => {
    const lines = Array.from({ length: 250 }, (_, at) => `${at} eth0: ${'x'.repeat(400)}`);
    const found = kept(lines.join('\n'), 'eth0');
    expect(found).toHaveLength(200);
    expect(found[0]).toMatch(/^50 eth0: x+$/u);
    expect(new Set(found.map(({ length }) => length))).toEqual(new Set([300]));
  });
});
