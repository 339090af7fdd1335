import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fileDoor } from '../../../src/edge/host/files.js';

const folder = mkdtempSync(join(tmpdir(), 'mvdt-'));
const root = join(folder, 'root');
mkdirSync(join(root, 'etc'), { recursive: true });
mkdirSync(join(root, 'run'));
writeFileSync(join(folder, 'secret'), 'outside');
writeFileSync(join(root, 'run', 'inner'), 'inside');
writeFileSync(join(root, 'secret'), 'own');

afterAll(() => {
  rmSync(folder, { recursive: true });
});

let count = 0;

/** What stands where a link in `root/etc` leads. */
function behind(target: string) {
  const name = `link${String((count += 1))}`;
  symlinkSync(target, join(root, 'etc', name));
  return fileDoor.readTextBelow(root, `/etc/${name}`);
}

describe.runIf(process.platform === 'linux')('readTextBelow', () => {
  it.each([
    ['../run/inner', 'inside'],
    ['/run/inner', 'inside'],
    ['/secret', 'own'],
    ['../../secret', 'own'],
    ['/../../../../secret', 'own'],
    ['./.././/run/../run/inner', 'inside'],
  ])('stays below the root: %s', (target, text) => {
    expect(behind(target)).toEqual({ state: 'known', value: text });
  });

  it.each([
    [join(folder, 'secret'), 'absent', 'does not exist'],
    ['/proc/self/root/secret', 'absent', 'does not exist'],
    ['nowhere', 'absent', 'does not exist'],
    ['/run/inner/too-far', 'absent', 'does not exist'],
    ['/run', 'failed', 'is not a regular file'],
  ])('does not read %s', (target, state, why) => {
    const answer = behind(target);
    expect(answer.state).toBe(state);
    expect('reason' in answer && answer.reason).toContain(why);
  });

  it('ends where links go round in a circle', () => {
    symlinkSync('b', join(root, 'etc', 'a'));
    symlinkSync('a', join(root, 'etc', 'b'));
    expect(fileDoor.readTextBelow(root, '/etc/a')).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('circle of links') as string,
    });
  });

  it('opens no pipe and no device, also by a link', () => {
    execFileSync('mkfifo', [join(root, 'etc', 'pipe')]);
    expect(fileDoor.readTextBelow(root, '/etc/pipe').state).toBe('failed');
    expect(fileDoor.readTextBelow('/', '/dev/zero').state).toBe('failed');
  });

  it('reads no more than it is told, and leaves nothing open', () => {
    writeFileSync(join(root, 'etc', 'long'), 'x'.repeat(10_000));
    const before = readdirSync('/proc/self/fd').length;
    expect(fileDoor.readTextBelow(root, '/etc/long', 5)).toEqual({
      state: 'known',
      value: 'xxxxx',
    });
    expect(fileDoor.readTextBelow(root, '/etc/../../none').state).toBe('absent');
    expect(readdirSync('/proc/self/fd')).toHaveLength(before);
  });

  it('says when there is no such root', () => {
    expect(fileDoor.readTextBelow('/proc/0/root', '/etc/resolv.conf').state).toBe('absent');
  });
});
