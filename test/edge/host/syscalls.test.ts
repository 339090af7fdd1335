import { describe, expect, it } from 'vitest';
import {
  AF_NETLINK,
  SOCK_RAW,
  SyscallError,
  bind,
  close,
  errnoName,
  errnoText,
  getSocketOption,
  open,
  poll,
  pollAsync,
  receive,
  send,
  setSocketOption,
  socket,
} from '../../../src/edge/host/syscalls.js';
import { familiesRequest } from '../../../src/core/parse/rtnetlink/nl80211.js';

const NETLINK_GENERIC = 16;
const SOL_SOCKET = 1;
const SO_TYPE = 3;
const SO_RCVBUF = 8;

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
    expect(caught(() => socket(AF_NETLINK, SOCK_RAW, 4000))).toMatchObject({
      errno: 'EPROTONOSUPPORT',
    });
    expect([errnoName(1), errnoText(1), errnoName(4000)]).toEqual([
      'EPERM',
      'operation not permitted',
      '4000',
    ]);
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

  it('set and get options', () => {
    const fd = socket(AF_NETLINK, SOCK_RAW, NETLINK_GENERIC);
    try {
      expect(getSocketOption(fd, SOL_SOCKET, SO_TYPE, 4)).toEqual(Uint8Array.of(SOCK_RAW, 0, 0, 0));
      setSocketOption(fd, SOL_SOCKET, SO_RCVBUF, Uint8Array.of(0, 0, 1, 0));
      expect(getSocketOption(fd, SOL_SOCKET, SO_RCVBUF, 4)[2]).toBe(2);
    } finally {
      close(fd);
    }
  });
});
