// What was predicted of networks that nobody has made yet, against what a real engine and a real LAN then did: no disagreement.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { valueOf } from '../../src/model/fact.js';
import type { PlannedNetwork } from '../../src/model/plan.js';
import type { Report } from '../../src/model/report.js';
import type { Snapshot } from '../../src/model/snapshot.js';
import { disagreements } from '../support/disagreements.js';
import type { Answer } from '../support/engine-api.js';
import { inHost, program, reported, run } from '../support/engine-doctor.js';
import { ROWS, type Row } from '../support/predicted-rows.js';
import { cannotRunEngine, type RealEngine, withEngine } from '../support/real-engine.js';
import { createByApi, DEVICE, deviceOf, realize, type Real } from '../support/reality.js';

/** Beside `eth0` (192.0.2.10/24) and the router 192.0.2.1: a device, a second card in use, one that is down, a bridge with a port. */
async function furnish(engine: RealEngine): Promise<void> {
  await inHost(
    engine,
    'ip link add eth1 type veth peer name far1 && ip link set eth1 up && ip link set far1 up',
    'ip link add eth2 type veth peer name far2',
    'ip link add br9 type bridge && ip link add port0 type veth peer name far3',
    'ip link set port0 master br9 && ip link set br9 up && ip link set port0 up && ip link set far3 up',
  );
  const device = deviceOf(engine);
  await inHost(
    { ...engine, netns: engine.router },
    `ip netns add ${device}`,
    'ip link add sw type bridge && ip link set sw up',
    'ip addr del 192.0.2.1/24 dev lan0 && ip link set lan0 master sw && ip addr add 192.0.2.1/24 dev sw',
    `ip link add dev0 type veth peer name lan0 netns ${device} && ip link set dev0 master sw && ip link set dev0 up`,
    `ip -n ${device} addr add ${DEVICE}/24 dev lan0 && ip -n ${device} link set lan0 up`,
  );
  engine.docker('network', 'create', '--subnet=10.77.0.0/16', 'backend');
  const taken = ['-oparent=eth1', '--subnet=198.51.100.0/24'];
  engine.docker('network', 'create', '-dmacvlan', ...taken, 'taken');
}

interface Prediction {
  readonly row: Row;
  readonly report: Report;
  readonly snapshot: Snapshot;
}

async function predict(engine: RealEngine, row: Row, folder: string): Promise<Prediction> {
  const base = path.join(folder, row.name.replaceAll(/\W/gu, '-'));
  if (row.compose !== undefined) writeFileSync(`${base}.yaml`, row.compose);
  const asked = row.flags ?? ['--compose', `${base}.yaml`];
  const args = ['--json', '--timeout', '400', '--save', `${base}.json`, ...asked];
  const report = reported(await program(engine, 'preflight', ...args));
  return { row, report, snapshot: JSON.parse(readFileSync(`${base}.json`, 'utf8')) as Snapshot };
}

/** Predictions change nothing, so two of them can be made at once. */
async function predictAll(engine: RealEngine, folder: string): Promise<Prediction[]> {
  const left = [...ROWS.entries()];
  const done: Prediction[] = [];
  const work = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const [index, row] = next;
      done[index] = await predict(engine, row, folder);
    }
  };
  await Promise.all(Array.from({ length: 5 }, work));
  return done;
}

/** The client gets the flags as they are, and sorts them by itself. */
function createByClient({ docker }: RealEngine, flags: readonly string[]): Answer {
  const words = flags
    .filter((flag) => !flag.startsWith('--ip='))
    .map((flag) =>
      flag.replace(/^--parent=/u, '-oparent=').replace(/^--mode=/u, '-omacvlan_mode='),
    );
  try {
    docker('network', 'create', '-d', 'macvlan', ...words, 'lan');
    return { ok: true, says: '', body: {} };
  } catch (error) {
    return { ok: false, says: String((error as { stderr?: unknown }).stderr), body: {} };
  }
}

async function make(engine: RealEngine, { row, snapshot }: Prediction): Promise<Real> {
  const plan = valueOf(snapshot.facts.plan);
  if (plan === undefined) throw new Error(`${row.name}: nothing is planned`);
  return realize(engine, plan, (network: PlannedNetwork) =>
    row.flags === undefined
      ? createByApi(engine, network)
      : Promise.resolve(createByClient(engine, row.flags)),
  );
}

describe.skipIf(cannotRunEngine)('predicted and real (needs root and dockerd)', () => {
  it('agree', { timeout: 300_000 }, async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'mvdt-predicted-'));
    try {
      await withEngine(async (engine) => {
        try {
          await furnish(engine);
          const predictions = await predictAll(engine, folder);
          const wrong: string[] = [];
          let made = 0;
          for (const one of predictions) {
            const real = await make(engine, one);
            if (real.created) made += 1;
            wrong.push(...disagreements(one.row, one.report, real));
          }
          expect(wrong).toEqual([]);
          // The bench is worth something only where much of it works, and much does not.
          expect(made).toBeGreaterThan(25);
          expect(predictions.length - made).toBeGreaterThan(25);
        } finally {
          await run('ip', ['netns', 'del', deviceOf(engine)]);
        }
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
