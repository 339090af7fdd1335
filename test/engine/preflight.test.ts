// The next container on a network that is there, and the network that is suggested, against what a real engine then does.
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.js';
import {
  findings,
  found,
  inHost,
  program,
  report,
  reported,
  runContainer,
} from '../support/engine-doctor.js';
import { cannotRunEngine, type RealEngine, withEngine } from '../support/real-engine.js';

const ISOLATION = 'warn host-child-isolation parent eth0';

/** `eth0` of the engine's host, 192.0.2.10/24, is the parent; 192.0.2.1 is the router. */
function lan({ docker }: RealEngine, ...pool: readonly string[]): void {
  docker('network', 'create', '-d', 'macvlan', ...pool, '-o', 'parent=eth0', 'lan');
}

function clear({ docker }: RealEngine): void {
  docker('rm', '-f', ...docker('ps', '-aq').split('\n').filter(Boolean));
  docker('network', 'rm', 'lan');
}

async function preflight(engine: RealEngine, ...args: readonly string[]): Promise<Report> {
  return reported(await program(engine, 'preflight', '--json', ...args));
}

function answers({ preflight: verdict }: Report): Record<string, string> {
  const all = verdict?.networks.flatMap((network) => network.answers) ?? [];
  return Object.fromEntries(all.map(({ question, answer }) => [question, answer]));
}

/** The addresses that containers who are not there yet would have. */
function addresses({ topology }: Report): string[] {
  const children = topology.parents.flatMap((parent) => parent.children);
  return children
    .filter(({ container }) => container?.startsWith('a container') === true)
    .flatMap((child) => child.addresses);
}

function given({ docker }: RealEngine, name: string): string {
  const format = '{{range .NetworkSettings.Networks}}{{.IPAddress}}/{{.IPPrefixLen}}{{end}}';
  return docker('inspect', '-f', format, name).trim();
}

/** On a LAN with devices, the printed command is run as it stands; then the next container, and the shim. */
async function suggestionHolds(engine: RealEngine): Promise<void> {
  const { router } = engine;
  for (const last of [2, 9, 200, 243, 254]) {
    const ip = `192.0.2.${last.toString()}/32`;
    await inHost({ ...engine, netns: router }, `ip addr add ${ip} dev lan0`);
  }
  const flags = ['--parent', 'eth0', '--subnet', '192.0.2.0/24', '--name', "the kids' TV"];
  const asked = await program(engine, 'preflight', '--suggest', ...flags);
  expect(asked.stdout).toContain("FAIL  range-in-use   network the kids' TV");
  // What the terminal shows is what is run.
  const [command = ''] = /^ +docker .*network create .*$/mu.exec(asked.stdout) ?? [];
  expect(command).toContain('--ip-range=192.0.2.232/29 --aux-address=mvd-shim=192.0.2.253');
  await inHost(engine, command.trim());
  const again = reported(await program(engine, 'preflight', '--json', '--network', "the kids' TV"));
  expect(found(again)).toEqual([ISOLATION]);

  runContainer(engine, 'tv', '--network', "the kids' TV");
  const after = await report(engine.netns, engine.endpoint);
  expect(found(after)).toEqual([ISOLATION]);
  const [isolation] = findings(after);
  const commands = isolation?.fixes?.[0]?.commands ?? [];
  expect(commands).toContain('ip addr add 192.0.2.253/32 dev mvd-shim');
  await inHost(engine, ...commands);
  const cured = await report(engine.netns, engine.endpoint);
  expect(found(cured).filter((line) => line.startsWith('fail'))).toEqual([]);
  expect(found(cured)).not.toContain(ISOLATION);
}

describe.skipIf(cannotRunEngine)('preflight beside a real engine (needs root and dockerd)', () => {
  it('tells what the next container would get, and suggests a network that works', async () => {
    await withEngine(async (engine) => {
      lan(engine, '--subnet=192.0.2.0/24', '--gateway=192.0.2.1', '--ip-range=192.0.2.64/26');
      runContainer(engine, 'web', '--network', 'lan');
      const next = await preflight(engine, '--network', 'lan');
      expect(answers(next)).toMatchObject({ created: 'yes', lan: 'yes', host: 'no' });
      expect(found(next)).toEqual([ISOLATION]);
      runContainer(engine, 'tv', '--network', 'lan');
      expect(addresses(next)).toEqual([given(engine, 'tv')]);

      const free = await preflight(engine, '--network', 'lan', '--ip', '192.0.2.99');
      expect(found(free)).toEqual([ISOLATION]);
      const [held = ''] = given(engine, 'web').split('/');
      const taken = await preflight(engine, '--network', 'lan', '--ip', held);
      expect(found(taken)).toContain(`fail address-refused container a container at ${held}`);
      expect(() => {
        runContainer(engine, 'second', '--network', 'lan', '--ip', held);
      }).toThrow(/Address already in use/u);
      clear(engine);

      // Without --gateway engines of this age take the first address for one, and do not tell.
      lan(engine, '--subnet=192.0.2.0/24', '--ip-range=192.0.2.128/27');
      const first = await preflight(engine, '--network', 'lan');
      runContainer(engine, 'web', '--network', 'lan');
      expect(addresses(first)).toEqual([given(engine, 'web')]);

      // Wrong use ends in a sentence.
      for (const [args, says] of [
        [['--network', 'lam'], /no network called lam; did you mean lan\?$/u],
        [['--network', 'lan', '--network', 'bridge'], /network bridge is of driver bridge, and /u],
        [['--network', ''], /--network was given an empty name\.$/u],
        [['--network', '\u001B[2J'], /no network called \\u\{1b\}\[2J/u],
        [['--network', 'lan', '--parent', 'eth0'], /--parent.*--network/u],
      ] as const) {
        const { code, stdout, stderr } = await program(engine, 'preflight', ...args);
        expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
        expect(stderr.trim()).toMatch(says);
      }
      clear(engine);
      await suggestionHolds(engine);
    });
  });
});
