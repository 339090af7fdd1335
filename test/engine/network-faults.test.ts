// Networks of a real engine gone wrong, as their owners do it; the printed lines are run as they stand.
import { describe, expect, it } from 'vitest';
import type { CheckResult } from '../../src/model/report.js';
import {
  doctor,
  findings,
  found,
  inHost,
  makeLan,
  report,
  runContainer,
} from '../support/engine-doctor.js';
import { cannotRunEngine, type RealEngine, withEngine } from '../support/real-engine.js';

function macvlan({ docker }: RealEngine, name: string, ...options: readonly string[]): void {
  docker('network', 'create', '-d', 'macvlan', ...options, name);
}

async function the(check: string, engine: RealEngine): Promise<CheckResult | undefined> {
  return findings(await report(engine.netns, engine.endpoint)).find((one) => one.check === check);
}

const PAIR = 'ip link add vp0 type veth peer name vp1 && ip link set vp0 up && ip link set vp1 up';

describe.skipIf(cannotRunEngine)('networks of a real engine (needs root and dockerd)', () => {
  it('whose parent was renamed are made anew on it by the printed lines', async () => {
    await withEngine(async (engine) => {
      await inHost(engine, PAIR);
      const v4 = ['--subnet', '198.51.100.0/24', '--gateway', '198.51.100.1'];
      const v6 = ['--ipv6', '--subnet', '2001:db8::/64', '--gateway', '2001:db8::1'];
      const range = ['--ip-range', '198.51.100.64/26', '--aux-address', 'tv=198.51.100.65'];
      const parent = ['-o', 'parent=vp0', '-o', 'macvlan_mode=private'];
      macvlan(engine, 'my lan', ...v4, ...range, ...v6, ...parent);
      runContainer(engine, 'web', '--network', 'my lan');
      const state = (): string =>
        engine.docker('network', 'inspect', '-f', '{{json .IPAM}} {{.EnableIPv6}}', 'my lan');
      const before = state();
      await inHost(
        engine,
        'ip link set vp0 down',
        'ip link set vp0 name vp9',
        'ip link set vp9 up',
      );

      const missing = await the('parent-missing', engine);
      expect(missing).toMatchObject({ code: 'renamed', subject: { name: 'my lan' } });
      const [fix] = missing?.fixes ?? [];
      expect(fix).toMatchObject({ id: 'recreate-network', undo: [] });
      await inHost(engine, ...(fix?.commands ?? []));
      expect(state()).toBe(before);
      expect(await the('parent-missing', engine)).toBeUndefined();

      await inHost(engine, 'ip link del vp9');
      expect(await the('parent-missing', engine)).toMatchObject({ code: 'missing' });
    });
  });

  it('on a VLAN link that went away cannot start containers, whatever its name promises', async () => {
    await withEngine(async (engine) => {
      // Not every kernel here makes VLAN links; the engine looks for no more than the name.
      await inHost(engine, 'ip link add eth0.77 type veth peer name far', 'ip link set eth0.77 up');
      macvlan(engine, 'iot', '--subnet', '198.51.100.0/24', '-o', 'parent=eth0.77');
      expect(await the('parent-missing', engine)).toBeUndefined();
      runContainer(engine, 'cam', '--network', 'iot');
      engine.docker('stop', '-t', '0', 'cam');
      await inHost(engine, 'ip link del eth0.77');
      expect(() => engine.docker('start', 'cam')).toThrow(/eth0\.77 was not found/u);
      expect(await the('vlan-parent-missing', engine)).toMatchObject({
        code: 'made',
        status: 'fail',
      });
      const asked = await report(engine.netns, engine.endpoint, '--container', 'cam');
      expect(found(asked)).toEqual(['fail vlan-parent-missing network iot']);
      expect(asked.notes.join(' ')).toContain('Container cam does not run (exited)');
    });
  });

  it('give children that the printed commands mend, and that are named as docker names them', async () => {
    await withEngine(async (engine) => {
      const narrow = ['--subnet', '192.0.2.0/25', '--gateway', '192.0.2.1', '-o', 'parent=eth0'];
      macvlan(engine, 'lan', ...narrow, '-o', 'macvlan_mode=private');
      runContainer(engine, 'web.a-1', '--network', 'lan');
      runContainer(engine, 'db_2', '--network', 'lan');
      const first = await report(engine.netns, engine.endpoint);
      const mended = new Set(['mode-private', 'prefix-mismatch']);
      const fixes = findings(first)
        .filter(({ check }) => mended.has(check))
        .flatMap((one) => one.fixes ?? [])
        .filter(({ id }) => id !== 'recreate-network');
      expect(new Set(fixes.map(({ id }) => id))).toEqual(
        new Set(['set-macvlan-mode', 'set-address-prefix']),
      );
      await inHost(engine, ...fixes.flatMap(({ commands }) => commands));
      const second = findings(await report(engine.netns, engine.endpoint));
      expect(second.map(({ check }) => check)).toEqual(['host-child-isolation']);
      await inHost(engine, ...fixes.toReversed().flatMap(({ undo }) => undo));
      expect(found(await report(engine.netns, engine.endpoint))).toEqual(found(first));

      const id = engine.docker('ps', '-q', '--filter', 'name=db_2').slice(0, 6);
      const one = await report(engine.netns, engine.endpoint, '--container', id);
      expect(one.topology.parents[0]?.children.map(({ label }) => label)).toEqual(['db_2']);
      const slip = await doctor(engine.netns, engine.endpoint, '--container', 'db-2');
      expect(slip).toMatchObject({ code: 2, stdout: '' });
      expect(slip.stderr).toContain('did you mean db_2?');
    });
  });

  it('may be internal, shared, config-only or paused without a false word', async () => {
    await withEngine(async (engine) => {
      makeLan(engine);
      engine.docker('network', 'create', 'inside');
      engine.docker('network', 'create', '--config-only', '-o', 'parent=eth9', 'form');
      runContainer(engine, 'web', '--network', 'lan');
      engine.docker('network', 'connect', 'inside', 'web');
      runContainer(engine, 'side', '--network', 'container:web');
      runContainer(engine, 'alone', '--network', 'none');
      runContainer(engine, 'napping', '--network', 'lan');
      engine.docker('pause', 'napping');
      const seen = await report(engine.netns, engine.endpoint);
      engine.docker('unpause', 'napping');
      // `inside` sorts before `lan`, and so the engine gave web its default route by it.
      expect(found(seen)).toEqual([
        'warn host-child-isolation parent eth0',
        'warn multi-network-gateway container web',
      ]);
      expect(seen.topology.parents[0]?.children.map(({ label }) => label).sort()).toEqual([
        'napping',
        'web',
      ]);
      engine.docker('rm', '-f', 'side', 'web', 'napping');
      engine.docker('network', 'rm', 'lan');
      const lan = ['--subnet', '192.0.2.0/24', '--gateway', '192.0.2.1', '-o', 'parent=eth0'];
      macvlan(engine, 'lan', '--internal', ...lan);
      runContainer(engine, 'web', '--network', 'lan', '--ip', '192.0.2.70');
      expect(found(await report(engine.netns, engine.endpoint))).toEqual([
        'warn host-child-isolation parent eth0',
        'warn internal-network network lan',
      ]);
    });
  });
});
