// Bundles as a user has them: the real program in a LAN with a fault, what is in the file, and what may go wrong with it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand, type CommandResult } from '../../src/edge/host/command.js';
import type { Manifest } from '../../src/model/bundle.js';
import type { CheckResult, Report } from '../../src/model/report.js';
import { describeAsRoot } from '../support/root.js';

const BIN = fileURLToPath(new URL('../../bin/run.js', import.meta.url));
const DOCTOR = [process.execPath, BIN];
/** Names that no stand-in has, so that finding one of them means that it slipped through. */
const HOSTNAME = 'zanzibar-canary';

let folder = '';
let state = '';
const at = (name: string): string => path.join(folder, name);
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'mvdt-bundle-'));
  state = at('state');
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Without NODE_ENV=test, under which oclif warns of commands whose flags were wrong. */
const env = (...more: string[]): string[] => [
  'env',
  '-u',
  'NODE_ENV',
  `XDG_STATE_HOME=${state}`,
  ...more,
];
const doctor = (...args: string[]): Promise<CommandResult> =>
  runCommand([...env(), ...DOCTOR, ...args]);

interface Up {
  readonly id: string;
  readonly inhabitants: { role: string; netns: string; label: string; addresses: string[] }[];
}

async function withLab(
  scenario: string,
  act: (host: string, up: Up) => Promise<void>,
): Promise<void> {
  const { stdout, stderr } = await doctor('lab', 'up', scenario, '--json');
  if (stdout === '') expect.fail(stderr);
  const up = JSON.parse(stdout) as Up;
  try {
    await act(up.inhabitants.find(({ role }) => role === 'host')?.netns ?? '', up);
  } finally {
    await doctor('lab', 'down', up.id);
  }
}

/** In the lab's host, under a host name of its own. */
const inHost = (host: string, ...args: string[]): string[] => [
  'ip',
  'netns',
  'exec',
  host,
  'unshare',
  '--uts',
  'sh',
  '-c',
  `hostname ${HOSTNAME} && exec "$0" "$@"`,
  ...env(),
  ...DOCTOR,
  ...args,
];

async function unpacked(file: string): Promise<ReadonlyMap<string, string>> {
  const to = mkdtempSync(at('unpacked-'));
  expect((await runCommand(['tar', '-xzf', file, '-C', to])).code).toBe(0);
  const names = readdirSync(to, { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => statSync(path.join(to, name)).isFile());
  return new Map(
    files.map((name) => [name.replace(/^[^/]+\//, ''), readFileSync(path.join(to, name), 'utf8')]),
  );
}

function manifestIn(files: ReadonlyMap<string, string>): Manifest {
  return JSON.parse(files.get('manifest.json') ?? expect.fail('no manifest')) as Manifest;
}

/** What a finding is, whoever it is about: names and fingerprints are others in a bundle. */
function gist(results: readonly CheckResult[]): string[] {
  return results.map(({ check, status, code, subject }) =>
    [check, status, code ?? '', subject.kind].join(' '),
  );
}

describeAsRoot('the bundle of a lab scenario', () => {
  it.each(['host-isolation', 'duplicate-ip-device', 'vepa-no-hairpin'])(
    '%s is judged as its own report says, and holds no name of it',
    async (scenario) => {
      await withLab(scenario, async (host, up) => {
        const file = at(`${scenario}.tar.gz`);
        const made = await runCommand(inHost(host, 'bundle', '-o', file, '--case', 'T-1'));
        expect(made).toMatchObject({ code: 0 });
        const files = await unpacked(file);
        const inside = JSON.parse(files.get('report.json') ?? '') as Report;
        const { stdout } = await doctor('analyze', file, '--json');
        const analyzed = JSON.parse(stdout) as Report;
        expect(analyzed.results).toEqual(inside.results);
        expect(gist(analyzed.results)).toContainEqual(expect.stringMatching(/ (?:fail|warn) /));
        const originals = [
          HOSTNAME,
          // A path tells of its user.
          path.basename(folder),
          ...up.inhabitants.filter(({ role }) => role === 'child').map(({ netns }) => netns),
        ];
        for (const [name, text] of files)
          for (const original of originals) expect(text.includes(original), name).toBe(false);
      });
    },
  );

  it('of one run gives the live findings word for word when nothing is masked', async () => {
    await withLab('gateway-silent', async (host) => {
      const snapshot = at('live.json');
      const live = await runCommand(inHost(host, 'run', '--json', '--save', snapshot));
      const report = JSON.parse(live.stdout) as Report;
      const { stdout, code } = await doctor('analyze', snapshot, '--json');
      expect(JSON.parse(stdout)).toEqual(report);
      expect(code).toBe(live.code);
    });
  });

  it('is read back by whoever made it, and by nobody else', async () => {
    await withLab('host-isolation', async (host) => {
      const file = at('translated.tar.gz');
      await runCommand(inHost(host, 'bundle', '-o', file, '--case', 'T-2'));
      const { stdout } = await doctor('analyze', file, '-v');
      expect(stdout).not.toContain(HOSTNAME);
      writeFileSync(at('answer.txt'), stdout);
      const back = await doctor('bundle', 'translate', at('answer.txt'), '--case', 'T-2');
      expect(back.stdout).toContain(HOSTNAME);
      const stranger = await runCommand([
        'env',
        `XDG_STATE_HOME=${at('elsewhere')}`,
        ...DOCTOR,
        'bundle',
        'translate',
        at('answer.txt'),
        '--case',
        'T-2',
      ]);
      expect(stranger).toMatchObject({ code: 2, stdout: '' });
    });
  });
});

describeAsRoot('writing a bundle', () => {
  const passive = ['bundle', '--passive'];
  /** A namespace of its own with nothing in it. */
  const alone = (...args: string[]): string[] => ['unshare', '--net', ...env(), ...DOCTOR, ...args];

  it('gives a file for one user, with its hash beside it', async () => {
    const file = at('one.tar.gz');
    const asUser = [
      'unshare',
      '--net',
      ...env('SUDO_UID=4711', 'SUDO_GID=4712', 'SUDO_USER=nobody'),
    ];
    const { code } = await runCommand([
      ...asUser,
      ...DOCTOR,
      ...passive,
      '--redact',
      'none',
      '-o',
      file,
    ]);
    expect(code).toBe(0);
    expect(statSync(file)).toMatchObject({ uid: 4711, gid: 4712 });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(
      (await runCommand(['sh', '-c', `cd ${folder} && sha256sum -c one.tar.gz.sha256`])).code,
    ).toBe(0);
  });

  it('keeps the key and the names to the user alone', async () => {
    await runCommand(alone(...passive, '-o', at('keyed.tar.gz'), '--case', 'T-3'));
    const map = path.join(state, 'macvlan-doctor', 'mvd-map-T-3.json');
    expect(statSync(map).mode & 0o777).toBe(0o600);
    const { key } = JSON.parse(readFileSync(map, 'utf8')) as { key: string };
    for (const text of (await unpacked(at('keyed.tar.gz'))).values())
      expect(text).not.toContain(key);
  });

  it('previews and writes nothing', async () => {
    const before = readdirSync(folder);
    const { code, stdout } = await runCommand(alone(...passive, '--preview', '--case', 'T-4'));
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Nothing was written\./);
    expect(stdout).toContain('facts/snapshot.json');
    expect(readdirSync(folder)).toEqual(before);
    expect(existsSync(path.join(state, 'macvlan-doctor', 'mvd-map-T-4.json'))).toBe(false);
  });

  it('takes no place that is taken, and says so in one sentence', async () => {
    writeFileSync(at('there.tar.gz'), 'old');
    symlinkSync(at('target'), at('link.tar.gz'));
    mkdirSync(at('closed'));
    for (const name of ['there.tar.gz', 'link.tar.gz', 'nowhere/x.tar.gz']) {
      const { code, stdout, stderr } = await runCommand(alone(...passive, '-o', at(name)));
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(/^macvlan-doctor: cannot write .*\.\n$/);
    }
    expect(readFileSync(at('there.tar.gz'), 'utf8')).toBe('old');
    expect(existsSync(at('target'))).toBe(false);
  });

  it('needs a folder that takes files', async () => {
    chmodSync(folder, 0o755);
    const nobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
    const { code, stderr } = await runCommand([
      ...nobody,
      ...env(),
      ...DOCTOR,
      ...passive,
      '-o',
      at('no.tar.gz'),
    ]);
    expect(code).toBe(2);
    expect(stderr).toContain('permission denied');
  });

  it('leaves nothing half written on a full disk', async () => {
    mkdirSync(at('small'));
    const script = [
      `mount -t tmpfs -o size=8k none ${at('small')}`,
      `${[...env(), ...DOCTOR, ...passive, '-o', at('small/x.tar.gz')].join(' ')}; code=$?`,
      `ls ${at('small')}; exit $code`,
    ].join('\n');
    const { code, stdout, stderr } = await runCommand([
      'unshare',
      '--net',
      '--mount',
      'sh',
      '-c',
      script,
    ]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^macvlan-doctor: cannot write .*: no space left\.\n$/);
  });

  it.each([
    [['--case', '../../etc/x'], '--case'],
    [['--redact', 'some'], '--redact'],
  ])('refuses %j', async (flags, word) => {
    const { code, stderr } = await runCommand(alone(...passive, ...flags));
    expect(code).toBe(2);
    expect(stderr).toContain(word);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});

describeAsRoot('an interrupted run', () => {
  it.each([
    ['SIGINT', 130, 'prefix'],
    ['SIGTERM', 143, 'none'],
  ] as const)('is sealed as far as it got on %s', async (signal, expected, redact) => {
    await withLab('gateway-silent', async (host) => {
      const file = at(`${signal}.tar.gz`);
      const [program = '', ...rest] = inHost(
        host,
        'bundle',
        '--redact',
        redact,
        '--timeout',
        '9000',
        '-o',
        file,
      );
      const child = spawn(program, rest, { stdio: ['ignore', 'ignore', 'pipe'] });
      // It speaks up once it has looked and waits for answers.
      await once(child.stderr, 'data');
      await sleep(100);
      child.kill(signal);
      const [code] = (await once(child, 'exit')) as [number];
      expect(code).toBe(expected);
      const files = await unpacked(file);
      const manifest = manifestIn(files);
      expect(manifest.complete).toBe(false);
      expect(manifest.redaction.mode).toBe(redact);
      const holders = [...files.values()].filter((text) => text.includes(HOSTNAME));
      expect(holders.length > 0).toBe(redact === 'none');
      expect(manifest.skipped).toContainEqual(expect.objectContaining({ why: 'interrupted' }));
      const { stdout } = await doctor('analyze', file);
      expect(stdout).toContain('The bundle is not complete');
    });
  });
});

describe('reading', () => {
  it.each([
    [['analyze', '/dev/zero'], 'it is not a regular file'],
    [['analyze', BIN], 'it is neither a bundle nor a snapshot'],
    [['analyze', BIN, BIN], 'it is neither a bundle nor a snapshot'],
    [['analyze', '-', '-'], 'standard input is one bundle'],
    [['analyze'], 'bundle'],
    [['bundle', 'translate', BIN, '--case', 'never-was'], 'there is no case never-was'],
  ])('%j ends in one sentence', async (args, sentence) => {
    const { code, stdout, stderr } = await runCommand([...env(), ...DOCTOR, ...args]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(sentence);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});
