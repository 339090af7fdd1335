import { describe, expect, it } from 'vitest';
import {
  childBatches,
  hostBatch,
  macvlanBatch,
  settingsOf,
  switchBatch,
} from '../../../src/edge/lab/batches.js';
import { drawPlan } from '../../../src/edge/lab/plan/draw-plan.js';
import type { LanSketch } from '../../../src/edge/lab/scenario.js';

const planOf = (lan: LanSketch) => drawPlan(lan, { labId: 'abc234', seed: 11 });

describe('batches', () => {
  it('reflect on the port of the parent alone, and only where the LAN says so', () => {
    const reflecting = switchBatch(planOf({ mode: 'vepa', switchReflects: true })).lines;
    expect(reflecting.filter((line) => line.includes('hairpin'))).toEqual([
      'link set dev to-host type bridge_slave hairpin on',
    ]);
    expect(switchBatch(planOf({ mode: 'vepa' })).lines.join('\n')).not.toContain('hairpin');
  });

  it('give every child the mode of the LAN, and the shim bridge mode with a /32 and a route to each child', () => {
    const plan = planOf({ mode: 'bridge', hasShim: true });
    const { parent } = plan.segments[0] ?? expect.fail();
    const lines = macvlanBatch(plan).lines;
    expect(lines.filter((line) => line.includes('netns mvd-abc234-'))).toHaveLength(
      parent.children.length,
    );
    const shim = parent.shim?.name ?? '';
    expect(lines).toContain(`link add link ${parent.parent} name ${shim} type macvlan mode bridge`);
    expect(lines).toContain(`address add ${parent.shim?.address ?? ''}/32 dev ${shim}`);
    expect(lines.filter((line) => line.startsWith('route add'))).toHaveLength(
      parent.children.length,
    );
  });

  it('leave an unnumbered parent without an address, and the host with its own network elsewhere', () => {
    const plan = planOf({ mode: 'bridge', isUnnumbered: true });
    const [first, home] = plan.segments.map(({ parent }) => parent);
    const lines = hostBatch(plan).lines;
    expect(
      lines.filter(
        (line) => line.startsWith('address add') && line.endsWith(` ${first?.parent ?? ''}`),
      ),
    ).toEqual([]);
    expect(lines).toContain(`address add ${home?.addresses[0] ?? ''} dev ${home?.parent ?? ''}`);
    expect(home?.children).toEqual([]);
  });

  it('put the router and the devices on the list of a source-mode child', () => {
    const plan = planOf({ mode: 'source', children: [1, 1] });
    const [segment = expect.fail()] = plan.segments;
    const text = childBatches(segment, 0)
      .flatMap((batch) => batch.lines)
      .join('\n');
    for (const { mac } of [segment.router, ...segment.devices])
      expect(text).toContain(`macaddr add ${mac}`);
  });

  it('plug a second parent on the same LAN into the switch that is there, with a router of its own', () => {
    const plan = planOf({ mode: 'bridge', second: { mode: 'vepa', isOnFirstLan: true } });
    const { lines } = switchBatch(plan);
    expect(lines.filter((line) => line.includes('type bridge stp_state'))).toHaveLength(1);
    for (const port of ['to-host', 'to-host2', 'to-router', 'to-router2'])
      expect(lines).toContain(`link set dev ${port} master br-lan up`);
    const [first, second] = plan.segments;
    expect(second?.subnet).toEqual(first?.subnet);
    expect(second?.router.addresses).not.toEqual(first?.router.addresses);
    for (const child of second?.parent.children ?? []) expect(child.mode).toBe('vepa');
  });

  it('make routers forward and devices not, whatever the machine does, and shims answer for themselves alone', () => {
    const plan = planOf({ mode: 'bridge', hasShim: true, routerIgnoresPing: true });
    const [segment = expect.fail()] = plan.segments;
    const settings = settingsOf(plan).map(({ netns, name, value }) => `${netns} ${name}=${value}`);
    const shim = segment.parent.shim?.name ?? '';
    expect(settings).toEqual([
      'mvd-abc234-router net.ipv4.ip_forward=1',
      'mvd-abc234-router net.ipv4.icmp_echo_ignore_all=1',
      ...segment.devices.map(({ netns }) => `${netns} net.ipv4.ip_forward=0`),
      `mvd-abc234-host net.ipv4.conf.${shim}.arp_ignore=1`,
      `mvd-abc234-host net.ipv4.conf.${shim}.arp_announce=2`,
    ]);
  });
});
