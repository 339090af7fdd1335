// What is private on a host with a real engine is in no byte of a bundle, and the bundle says what the host's own report says.
import { execFileSync } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { CheckResult, Report } from '../../src/model/report.js';
import { eui64Of, ipv4Notations, macNotations, wordsIn } from '../support/canaries.js';
import { BIN, type Ended, run } from '../support/engine-doctor.js';
import { cannotRunEngine, IMAGE, type RealEngine, withEngine } from '../support/real-engine.js';

const CASE = 'T-canary';
const letters = (): string => randomBytes(5).toString('hex').replaceAll(/\d/g, 'q');
const word = (what: string): string => `${what}-${letters()}`;
const rented = (): string => `b8:27:eb:${randomBytes(3).toString('hex').match(/../g)?.join(':')}`;

/** Other names and addresses each time. Addresses for documentation keep their own: these are none. */
function plant() {
  const net = `10.${randomInt(20, 250)}.${randomInt(20, 250)}`;
  const net6 = `2a02:8106:${randomInt(0x1000, 0xffff).toString(16)}:3`;
  const [hostMac, mac] = [rented(), rented()];
  return {
    net,
    net6,
    hostMac,
    mac,
    host: `${word('kangaroo')}.${word('outback')}.example`,
    parent: `enx${hostMac.replaceAll(':', '')}`,
    network: word('wombat'),
    container: word('zebra'),
    other: word('quagga'),
    /** Of no use to a diagnosis: they are not even read. */
    secrets: {
      environment: word('environment'),
      label: word('label'),
      command: word('command'),
      file: word('file'),
      content: word('content'),
      guest: word('guest'),
      networkLabel: word('networklabel'),
      kernel: word('kernel'),
    },
  };
}
type Planted = ReturnType<typeof plant>;

/** What a diagnosis needs, and a stranger must not see. */
const privateWords = ({ host, parent, network, container, other, ...on }: Planted): string[] => [
  host,
  ...host.split('.').slice(0, 2),
  parent,
  network,
  container,
  other,
  ...[10, 70, 71].flatMap((last) => ipv4Notations(`${on.net}.${last}`)),
  on.net6,
  ...[on.hostMac, on.mac].flatMap((mac) => [...macNotations(mac), eui64Of(mac)]),
];

function wire({ netns, router }: RealEngine, { net, net6, parent, hostMac }: Planted): void {
  const ip = (line: string): void => void execFileSync('ip', line.split(' '));
  ip(`-n ${netns} link set eth0 down`);
  ip(`-n ${netns} link set eth0 name ${parent} address ${hostMac}`);
  ip(`-n ${netns} addr flush dev ${parent}`);
  ip(`-n ${netns} link set ${parent} up`);
  ip(`-n ${netns} addr add ${net}.10/24 dev ${parent}`);
  ip(`-n ${netns} addr add ${net6}:${eui64Of(hostMac)}/64 dev ${parent} nodad`);
  ip(`-n ${netns} route add default via ${net}.1`);
  ip(`-n ${router} addr add ${net}.1/24 dev lan0`);
  ip(`-n ${router} addr add ${net6}::1/64 dev lan0 nodad`);
}

function populate({ docker }: RealEngine, planted: Planted, folder: string): void {
  const { net, net6, parent, network, container, other, mac, secrets } = planted;
  const secretFile = join(folder, secrets.file);
  writeFileSync(secretFile, secrets.content);
  const v4 = ['--subnet', `${net}.0/24`, '--gateway', `${net}.1`];
  const v6 = ['--ipv6', '--subnet', `${net6}::/64`, '--gateway', `${net6}::1`];
  const about = ['-o', `parent=${parent}`, '--label', `about=${secrets.networkLabel}`];
  docker('network', 'create', '-d', 'macvlan', ...v4, ...v6, ...about, network);
  const place = ['--network', network, '--ip', `${net}.70`];
  const words = ['--env', `TOKEN=${secrets.environment}`, '--label', `owner=${secrets.label}`];
  const mount = ['--volume', `${secretFile}:/run/secrets/${secrets.file}:ro`];
  const first = [...place, '--ip6', `${net6}::beef:cafe`, '--hostname', secrets.guest];
  const command = [IMAGE, 'sh', '-c', `sleep 99999; echo ${secrets.command}`];
  docker('run', '-d', '--name', container, ...first, ...words, ...mount, ...command);
  // From inside: this engine takes a MAC of the user's own from old clients only.
  const pid = docker('inspect', '--format', '{{.State.Pid}}', container).trim();
  const inside = (line: string): void =>
    void execFileSync('nsenter', ['--target', pid, '--net', 'ip', ...line.split(' ')]);
  inside(`link set eth0 address ${mac}`);
  inside(`addr add ${net6}:${eui64Of(mac)}/64 dev eth0 nodad`);
  // Its MAC is made of its address by the engine.
  const second = ['--network', network, '--ip', `${net}.71`];
  docker('run', '-d', '--name', other, ...second, IMAGE, '/bin/sleep', '99999');
}

/** Lines that stay, of names and addresses, as a driver and a firewall write them; and two that are nobody's business. */
function tellTheKernel({ parent, container, hostMac, net, net6, mac, secrets }: Planted): void {
  const seen = `${net}.70 ${net6}::beef:cafe ${mac} ${eui64Of(mac)}`;
  const frame = `MAC=${hostMac}:${mac}:08:00 SRC=${net}.70 DST=${net}.10 LEN=84`;
  for (const line of [
    `${parent}: a test says that ${container} is at ${seen}`,
    `a test drops: IN=${parent} OUT= ${frame}`,
    `a test says ${secrets.kernel} of no link at all`,
    `${parent}: a test, comm="${secrets.kernel}" uid=0`,
  ])
    writeFileSync('/dev/kmsg', `<6>${line}\n`);
}

interface Home {
  readonly engine: RealEngine;
  readonly host: string;
  readonly folder: string;
}

/** The program in the engine's namespace, under a host name of its own. */
async function doctor({ engine, host, folder }: Home, ...args: string[]): Promise<Ended> {
  const { NODE_ENV: _, ...inherited } = process.env;
  const state = join(folder, 'state');
  const env = { ...inherited, DOCKER_HOST: engine.endpoint, XDG_STATE_HOME: state };
  const named = ['unshare', '--uts', 'sh', '-c', `hostname ${host} && exec "$0" "$@"`];
  const argv = [`--net=/run/netns/${engine.netns}`, ...named, process.execPath, BIN, ...args];
  try {
    const options = { env, cwd: folder, maxBuffer: 64 * 1024 * 1024 };
    return { code: 0, ...(await run('nsenter', argv, options)) };
  } catch (error) {
    return error as Ended;
  }
}

async function reportOf(home: Home, ...args: string[]): Promise<Report> {
  const { stdout, stderr } = await doctor(home, ...args, '--json');
  return JSON.parse(stdout === '' ? expect.fail(stderr) : stdout) as Report;
}

const lined = (results: readonly CheckResult[]): string[] =>
  results
    .map(({ check, status, code, subject: { kind, name } }) =>
      [check, status, code ?? '', kind, name].join(' '),
    )
    .toSorted();
const nameless = (results: readonly CheckResult[]): string[] =>
  lined(results.map((one) => ({ ...one, subject: { ...one.subject, name: '' } })));

/** Every file of the folder that a bundle was written into, by name, packed and unpacked: headers too. */
function written(folder: string): Map<string, Uint8Array> {
  const names = readdirSync(folder).filter((name) => name.startsWith('mvd-bundle-'));
  const packed = names.map((name) => [name, readFileSync(join(folder, name))] as const);
  const unpacked = packed
    .filter(([name]) => name.endsWith('.tar.gz'))
    .map(([name, bytes]) => [`${name}, unpacked`, gunzipSync(bytes)] as const);
  return new Map([...packed, ...unpacked, ['their names', Buffer.from(names.join('\n'))]]);
}

async function withHome(act: (home: Home, planted: Planted) => Promise<void>): Promise<void> {
  const planted = plant();
  const folder = mkdtempSync(join(tmpdir(), 'mvdt-canaries-'));
  try {
    await withEngine(async (engine) => {
      wire(engine, planted);
      populate(engine, planted, folder);
      tellTheKernel(planted);
      await act({ engine, host: planted.host, folder }, planted);
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe.skipIf(cannotRunEngine)('the bundle of a host with a real engine', () => {
  it('holds nothing private in any byte, is judged as the host is, and is read back', async () => {
    await withHome(async (home, planted) => {
      const secrets = Object.values(planted.secrets);
      const live = await reportOf(home, 'run');
      expect(nameless(live.results)).toContainEqual(expect.stringMatching(/ (?:warn|fail) /));

      const { code, stderr } = await doctor(home, 'bundle', '--case', CASE);
      expect(code, stderr).toBe(0);
      const files = written(home.folder);
      expect(files.size).toBe(4);
      for (const [name, bytes] of files)
        expect(wordsIn(bytes, [...secrets, ...privateWords(planted)]), name).toEqual([]);
      const name = [...files.keys()].find((one) => one.endsWith('.tar.gz')) ?? expect.fail();
      const text = Buffer.from(files.get(`${name}, unpacked`) ?? expect.fail()).toString();
      expect(text).toMatch(/: a test says that \S+ is at /);
      expect(text).toMatch(/a test drops: IN=\S+ OUT= MAC=(?:[\da-f]{2}:){12}08:00 SRC=/);

      const analyzed = await reportOf(home, 'analyze', name);
      expect(nameless(analyzed.results)).toEqual(nameless(live.results));
      writeFileSync(join(home.folder, 'answer'), lined(analyzed.results).join('\n'));
      const back = await doctor(home, 'bundle', 'translate', 'answer', '--case', CASE);
      expect(back.stdout.trimEnd().split('\n').toSorted()).toEqual(lined(live.results));

      // The same search finds them where nothing is masked; and what was never read is not even there.
      const open = join(home.folder, 'open.tar.gz');
      await doctor(home, 'bundle', '--redact', 'none', '--passive', '-o', open);
      const bare = gunzipSync(readFileSync(open));
      const { host, parent, network, container, other, mac, hostMac, net, net6 } = planted;
      const known = [host, parent, network, container, other, mac, hostMac, `${net}.70`, net6];
      expect(wordsIn(bare, [...known, eui64Of(hostMac), eui64Of(mac)])).toEqual([
        ...known,
        eui64Of(hostMac),
        eui64Of(mac),
      ]);
      expect(wordsIn(bare, secrets)).toEqual([]);
    });
  });
});
