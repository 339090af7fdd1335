import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { fileDoor } from '../../../src/edge/host/files.js';

const folder = mkdtempSync(join(tmpdir(), 'mvdt-'));
const at = (name: string): string => join(folder, name);

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('fileDoor', () => {
  it('reads at most as much as it is told', () => {
    writeFileSync(at('long'), 'x'.repeat(200_000));
    expect(fileDoor.readText(at('long'), 5)).toEqual({ state: 'known', value: 'xxxxx' });
    expect(fileDoor.readText(at('long'))).toEqual({ state: 'known', value: 'x'.repeat(200_000) });
  });

  it.runIf(process.platform === 'linux')('reads what tells no size', () => {
    expect(fileDoor.readText('/proc/self/status')).toMatchObject({
      state: 'known',
      value: expect.stringContaining('CapEff') as string,
    });
  });

  it('unpacks, and not without end', () => {
    writeFileSync(at('config.gz'), gzipSync('CONFIG_MACVLAN=y\n'));
    writeFileSync(at('bomb.gz'), gzipSync(Buffer.alloc(4 * 1024 * 1024)));
    writeFileSync(at('broken.gz'), 'not packed');
    expect(fileDoor.readText(at('config.gz'))).toEqual({
      state: 'known',
      value: 'CONFIG_MACVLAN=y\n',
    });
    expect(fileDoor.readText(at('bomb.gz'))).toMatchObject({ state: 'failed' });
    expect(fileDoor.readText(at('broken.gz'))).toMatchObject({ state: 'failed' });
  });

  it.runIf(process.platform === 'linux')('does not wait for a pipe, nor read a device', () => {
    execFileSync('mkfifo', [at('pipe')]);
    const reason = expect.stringContaining('not a regular file') as string;
    expect(fileDoor.readText(at('pipe'))).toMatchObject({ state: 'failed', reason });
    expect(fileDoor.readText('/dev/zero')).toMatchObject({ state: 'failed', reason });
    expect(fileDoor.readText(folder)).toMatchObject({ state: 'failed' });
  });

  it('lists sorted, reads links, and says what is missing', () => {
    mkdirSync(at('list'));
    for (const name of ['b', 'a', 'C']) writeFileSync(join(at('list'), name), '');
    symlinkSync('nowhere', at('link'));
    expect(fileDoor.list(at('list'))).toEqual({ state: 'known', value: ['C', 'a', 'b'] });
    expect(fileDoor.readLink(at('link'))).toEqual({ state: 'known', value: 'nowhere' });
    expect(fileDoor.inode(at('link'))).toMatchObject({ state: 'absent' });
    expect(fileDoor.inode(at('list')).state).toBe('known');
    expect(fileDoor.list(at('none'))).toEqual({
      state: 'absent',
      reason: `${at('none')} does not exist`,
    });
    expect(fileDoor.readText(`${at('list')}/a/b`)).toMatchObject({ state: 'absent' });
    expect(fileDoor.readText('/\u0000')).toMatchObject({ state: 'failed' });
  });
});
