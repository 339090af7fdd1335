import { describe, expect, it } from 'vitest';
import { netnsDoor } from '../../../src/edge/host/netns-door.js';

describe.runIf(process.platform === 'linux')('the door to namespaces', () => {
  it('reads files that tell of the namespace one is in', () => {
    const texts = netnsDoor.readTexts(null, ['/proc/thread-self/net/dev', '/proc/no-such-file']);
    expect(texts).toMatchObject({
      state: 'known',
      value: [{ state: 'known' }, { state: 'absent' }],
    });
    expect(netnsDoor.readTexts('/proc/no-such/ns/net', [])).toEqual({
      state: 'failed',
      reason: 'the network namespace has vanished',
    });
  });

  it('runs programs there, and says how they ended', async () => {
    const node = process.execPath;
    const read = (script: string) => netnsDoor.read(null, [node, '-e', script]);
    expect(await read('process.stdout.write("yes")')).toEqual({ state: 'known', value: 'yes' });
    expect(await read('console.error("no such table"); process.exit(1)')).toEqual({
      state: 'failed',
      reason: `${node} ended with code 1: no such table`,
    });
    expect(
      await read('console.error("Operation not permitted (you must be root)"); process.exit(1)'),
    ).toMatchObject({ state: 'denied' });
    expect(await read('process.kill(process.pid)')).toMatchObject({ state: 'failed' });
    expect(await netnsDoor.read(null, ['no-such-program-here'])).toEqual({
      state: 'absent',
      reason: 'no-such-program-here is not installed',
    });
    expect(await netnsDoor.read('/proc/no-such/ns/net', ['true'])).toMatchObject({
      state: 'failed',
      reason: 'the network namespace has vanished',
    });
  });
});
