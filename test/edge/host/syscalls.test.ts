import { describe, expect, it } from 'vitest';
import {
  AF_NETLINK,
  SOCK_RAW,
  SyscallError,
  bind,
  close,
  open,
  poll,
  pollAsync,
  receive,
  send,
  socket,
} from '../../../src/edge/host/syscalls.js';
import { familiesRequest } from '../../../src/core/parse/rtnetlink/nl80211.js';

const NETLINK_GENERIC = 16;

function caught(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error;
  }
}

describe.skipIf(process.platform !== 'linux')('system calls', () => {
  it('throw what went wrong by name and number', () => {
    const error = caught(() => open('/there/is/no/such/file'));
    expect(error).toBeInstanceOf(SyscallError);
    expect(error).toMatchObject({ syscall: 'open', errno: 'ENOENT', code: 2 });
    expect(error).toHaveProperty('message', 'open: no such file or directory (ENOENT)');
    expect(new SyscallError('odd', 4000).message).toBe('odd: error 4000 (4000)');
    expect(caught(() => socket(AF_NETLINK, SOCK_RAW, 4000))).toMatchObject({
      errno: 'EPROTONOSUPPORT',
    });
  });

  it('send, wait and receive, at once and off the event loop', async () => {
    const fd = socket(AF_NETLINK, SOCK_RAW, NETLINK_GENERIC);
    try {
      const into = new Uint8Array(65_536);
      bind(fd, Uint8Array.of(AF_NETLINK, ...new Uint8Array(11)));
      expect(poll([fd], 0)).toEqual([]);
      expect(receive(fd, into)).toBeUndefined();
      const waiting = pollAsync([fd], 5000);
      send(fd, familiesRequest());
      expect(await waiting).toEqual([fd]);
      expect(poll([fd], 1000)).toEqual([fd]);
      expect(receive(fd, into)).toBeGreaterThan(20);
    } finally {
      close(fd);
    }
  });
});
