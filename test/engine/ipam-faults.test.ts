// What a real engine refuses, word for word as it is predicted; and networks that it takes although they are not sound.
import { describe, expect, it } from 'vitest';
import { buildTopology } from '../../src/core/derive/topology/topology.js';
import { refusalsOf } from '../../src/core/derive/engine-networks/refusals/refusals.js';
import type { CheckResult } from '../../src/model/report.js';
import type { RuntimeNetwork } from '../../src/model/runtime-network.js';
import type { Snapshot } from '../../src/model/snapshot.js';
import { aSnapshot } from '../support/a-snapshot.js';
import { findings, found, inHost, report, runContainer } from '../support/engine-doctor.js';
import { cannotRunEngine, type RealEngine, withEngine } from '../support/real-engine.js';

interface Wanted {
  readonly subnet: string;
  readonly gateway?: string;
  readonly ipRange?: string;
  readonly parent: string;
}

function create({ docker }: RealEngine, name: string, wanted: Wanted): void {
  const { subnet, gateway, ipRange, parent } = wanted;
  const options = [
    `--subnet=${subnet}`,
    ...(gateway === undefined ? [] : [`--gateway=${gateway}`]),
    ...(ipRange === undefined ? [] : [`--ip-range=${ipRange}`]),
    '-o',
    `parent=${parent}`,
  ];
  docker('network', 'create', '-d', 'macvlan', ...options, name);
}

/** What the engine answered, without the client's own words. */
function refusalBy(engine: RealEngine, name: string, wanted: Wanted): string {
  try {
    create(engine, name, wanted);
  } catch (error) {
    const said = String((error as { stderr?: unknown }).stderr);
    return said.replace('Error response from daemon: ', '').trim();
  }
  engine.docker('network', 'rm', name);
  return '';
}

/** What is said of the same network beforehand. */
function predicted(snapshot: Snapshot, name: string, wanted: Wanted): string[] {
  const { parent, ...pool } = wanted;
  const network: RuntimeNetwork = {
    id: 'planned:x',
    name,
    driver: 'macvlan',
    scope: 'local',
    isInternal: false,
    isConfigOnly: false,
    parent,
    pools: [{ ...pool, auxAddresses: {} }],
  };
  const topology = buildTopology({ facts: snapshot.facts, scope: snapshot.scope });
  return refusalsOf(network, { facts: snapshot.facts, topology }).map(({ message }) => message);
}

async function of(check: string, engine: RealEngine): Promise<CheckResult | undefined> {
  return findings(await report(engine.netns, engine.endpoint)).find((one) => one.check === check);
}

const FREE = { subnet: '198.51.100.0/24', parent: 'eth1' } as const;

describe.skipIf(cannotRunEngine)('addresses of a real engine (needs root and dockerd)', () => {
  it('are refused as predicted, given away twice, and at their end', async () => {
    await withEngine(async (engine) => {
      const { docker } = engine;
      const pair = 'ip link add eth1 type veth peer name far && ip link set eth1 up';
      await inHost(engine, `${pair} && ip link set far up`);
      create(engine, 'lan', { subnet: '192.0.2.0/24', gateway: '192.0.2.1', parent: 'eth0' });
      docker('network', 'create', '--subnet', '203.0.113.0/24', 'back');
      const id = docker('network', 'inspect', '-f', '{{.Id}}', 'lan').trim();
      const lan = { name: 'lan', gateway: '192.0.2.1' };
      const here = aSnapshot()
        .parent('eth0')
        .hostLink('eth1')
        .engine({ serverVersion: docker('version', '-f', '{{.Server.Version}}').trim() })
        .network({ ...lan, parent: 'eth0' })
        .network({ name: 'back', driver: 'bridge', parent: null, subnet: '203.0.113.0/24' });
      const snapshot = JSON.parse(
        JSON.stringify(here.build()).replaceAll('"net-lan"', JSON.stringify(id)),
      ) as Snapshot;
      const tries: Readonly<Record<string, Wanted>> = {
        free: FREE,
        inLan: { subnet: '192.0.2.128/25', parent: 'eth1' },
        aroundLan: { subnet: '192.0.0.0/16', parent: 'eth1' },
        inBridge: { subnet: '203.0.113.64/26', parent: 'eth1' },
        rangeInLan: { subnet: '192.0.2.0/24', ipRange: '192.0.2.64/26', parent: 'eth1' },
        sameGateway: { ...lan, subnet: '192.0.2.0/24', ipRange: '192.0.2.64/26', parent: 'eth1' },
        hostBits: { subnet: '198.51.100.7/24', parent: 'eth1' },
        sameParent: { ...FREE, parent: 'eth0' },
        noParent: { ...FREE, parent: 'en0' },
        noBase: { ...FREE, parent: 'eth7.50' },
        twoDots: { ...FREE, parent: 'eth1.50.7' },
        noNumber: { ...FREE, parent: 'eth1.lan' },
        bigNumber: { ...FREE, parent: 'eth1.5000' },
      };
      const asked = Object.entries(tries).map(([name, wanted]) => [
        name,
        refusalBy(engine, name, wanted),
      ]);
      const said = Object.entries(tries).map(([name, wanted]) => [
        name,
        predicted(snapshot, name, wanted)[0] ?? '',
      ]);
      expect(said).toEqual(asked);

      // Four addresses: the network's own is nobody's, one goes to a gateway that nobody named, two are left.
      docker('network', 'rm', 'lan');
      create(engine, 'small', {
        subnet: '192.0.2.64/26',
        ipRange: '192.0.2.64/30',
        parent: 'eth0',
      });
      runContainer(engine, 'one', '--network', 'small');
      runContainer(engine, 'two', '--network', 'small');
      expect(await of('ip-range-exhausted', engine)).toMatchObject({ code: 'full' });
      expect(() => {
        runContainer(engine, 'three', '--network', 'small');
      }).toThrow(/no available IPv4 addresses on this network's address pools: small/u);
      const full = await of('ip-range-exhausted', engine);
      expect(full).toMatchObject({ code: 'waiting', subject: { name: 'small' } });
      await inHost(engine, ...(full?.fixes?.[0]?.commands ?? []));
      docker('start', 'three');
      expect(await of('ip-range-exhausted', engine)).toBeUndefined();
      docker('rm', '-f', 'one', 'two', 'three');
      docker('network', 'rm', 'small');

      create(engine, 'odd', {
        subnet: '192.0.2.1/24',
        gateway: '192.0.2.1',
        ipRange: '192.0.2.100/28',
        parent: 'eth0',
      });
      runContainer(engine, 'web', '--network', 'odd');
      expect(docker('inspect', '-f', '{{.NetworkSettings.Networks.odd.IPAddress}}', 'web')).toMatch(
        /^192\.0\.2\.96$/mu,
      );
      const odd = await of('cidr-host-bits', engine);
      expect(odd).toMatchObject({ code: 'masked', status: 'warn' });
      await inHost(engine, ...(odd?.fixes?.[0]?.commands ?? []));
      expect(found(await report(engine.netns, engine.endpoint))).toEqual([
        'warn host-child-isolation parent eth0',
      ]);
    });
  });
});
