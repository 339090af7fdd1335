import { describe, expect, it } from 'vitest';
import announceChild from '../../../../src/core/fixes/passage/announce-child.js';
import quietShim from '../../../../src/core/fixes/passage/quiet-shim.js';
import setChildMtu from '../../../../src/core/fixes/passage/set-child-mtu.js';
import takeExpectedMac from '../../../../src/core/fixes/passage/take-expected-mac.js';
import type { Remedy } from '../../../../src/model/fix.js';
import { aSnapshot } from '../../../support/a-snapshot.js';
import { attempt, linesOf, planOf } from '../plan.js';

const named = () => aSnapshot().parent('eth0').child('web').child('db');
const contained = () =>
  aSnapshot().parent('eth0').network({ name: 'lan' }).child('web', { network: 'lan' });
const MAC = '02:42:c0:00:02:99';

describe('commands inside a child', () => {
  it.each<[string, Remedy, readonly string[], readonly string[]]>([
    [
      'announce-child',
      announceChild.request({ child: 'eth0@web' }),
      [
        'ip netns exec web sysctl -w net.ipv4.conf.eth0.arp_notify=1',
        'ip -n web link set dev eth0 address 02:42:c0:00:02:10',
      ],
      ['ip netns exec web sysctl -w net.ipv4.conf.eth0.arp_notify=0'],
    ],
    [
      'take-expected-mac',
      takeExpectedMac.request({ child: 'eth0@web', mac: MAC }),
      [`ip -n web link set dev eth0 address ${MAC}`],
      ['ip -n web link set dev eth0 address 02:42:c0:00:02:10'],
    ],
    [
      'set-child-mtu',
      setChildMtu.request({ children: ['eth0@web', 'eth0@db'], mtu: 1400 }),
      ['ip -n web link set dev eth0 mtu 1400', 'ip -n db link set dev eth0 mtu 1400'],
      ['ip -n web link set dev eth0 mtu 1500', 'ip -n db link set dev eth0 mtu 1500'],
    ],
  ])('%s', (_name, remedy, steps, undo) => {
    const plan = planOf(remedy, named());
    expect(linesOf(plan.steps)).toEqual(steps);
    expect(linesOf(plan.undo)).toEqual(undo);
    expect(plan.notes.join(' ')).toMatch(/\S/u);
  });

  it('of a container: by the path of its namespace, with how to keep it', () => {
    const announce = planOf(announceChild.request({ child: 'eth0@web' }), contained());
    expect(linesOf(announce.steps)[0]).toMatch(
      /^nsenter --net=\/run\/docker\/netns\/\w+ sysctl -w net\.ipv4\.conf\.eth0\.arp_notify=1$/u,
    );
    expect(announce.notes.join(' ')).toMatch(/--sysctl/u);
    const take = planOf(takeExpectedMac.request({ child: 'eth0@web', mac: MAC }), contained());
    expect(take.notes.join(' ')).toMatch(/--mac-address 02:42:c0:00:02:99/u);
  });

  it.each([
    ['announce-child', announceChild.request({ child: 'gone' })],
    ['take-expected-mac', takeExpectedMac.request({ child: 'gone', mac: MAC })],
    ['set-child-mtu', setChildMtu.request({ children: ['gone'], mtu: 1400 })],
    ['quiet-shim', quietShim.request({ shim: 'gone' })],
  ])('%s: none for what is gone', (_name, remedy) => {
    expect(attempt(remedy, named())).toHaveProperty('impossible');
  });
});

describe('quiet-shim', () => {
  const plan = (name: string) =>
    planOf(
      quietShim.request({ shim: name }),
      aSnapshot()
        .parent('eth0')
        .child('web')
        .shim(name)
        .settings('host', { links: { [name]: { arp_announce: 1 } } }),
    );

  it('undo sets what was set before', () => {
    const { steps, undo, persist } = plan('mvd-shim');
    expect(linesOf(steps)).toEqual([
      'sysctl -w net.ipv4.conf.mvd-shim.arp_ignore=1',
      'sysctl -w net.ipv4.conf.mvd-shim.arp_announce=2',
    ]);
    expect(linesOf(undo)).toEqual([
      'sysctl -w net.ipv4.conf.mvd-shim.arp_ignore=0',
      'sysctl -w net.ipv4.conf.mvd-shim.arp_announce=1',
    ]);
    expect(persist[0]?.files).toEqual([
      {
        path: '/etc/sysctl.d/60-mvd-shim.conf',
        content: 'net.ipv4.conf.mvd-shim.arp_ignore = 1\nnet.ipv4.conf.mvd-shim.arp_announce = 2\n',
      },
    ]);
  });

  it('a name with a dot is spelt with slashes, and a hostile one stands in no file', () => {
    expect(linesOf(plan('lan.7').steps)[0]).toBe('sysctl -w net/ipv4/conf/lan.7/arp_ignore=1');
    const hostile = plan('a;reboot');
    expect(linesOf(hostile.steps)[0]).toBe("sysctl -w 'net.ipv4.conf.a;reboot.arp_ignore=1'");
    expect(hostile.persist).toEqual([]);
  });
});
