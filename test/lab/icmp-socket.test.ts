// Raw sockets whose link has gone meanwhile, on a real kernel.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdirSync, readlinkSync } from 'node:fs';
import { expect, it } from 'vitest';
import { loadRawSocket, openIcmpSocket } from '../../src/edge/host/icmp-socket.js';
import { describeAsRoot } from '../support/root.js';

function sockets(): string[] {
  return readdirSync('/proc/self/fd').flatMap((fd) => {
    try {
      const target = readlinkSync(`/proc/self/fd/${fd}`);
      return target.startsWith('socket:') ? [target] : [];
    } catch {
      // The descriptor of the list itself.
      return [];
    }
  });
}

describeAsRoot('an ICMP socket', () => {
  it('does not stay open when its device is gone: it would keep the process from ending', async () => {
    const raw = await loadRawSocket();
    if (raw === undefined) throw new Error('raw-socket is not there');
    const netns = `mvdt-${randomBytes(4).toString('hex')}`;
    execFileSync('ip', ['netns', 'add', netns]);
    try {
      const options = {
        netnsPath: `/run/netns/${netns}`,
        onReply: () => expect.fail('an answer from nobody'),
        onError: () => expect.fail('a word from nobody'),
        onFailure: (reason: string) => expect.fail(reason),
      };
      const before = sockets();
      expect(() => openIcmpSocket(raw, { ...options, device: 'gone0' })).toThrow(/No such device/u);
      expect(sockets()).toEqual(before);
      const whole = openIcmpSocket(raw, { ...options, device: 'lo' });
      expect(sockets()).toHaveLength(before.length + 1);
      whole.close();
      expect(sockets()).toEqual(before);
    } finally {
      execFileSync('ip', ['netns', 'del', netns]);
    }
  });
});
