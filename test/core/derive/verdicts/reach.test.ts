import { describe, expect, it } from 'vitest';
import { gatewayReach } from '../../../../src/core/derive/verdicts/gateway-reach.js';
import {
  hearsLan,
  hostReach,
  parentGatewayReach,
  reflects,
  siblingReach,
  tally,
} from '../../../../src/core/derive/verdicts/reach.js';
import { buildTopology } from '../../../../src/core/derive/topology/topology.js';
import type { Observation } from '../../../../src/model/observation.js';
import type { Child, Parent } from '../../../../src/model/topology.js';
import type { Snapshot } from '../../../../src/model/snapshot.js';
import { aSnapshot, type SnapshotBuilder } from '../../../support/a-snapshot.js';

const host = () => aSnapshot().parent('eth0').child('web').child('db');

function at(builder: SnapshotBuilder): { seen: Snapshot; parent: Parent; child: Child } {
  const seen = builder.build();
  const [parent] = buildTopology({ facts: seen.facts, scope: seen.scope }).parents;
  const child = parent?.children.find(({ label }) => label === 'web');
  if (parent === undefined || child === undefined) throw new Error('no child');
  return { seen, parent, child };
}

describe('what nobody asked', () => {
  it('is unknown, never silent', () => {
    const { seen, parent, child } = at(host());
    expect(gatewayReach(child, '192.0.2.1', seen)).toBe('unknown');
    expect(parentGatewayReach(parent, '192.0.2.1', seen)).toBe('unknown');
    expect(hostReach(child, seen)).toBe('unknown');
    expect(siblingReach(child, seen)).toBe('unknown');
    expect(reflects(parent, seen)).toBe('unknown');
    expect(hearsLan(child, parent, seen)).toBe(false);
    expect(tally([])).toEqual({ sent: 0 });
  });

  it('is unknown where it could not be sent', () => {
    const { seen, parent, child } = at(
      host()
        .failed('reflection', {}, 'x')
        .failed('gateway-arp-child', {}, 'x')
        .silent('gateway-icmp'),
    );
    expect(reflects(parent, seen)).toBe('unknown');
    expect(gatewayReach(child, '192.0.2.1', seen)).toBe('unknown');
  });
});

describe('a sound LAN', () => {
  it('answers children and parent, keeps the host apart, and does not reflect', () => {
    const { seen, parent, child } = at(host().allHealthy());
    expect(gatewayReach(child, '192.0.2.1', seen)).toBe('answered');
    expect(parentGatewayReach(parent, '192.0.2.1', seen)).toBe('answered');
    expect(hostReach(child, seen)).toBe('silent');
    expect(siblingReach(child, seen)).toBe('answered');
    expect(reflects(parent, seen)).toBe('no');
    expect(hearsLan(child, parent, seen)).toBe(true);
  });

  it('that reflects lets the host through', () => {
    const { seen, parent, child } = at(host().allHealthy({ reflects: true }));
    expect(reflects(parent, seen)).toBe('yes');
    expect(hostReach(child, seen)).toBe('answered');
  });
});

describe('reflection', () => {
  it('is seen in either frame', () => {
    const { seen, parent } = at(host().allHealthy().answered('reflection'));
    const half = seen.observations.map((one) =>
      one.send.kind === 'reflection' && one.send.destination === 'broadcast'
        ? { ...one, replies: [] }
        : one,
    );
    expect(reflects(parent, { ...seen, observations: half })).toBe('yes');
  });
});

describe('tally', () => {
  it('adds up frames and takes the fastest answer', () => {
    const { seen } = at(host().allHealthy());
    const [one] = seen.observations;
    if (one === undefined) throw new Error('nothing was observed');
    const slow = { ...one, sent: 3, replies: [{ rttMs: 9 }] };
    expect(tally([slow, { ...one, sent: 2, replies: [{ rttMs: 0.5 }] }])).toEqual({
      sent: 5,
      rttMs: 0.5,
    });
  });
});

describe('an entry that became REACHABLE', () => {
  const GATEWAY = '192.0.2.1';
  const mute = () =>
    host()
      .allHealthy()
      .silent('gateway-arp-child')
      .silent('gateway-icmp')
      .neighbourAfter('web', {
        dst: GATEWAY,
        dev: 'eth0',
        lladdr: '52:54:00:aa:00:01',
        state: ['REACHABLE'],
      });

  it('is an answer to what the child sent', () => {
    const { seen, child } = at(mute());
    expect(gatewayReach(child, GATEWAY, seen)).toBe('answered');
  });

  it('is none where the parent has asked in its name, and the answer came to it', () => {
    const { seen, child } = at(mute());
    const split: Observation = {
      probe: 'split-sender',
      from: child.endpoint,
      to: `gateway:${GATEWAY}`,
      parent: 'eth0',
      child: child.name,
      target: GATEWAY,
      send: {
        kind: 'arp',
        device: 'eth0',
        ethernetSource: '52:54:00:00:00:10',
        senderMac: child.mac,
        senderIp: '0.0.0.0',
      },
      expect: 'answer',
      sent: 1,
      replies: [{ rttMs: 0.4 }],
    };
    const asked = { ...seen, observations: [...seen.observations, split] };
    expect(gatewayReach(child, GATEWAY, asked)).toBe('silent');
  });
});
