// What a real engine tells of each network and container, and that what is nobody's business is not held on the way.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { valueOf } from '../../src/model/fact.js';
import type { Snapshot } from '../../src/model/snapshot.js';
import { BIN, makeLan, run, runContainer } from '../support/engine-doctor.js';
import { cannotRunEngine, IMAGE, type RealEngine, withEngine } from '../support/real-engine.js';

/** Loaded into the program: all that is alive when it is about to print, written to a file. */
const BEFORE_PRINTING = `
const print = process.stdout.write;
process.stdout.write = function (...args) {
  process.stdout.write = print;
  require('node:v8').writeHeapSnapshot(process.env.MVDT_HEAP);
  return print.apply(process.stdout, args);
};`;

interface Traces {
  readonly snapshot: Snapshot;
  readonly saved: string;
  readonly printed: string;
  /** Every text that the program held when it was about to print. */
  readonly heap: string;
}

async function traced({ netns, endpoint }: RealEngine): Promise<Traces> {
  const folder = mkdtempSync(join(tmpdir(), 'mvdt-heap-'));
  const at = (name: string): string => join(folder, name);
  try {
    writeFileSync(at('preload.cjs'), BEFORE_PRINTING);
    const env = {
      PATH: process.env['PATH'],
      DOCKER_HOST: endpoint,
      MVDT_HEAP: at('heap'),
      NODE_OPTIONS: `--require=${at('preload.cjs')}`,
    };
    const program = [process.execPath, BIN, 'run', '--passive', '--json', '--save', at('saved')];
    const { stdout } = await run('nsenter', [`--net=/run/netns/${netns}`, ...program], {
      env,
      maxBuffer: 64 * 1024 * 1024,
    }).catch((error: unknown) => error as { stdout: string });
    const saved = readFileSync(at('saved'), 'utf8');
    const { strings } = JSON.parse(readFileSync(at('heap'), 'utf8')) as { strings: string[] };
    const snapshot = JSON.parse(saved) as Snapshot;
    return { snapshot, saved, printed: stdout, heap: strings.join('\n') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Inode of a container's network namespace. */
function netnsOf({ docker }: RealEngine, container: string): string {
  const pid = docker('inspect', '--format', '{{.State.Pid}}', container).trim();
  return /\d+/.exec(readlinkSync(`/proc/${pid}/ns/net`))?.[0] ?? '';
}

describe.skipIf(cannotRunEngine)('a real engine’s own answers (needs root and dockerd)', () => {
  it('tell what is published and who asks whom for names, and nothing of environment and commands', async () => {
    const canary = `canary${randomBytes(8).toString('hex')}`;
    await withEngine(async (engine) => {
      makeLan(engine);
      const hidden = [
        ['--env', `SETTING=${canary}`],
        ['--label', `${canary}=${canary}`],
        ['--health-cmd', `true ${canary}`],
        ['--mount', `type=tmpfs,destination=/${canary}`],
      ].flat();
      const asked = ['-p', '8080:80', '--dns', '192.0.2.53', '--network', 'lan'];
      const command = ['sh', '-c', `sleep 99999; : ${canary}`];
      engine.docker('run', '-d', '--name', 'mvdt-web', ...asked, ...hidden, IMAGE, ...command);
      runContainer(engine, 'mvdt-db', '--network', 'lan', '--ip', '192.0.2.99');

      const { snapshot, saved, printed, heap } = await traced(engine);
      const runtime = valueOf(snapshot.facts.runtime);
      expect(runtime).not.toHaveProperty('gaps');
      expect(runtime?.containers).toMatchObject([
        { name: 'mvdt-db', published: [], dns: [], networkMode: 'lan' },
        {
          name: 'mvdt-web',
          published: [{ port: 80, protocol: 'tcp', hostPort: 8080 }],
          dns: ['192.0.2.53'],
          endpoints: [{ gateway: '192.0.2.1' }],
        },
      ]);
      const lan = runtime?.networks.find(({ name }) => name === 'lan');
      expect(lan?.held?.map(({ name, ipv4 }) => [name, ipv4])).toEqual([
        ['mvdt-db', '192.0.2.99'],
        ['mvdt-web', '192.0.2.64'],
      ]);
      const [host] = valueOf(snapshot.facts.namespaces) ?? [];
      const resolvers = valueOf(snapshot.facts.resolvers) ?? {};
      expect(host?.isHost).toBe(true);
      expect(resolvers).toHaveProperty(String(host?.inode));
      // The machine may have containers of other engines as well.
      for (const name of ['mvdt-web', 'mvdt-db'])
        expect(resolvers[netnsOf(engine, name)]?.nameservers).toEqual(['127.0.0.11']);

      // The engine did tell it.
      expect(engine.docker('inspect', 'mvdt-web').split(canary).length).toBeGreaterThan(5);
      expect(heap.includes('mvdt-web')).toBe(true);
      expect([saved, printed, heap].map((trace) => trace.includes(canary))).toEqual([
        false,
        false,
        false,
      ]);
    });
  });
});
