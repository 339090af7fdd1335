// The built program as a child process: only that shows real exit codes, streams and broken pipes.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../support/run-command.js';

const BIN = fileURLToPath(new URL('../../bin/run.js', import.meta.url));
const ENV = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, NODE_ENV: undefined };

function start(...args: readonly string[]): Outcome {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], {
    encoding: 'utf8',
    env: ENV,
  });
  return { code: status ?? -1, stdout, stderr };
}

describe('the program', () => {
  it.each([
    [['--version'], /^macvlan-doctor\/\d/],
    [['--help'], /USAGE/],
    [[], /USAGE/],
    [['help', 'run'], /--passive/],
    [['run', '--help'], /--passive/],
    [['explain'], /^host\n {2}[a-z]/],
    [['explain', 'parent-enslaved'], /^parent-enslaved\n/],
    [
      ['explain', '-o parent interface was not found on the host: eth7'],
      /no interface called eth7/,
    ],
    [['explain', 'daemon:', '-o', 'parent', 'interface', 'was', 'not'], /^This is a piece of/],
    [['explain', '--json', 'netavark-dhcp-socket'], /^\{\n {2}"schemaVersion": 1,/],
  ])('%o prints and is well', (args, text) => {
    const { code, stdout, stderr } = start(...args);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(text);
  });

  it.each([
    [['runn'], 'there is no command runn; macvlan-doctor --help lists the commands there are.'],
    [['run', 'web'], 'there is no command run web'],
    [['run', '--pasive'], 'there is no flag --pasive; did you mean --passive?'],
    [['run', '--json', '--pasive'], 'there is no flag --pasive; did you mean --passive?'],
    [['explain', '--jsn', 'wsl2'], 'there is no flag --jsn; did you mean --json?'],
    [['explain', 'parent-dwon'], 'there is no page called parent-dwon; did you mean parent-down?'],
    [
      ['explain', '\u001B[2J all over'],
      String.raw`no known message fits "\u{1b}[2J all over"; sudo`,
    ],
    [['explain', '-'], 'there is no message to explain.'],
    [['run', '--only', 'parent-dwon'], 'there is no check called parent-dwon; did you mean'],
    [['run', '--only', 'parent-down', '--skip', 'parent-down'], 'leave no check to report'],
    [['run', '--passive', '--parent', ''], '--parent was given an empty name'],
    [['run', '--passive', '--parent', 'no such one'], 'no interface here is called no such one'],
    [['run', '--passive', '--parent', '\u001B[2J'], String.raw`called \u{1b}[2J`],
  ])('%o is wrong use: 2, and one sentence', (args, sentence) => {
    const { code, stdout, stderr } = start(...args);
    expect(stderr).toContain(`macvlan-doctor: `);
    expect(stderr).toContain(sentence);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect([code, stdout]).toEqual([2, '']);
  });

  it('looks without being asked for root, and keeps stderr clean in a log', () => {
    const { code, stdout, stderr } = start('run', '--passive', '--json');
    expect([0, 1]).toContain(code);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: 1, framesSent: 0 });
  });

  const onFullDisk = (args: string, stream: string) =>
    spawnSync('sh', ['-c', `"$0" "$1" ${args} ${stream} /dev/full`, process.execPath, BIN], {
      encoding: 'utf8',
      env: ENV,
    });

  it.skipIf(process.platform !== 'linux').each(['run --passive', '--version', 'run --help'])(
    'says in one sentence that a full disk took nothing: %s',
    (args) => {
      const { status, stderr } = onFullDisk(args, '>');
      expect(stderr).toBe('macvlan-doctor: cannot write to stdout: no space left.\n');
      expect(status).toBe(2);
    },
  );

  it.skipIf(process.platform !== 'linux')(
    'says by its exit code alone what no disk takes a sentence of',
    () => {
      expect(onFullDisk('run --passsive', '2>').status).toBe(2);
    },
  );

  it.skipIf(process.platform !== 'linux').each([
    ['run --passive --save a', 'cannot write a: its folder does not exist.'],
    ['bundle --passive', 'cannot write .: the current folder is gone.'],
  ])('says in one sentence that its folder is gone: %s', (args, sentence) => {
    const command = `cd "$(mktemp -d)" && rmdir "$PWD" && "$0" "$1" ${args} >/dev/null`;
    const { status, stderr } = spawnSync('sh', ['-c', command, process.execPath, BIN], {
      encoding: 'utf8',
      env: ENV,
    });
    expect(stderr).toContain(sentence);
    expect(status).toBe(2);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('%s ends analyze, however busy it is', async (signal) => {
    const busy = spawn(process.execPath, [BIN, 'analyze', '-'], { env: ENV });
    const ended = once(busy, 'exit');
    // More than a pipe holds: once that is gone, it is being read, and waits for more.
    await new Promise((resolve) => busy.stdin.write(' '.repeat(500_000), resolve));
    busy.kill(signal);
    expect(await ended).toEqual([null, signal]);
  });

  it('survives a reader that leaves (| head)', () => {
    const command = `"$0" "$1" run --help | head -c 1; exit "$?"`;
    const { stdout, stderr } = spawnSync('sh', ['-c', command, process.execPath, BIN], {
      encoding: 'utf8',
      env: ENV,
    });
    expect(stdout).toHaveLength(1);
    expect(stderr).toBe('');
  });
});
