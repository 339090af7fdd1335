import { describe, expect, it } from 'vitest';
import { MOST_HOST_GATEWAYS } from '../../../../../src/core/derive/gateways/host-gateways.js';
import { planProbes } from '../../../../../src/core/derive/probing/probe-plan.js';
import {
  MOST_RELAYS,
  relaySteps,
} from '../../../../../src/core/derive/probing/follow-up/relay-steps.js';
import { buildTopology } from '../../../../../src/core/derive/topology/topology.js';
import type { ProbeStep } from '../../../../../src/model/observation.js';
import { aSnapshot, type SnapshotBuilder } from '../../../../support/a-snapshot.js';

const OWN = '192.0.2.1';
const OTHER = '192.0.2.254';
const CARD = 'a0:36:9f:01:02:03';

/** Each address answers with a MAC of its own, unless told. */
function followUp(
  builder: SnapshotBuilder,
  macs: Readonly<Record<string, string>> = {},
): ProbeStep[] {
  const snapshot = builder.allHealthy().build();
  const observations = snapshot.observations.map((one) => ({
    ...one,
    replies: one.replies.map((reply) => ({
      ...reply,
      ...(reply.mac !== undefined && { mac: macs[one.target] ?? macOf(one.target) }),
    })),
  }));
  const { facts } = snapshot;
  const topology = buildTopology(snapshot);
  const around = { topology, facts, expectations: [] };
  const steps = relaySteps({ ...around, observations });
  const then = (by: (step: ProbeStep) => boolean) =>
    relaySteps({
      ...around,
      observations: [
        ...observations,
        ...steps.map((step) => ({ ...step, sent: 4, replies: by(step) ? [{ rttMs: 1 }] : [] })),
      ],
    });
  // Once somebody forwards, or where the control is silent too, nothing more is asked.
  expect(then(() => true)).toEqual([]);
  expect(then(() => false)).toEqual([]);
  return [...steps, ...then(({ to }) => to === `gateway:${OWN}`)];
}

function macOf(ip: string): string {
  return `00:11:22:33:44:${Number(ip.split('.').at(-1)).toString(16).padStart(2, '0')}`;
}

function brief({ to, target, send }: ProbeStep): string {
  const relay = send.kind === 'relay' ? send : undefined;
  return `${to} ${target} ${relay?.ethernetDestination ?? ''} ${relay?.ttl ?? 64}`;
}

const host = () => aSnapshot().parent('eth0', { mac: CARD, gateway: OWN });

describe('packets handed to a gateway', () => {
  it('that is not the host’s own: straight, as a control, and by way of it, first short-lived', () => {
    const steps = followUp(host().child('web', { gateway: OTHER }));
    expect(steps.map((step) => brief(step))).toEqual([
      `gateway:${OWN} ${OWN} 00:11:22:33:44:01 64`,
      `gateway:${OTHER} ${OWN} 00:11:22:33:44:fe 1`,
      `gateway:${OTHER} ${OWN} 00:11:22:33:44:fe 64`,
    ]);
    for (const { send } of steps) {
      expect(send).toMatchObject({ ethernetSource: CARD, sourceIp: '192.0.2.10', device: 'eth0' });
    }
  });

  it('on a host with another card, together with a control, which shows where its answers go', () => {
    const steps = followUp(host().hostLink('eth1', {}).child('web', { gateway: OTHER }));
    expect(steps.slice(2).map((step) => brief(step))).toEqual([
      `gateway:${OTHER} ${OWN} 00:11:22:33:44:fe 1`,
      `gateway:${OTHER} ${OTHER} 00:11:22:33:44:fe 64`,
      `gateway:${OTHER} ${OWN} 00:11:22:33:44:fe 64`,
    ]);
  });

  it.each([
    ['it is the host’s own', host().child('web', { gateway: OWN }), {}],
    ['one machine has both', host().child('web', { gateway: OTHER }), { [OTHER]: macOf(OWN) }],
    [
      'its MAC is a virtual router’s',
      host().child('web', { gateway: OTHER }),
      { [OTHER]: '00:00:5e:00:01:07' },
    ],
    [
      'it is silent',
      host()
        .child('web', { gateway: OTHER })
        .silent('gateway-arp-child')
        .silent('gateway-arp-parent'),
      {},
    ],
    [
      'it is a sibling',
      host().child('vpn', { address: '192.0.2.60/24' }).child('web', { gateway: '192.0.2.60' }),
      {},
    ],
    ['the host has no gateway', aSnapshot().parent('eth0').child('web', { gateway: OTHER }), {}],
  ] as const)('none where %s', (_case, builder, macs) => {
    const silenced = _case === 'it is silent';
    expect(silenced ? followUpAsIs(builder) : followUp(builder, macs)).toEqual([]);
  });

  it('are bounded, however many gateways there are, and share their control', () => {
    const builder = host();
    for (let last = 200; last < 220; last += 1) {
      builder.child(`c${last.toString()}`, { gateway: `192.0.2.${last.toString()}` });
    }
    expect(followUp(builder)).toHaveLength(1 + 2 * MOST_RELAYS);
  });
});

/** Without making everything healthy first. */
function followUpAsIs(builder: SnapshotBuilder): ProbeStep[] {
  const { facts, scope, observations } = builder.build();
  const topology = buildTopology({ facts, scope });
  return relaySteps({ topology, facts, observations, expectations: [] });
}

describe('the host’s own gateway', () => {
  const asked = (builder: SnapshotBuilder) => {
    const { facts, scope } = builder.build();
    return planProbes(buildTopology({ facts, scope }), facts)
      .filter(({ probe }) => probe === 'host-gateway-arp')
      .map(({ parent, target }) => `${parent} ${target}`);
  };

  it('is asked for where children use another one', () => {
    expect(asked(host().child('web', { gateway: OTHER }))).toEqual([`eth0 ${OWN}`]);
  });

  it('is asked for on another card in the same subnet', () => {
    const builder = aSnapshot()
      .hostLink('eth1', { address: '192.0.2.11/24', gateway: OWN })
      .parent('eth0', { address: [] })
      .child('web', { gateway: OTHER });
    expect(asked(builder)).toEqual([`eth0 ${OWN}`]);
  });

  it('is a few of them at the most, the preferred ones first', () => {
    const routes = [5, 6, 7, 8].map((last) => ({
      dst: 'default',
      gateway: `192.0.2.${last.toString()}`,
      metric: 100 - last,
    }));
    const found = asked(aSnapshot().parent('eth0', { routes }).child('web', { gateway: OTHER }));
    expect(found).toHaveLength(MOST_HOST_GATEWAYS);
    expect(found[0]).toBe('eth0 192.0.2.8');
  });

  it.each([
    ['children use it', host().child('web')],
    ['one of them does', host().child('web').child('db', { gateway: OTHER })],
    ['children have none', host().child('web', { gateway: null })],
    [
      'it is in another subnet',
      host().child('web', { address: '198.51.100.5/24', gateway: '198.51.100.1' }),
    ],
    [
      'a child has its address',
      host()
        .child('web', { gateway: OTHER })
        .child('router', { address: `${OWN}/24`, gateway: OTHER }),
    ],
  ])('not where %s', (_case, builder) => {
    expect(asked(builder)).toEqual([]);
  });
});
