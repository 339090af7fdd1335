// Which of several owners move, and that no two of them are sent to the same address.
import { describe, expect, it } from 'vitest';
import duplicateIp from '../../../../src/core/checks/duplicate-ip.js';
import { aSnapshot, type SnapshotBuilder } from '../../../support/a-snapshot.js';
import { resultsOf } from '../../../support/check-tester.js';
import { asked, controls, STRANGER } from '../../../support/owners-seen.js';

const same = { address: '192.0.2.50/24' };

function commandsOf(builder: SnapshotBuilder): string[] {
  const results = resultsOf([duplicateIp], builder.build());
  return results.flatMap(({ fixes = [] }) => fixes.flatMap(({ commands }) => commands));
}

const given = (commands: readonly string[]): string[] =>
  commands.filter((line) => line.includes(' addr add '));

describe('another address', () => {
  it('is for all siblings but one, each its own', () => {
    const lan = aSnapshot().parent('eth0').child('a', same).child('b', same).child('c', same);
    expect(given(commandsOf(lan.allHealthy()))).toEqual([
      'ip -n b addr add 192.0.2.251/24 dev eth0',
      'ip -n c addr add 192.0.2.252/24 dev eth0',
    ]);
  });

  it('is for each child that a device on the LAN is in the way of, asleep or not', () => {
    const lan = aSnapshot().parent('eth0').child('a', { up: false }).child('b').allHealthy();
    for (const one of controls([])) lan.observed(one);
    const rival = (child: string, target: string) =>
      lan.observed(asked('host-child-arp', { target, child, by: [STRANGER] }));
    rival('a', '192.0.2.50');
    rival('b', '192.0.2.51');
    expect(given(commandsOf(lan))).toEqual([
      'ip -n a addr add 192.0.2.251/24 dev eth0',
      'ip -n b addr add 192.0.2.252/24 dev eth0',
    ]);
  });

  it('is not for a sibling whose rival is a container', () => {
    const lan = aSnapshot()
      .parent('eth0')
      .network({ name: 'lan' })
      .child('app', { network: 'lan', ...same })
      .child('old', same);
    expect(given(commandsOf(lan.allHealthy()))).toEqual([
      'ip -n old addr add 192.0.2.251/24 dev eth0',
    ]);
  });

  it('keeps the way to a gateway outside the subnet', () => {
    const gateway = '198.51.100.1';
    const lan = aSnapshot()
      .parent('eth0')
      .child('a', same)
      .child('b', {
        ...same,
        routes: [{ dst: 'default', gateway, flags: ['onlink'] }],
      });
    expect(commandsOf(lan.allHealthy())).toContain(
      `ip -n b route replace default via ${gateway} dev eth0 onlink`,
    );
  });
});
