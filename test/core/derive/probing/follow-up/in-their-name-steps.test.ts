import { describe, expect, it } from 'vitest';
import { inTheirNameSteps } from '../../../../../src/core/derive/probing/follow-up/in-their-name-steps.js';
import { buildTopology } from '../../../../../src/core/derive/topology/topology.js';
import type { NudState } from '../../../../../src/model/neighbour.js';
import { aSnapshot, type SnapshotBuilder } from '../../../../support/a-snapshot.js';

const GATEWAY = '192.0.2.1';

const knows = (dst: string, state: NudState = 'STALE') => ({
  neighbours: [{ dst, state: [state], ...(state !== 'FAILED' && { lladdr: '52:54:00:aa:00:01' }) }],
});

/** `probe sender→target` or `tcp asker:port`, one per step. */
function asked(builder: SnapshotBuilder): string[] {
  const { facts, scope, observations } = builder.build();
  const topology = buildTopology({ facts, scope });
  return inTheirNameSteps({ topology, facts, observations, expectations: [] }).map(
    ({ probe, from, target, send }) => {
      if (send.kind === 'tcp') return `tcp ${from}:${send.port.toString()}`;
      return `${probe} ${send.kind === 'arp' ? send.senderIp : ''}→${target}`;
    },
  );
}

function deaf(builder: SnapshotBuilder): SnapshotBuilder {
  return builder
    .allHealthy()
    .silent('gateway-arp-child')
    .silent('gateway-icmp')
    .silent('gateway-arp-parent');
}

describe('a gateway that answers no ARP probe of anybody', () => {
  it('is asked by the true address of a child that knows its MAC, and called', () => {
    const host = aSnapshot().parent('eth0').child('web', knows(GATEWAY));
    expect(asked(deaf(host))).toEqual([
      `gateway-arp-again 192.0.2.50→${GATEWAY}`,
      'tcp child:eth0@web:53',
      'tcp child:eth0@web:80',
      'tcp child:eth0@web:443',
    ]);
  });

  it('is asked by the address that the kernel would take where none is of its subnet', () => {
    const onlink = { dst: 'default', gateway: '169.254.1.1', flags: ['onlink'] as const };
    const host = aSnapshot()
      .parent('eth0')
      .child('web', {
        address: '192.0.2.50/32',
        gateway: '169.254.1.1',
        routes: [onlink],
        ...knows('169.254.1.1'),
      });
    expect(asked(deaf(host))[0]).toBe('gateway-arp-again 192.0.2.50→169.254.1.1');
  });

  it.each(['FAILED', 'INCOMPLETE'] as const)(
    'was asked by whose entry was %s: the ping made its own stack ask',
    (state) => {
      expect(asked(deaf(aSnapshot().parent('eth0').child('web', knows(GATEWAY, state))))).toEqual(
        [],
      );
    },
  );

  it('is asked for eight children at the most', () => {
    let host = aSnapshot().parent('eth0');
    for (let at = 0; at < 11; at += 1) host = host.child(`c${at.toString()}`, knows(GATEWAY));
    expect(asked(deaf(host)).filter((one) => !one.startsWith('tcp'))).toHaveLength(8);
  });
});

describe('nobody asks again', () => {
  const host = () => aSnapshot().parent('eth0').child('web', knows(GATEWAY)).child('db');

  it.each([
    ['where another child got an answer to its probe', { child: 'db' }],
    ['where the probe itself was answered', { child: 'web' }],
  ])('%s', (_name, where) => {
    expect(asked(deaf(host()).answered('gateway-arp-child', where))).toEqual([]);
  });

  it('where the parent was answered: then the split probe asks', () => {
    expect(asked(deaf(host()).answered('gateway-arp-parent'))).toEqual([]);
  });

  it('where the first question could not be sent', () => {
    expect(asked(deaf(host()).failed('gateway-arp-child', {}, 'no tap'))).toEqual([]);
  });

  it('twice', () => {
    expect(asked(deaf(host()).wholeRun())).toEqual([]);
  });
});
