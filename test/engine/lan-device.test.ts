// Addresses that the engine hands out where somebody on the LAN, or the host itself, has them already or will get them.
import { describe, expect, it } from 'vitest';
import type { CheckResult } from '../../src/model/report.js';
import { findings, inHost, report, runContainer } from '../support/engine-doctor.js';
import { cannotRunEngine, type RealEngine, withEngine } from '../support/real-engine.js';

/** `eth0` of the engine's host, 192.0.2.10/24, is the parent; 192.0.2.1 is the router. */
function lan({ docker }: RealEngine, gateway: string, ...more: readonly string[]): void {
  const pool = ['--subnet=192.0.2.0/24', `--gateway=${gateway}`, ...more];
  docker('network', 'create', '-d', 'macvlan', ...pool, '-o', 'parent=eth0', 'lan');
}

function clear({ docker }: RealEngine): void {
  docker('rm', '-f', ...docker('ps', '-aq').split('\n').filter(Boolean));
  docker('network', 'rm', 'lan');
}

/** Isolation of the host is by design, and no matter here. */
async function wrong({ netns, endpoint }: RealEngine): Promise<CheckResult[]> {
  const all = findings(await report(netns, endpoint));
  return all.filter(({ check }) => check !== 'host-child-isolation');
}

const inWords = (results: readonly CheckResult[]): string[] =>
  results.map(({ status, check, subject }) => `${status} ${check} ${subject.kind} ${subject.name}`);

describe.skipIf(cannotRunEngine)('a real engine on a LAN (needs root and dockerd)', () => {
  it('knows nothing of the addresses that others have', async () => {
    await withEngine(async (engine) => {
      lan(engine, '192.0.2.10');
      runContainer(engine, 'door', '--network', 'lan', '--ip', '192.0.2.77');
      expect(inWords(await wrong(engine))).toEqual(['fail gateway-is-host gateway 192.0.2.10']);
      clear(engine);

      lan(engine, '192.0.2.1', '--ip-range=192.0.2.96/28');
      runContainer(engine, 'cam', '--network', 'lan', '--ip', '192.0.2.99');
      expect(inWords(await wrong(engine))).toEqual([]);
      await inHost({ ...engine, netns: engine.router }, 'ip addr add 192.0.2.99/32 dev lan0');
      const taken = await wrong(engine);
      expect(taken.map(({ check, status }) => `${status} ${check}`)).toEqual(['fail duplicate-ip']);
      expect(taken[0]?.what).toContain('192.0.2.99');
      await inHost({ ...engine, netns: engine.router }, 'ip addr del 192.0.2.99/32 dev lan0');
      clear(engine);

      // A lease of the host's own says that a DHCP server hands out addresses of this subnet.
      const lease = 'valid_lft 3600 preferred_lft 3600';
      await inHost(engine, `ip addr change 192.0.2.10/24 dev eth0 ${lease}`);
      lan(engine, '192.0.2.1');
      runContainer(engine, 'tv', '--network', 'lan');
      const [conflict, ...others] = await wrong(engine);
      expect(others).toEqual([]);
      expect(conflict).toMatchObject({ check: 'ip-conflict-dhcp', subject: { name: 'lan' } });
      const [fix] = conflict?.fixes ?? [];
      expect(fix?.id).toBe('recreate-network');
      await inHost(engine, ...(fix?.commands ?? []));
      expect(inWords(await wrong(engine))).toEqual([]);
      await inHost(engine, ...(fix?.undo ?? []));
      expect((await wrong(engine)).map(({ check }) => check)).toEqual(['ip-conflict-dhcp']);
    });
  });
});
