import { statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { peerNetns } from '../../../../src/edge/host/engine/peer-netns.js';
import { hanging } from '../../../support/engine-servers.js';

describe.runIf(process.platform === 'linux')('peerNetns', () => {
  it('finds the namespace of the process behind a socket', async () => {
    const { endpoint, close } = await hanging();
    const answer = peerNetns(endpoint);
    await close();
    expect(answer).toEqual({ state: 'known', value: statSync('/proc/self/ns/net').ino });
  });

  it.each([
    ['unix:///nonexistent/socket', 'failed'],
    [`unix:///${'long'.repeat(40)}`, 'failed'],
    ['tcp://127.0.0.1:2375', 'skipped'],
  ])('knows nothing of %s', (endpoint, state) => {
    expect(peerNetns(endpoint).state).toBe(state);
  });
});
