import { beforeEach, describe, expect, it, vi } from 'vitest';
import { dumpRequest, request } from '../../../src/core/parse/rtnetlink/message.js';
import type * as Syscalls from '../../../src/edge/host/syscalls.js';
import { createNetlinkDoor } from '../../../src/edge/host/netlink.js';
import { known, unknown } from '../../../src/model/fact.js';
import { bytes } from '../../support/netlink-bytes.js';

/** What the kernel does: datagrams per request, in turn; an Error is thrown by the receiving call. */
interface Kernel {
  answers: ((sequence: number) => (Uint8Array | Error)[])[];
  queue: (Uint8Array | Error)[];
  refusals: Record<string, string>;
  readonly open: Set<number>;
}

const kernel = vi.hoisted((): Kernel => {
  return { answers: [], queue: [], refusals: {}, open: new Set() };
});

vi.mock('../../../src/edge/host/syscalls.js', async (original) => {
  const real = await original<typeof Syscalls>();
  let next = 100;
  const codes: Record<string, number> = { EPERM: 1, ENOENT: 2, EACCES: 13, EINVAL: 22, EMFILE: 24 };
  const act = (name: string): void => {
    const errno = kernel.refusals[name];
    if (errno !== undefined) throw new real.SyscallError(name, codes[errno] ?? 0);
  };
  const born = (name: string): number => {
    act(name);
    kernel.open.add(++next);
    return next;
  };
  return {
    ...real,
    open: (path: string) => (path.startsWith('/proc/') ? next : born('open')),
    close: (fd: number) => void kernel.open.delete(fd),
    setns: () => act('setns'),
    socket: () => born('socket'),
    poll: () => [],
    send: (_fd: number, data: Uint8Array) => {
      const sequence = new DataView(data.buffer).getUint32(8, true);
      kernel.queue = kernel.answers.shift()?.(sequence) ?? [];
      return data.length;
    },
    receive: (_fd: number, into: Uint8Array) => {
      const datagram = kernel.queue.shift();
      if (datagram instanceof Error) throw datagram;
      if (datagram) into.set(datagram);
      return datagram?.length;
    },
  };
});

const { SyscallError } = await import('../../../src/edge/host/syscalls.js');
const ENOBUFS = 105;
const DONE = 3;
const MULTI = 2;
const INTERRUPTED = 16;

function message(
  type: number,
  sequence: number,
  flags = MULTI,
  payload = bytes([4, 0]),
): Uint8Array {
  const built = request(type, payload);
  built.set(bytes([2, flags], [4, sequence]), 6);
  return built;
}

function together(...messages: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(messages.flatMap((one) => [...one]));
}

const dump = dumpRequest(18, new Uint8Array(16));
const single = request(90, new Uint8Array(4));

function types(fact: ReturnType<ReturnType<typeof createNetlinkDoor>['ask']>): unknown {
  return fact.state === 'known' ? fact.value.map((answer) => answer.map((one) => one[4])) : fact;
}

function interrupted(sequence: number): Uint8Array[] {
  return [message(DONE, sequence, MULTI | INTERRUPTED)];
}

beforeEach(() => {
  kernel.answers = [];
  kernel.queue = [];
  kernel.refusals = {};
  kernel.open.clear();
});

describe('ask', () => {
  it('reads an answer in many pieces to its end, and one request after another', () => {
    kernel.answers = [
      (n) => [together(message(16, n), message(16, n)), message(16, n), message(DONE, n)],
      (n) => [message(88, n, 0)],
    ];
    expect(types(createNetlinkDoor().ask('/run/netns/a', [dump, single]))).toEqual([
      [16, 16, 16],
      [88],
    ]);
    expect(kernel.open.size).toBe(0);
  });

  it('passes over messages that answer somebody else', () => {
    kernel.answers = [(n) => [message(16, n + 77), together(message(17, n), message(DONE, n))]];
    expect(types(createNetlinkDoor().ask(null, [dump]))).toEqual([[17]]);
  });

  it('asks again when a dump was interrupted or a piece was lost', () => {
    kernel.answers = [
      (n) => [message(16, n), message(16, n, MULTI | INTERRUPTED), message(DONE, n)],
      (n) => [message(16, n), new SyscallError('recvfrom', ENOBUFS)],
      (n) => [message(17, n), message(DONE, n)],
    ];
    expect(types(createNetlinkDoor().ask(null, [dump]))).toEqual([[17]]);
  });

  it('gives up on a list that never stands still', () => {
    kernel.answers = Array.from({ length: 50 }, () => interrupted);
    expect(createNetlinkDoor().ask(null, [dump])).toEqual(
      unknown('failed', 'the list kept changing while it was read'),
    );
    expect(kernel.answers.length).toBeGreaterThan(30);
  });

  it('hands on errors, also one at the end of a dump', () => {
    kernel.answers = [
      (n) => [message(2, n, 0, bytes([4, -95]))],
      (n) => [message(16, n), message(DONE, n, MULTI, bytes([4, -12]))],
    ];
    expect(types(createNetlinkDoor().ask(null, [dump, dump]))).toEqual([[2], [16, DONE]]);
  });

  it.each([
    [0, 'impossible'],
    [15, 'impossible'],
    [4000, 'impossible'],
  ])('does not believe a length of %i', (length, reason) => {
    kernel.answers = [
      (n) => {
        const odd = message(16, n);
        odd.set(bytes([4, length]));
        return [odd];
      },
    ];
    expect(createNetlinkDoor().ask(null, [dump])).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining(reason) as string,
    });
  });

  it('does not wait for ever', () => {
    kernel.answers = [() => []];
    expect(createNetlinkDoor().ask(null, [dump])).toEqual(
      unknown('failed', 'netlink did not answer within 2 s'),
    );
    expect(kernel.open.size).toBe(0);
  });

  it.each([
    ['setns', 'EPERM', 'denied', 'entering the network namespace needs root (CAP_SYS_ADMIN)'],
    ['open', 'EACCES', 'denied', 'entering the network namespace needs root (CAP_SYS_ADMIN)'],
    ['open', 'ENOENT', 'failed', 'the network namespace has vanished'],
    ['setns', 'EINVAL', 'failed', '/run/netns/a is not a network namespace'],
    ['open', 'EMFILE', 'failed', 'netlink: open: too many open files (EMFILE)'],
  ] as const)('says what %s means when it ends with %s', (call, errno, state, reason) => {
    kernel.refusals = { [call]: errno };
    expect(createNetlinkDoor().ask('/run/netns/a', [dump])).toEqual({ state, reason });
    expect(kernel.open.size).toBe(0);
  });

  it('asks nothing of its own namespace but what was refused there', () => {
    kernel.refusals = { socket: 'EPERM' };
    expect(createNetlinkDoor().ask(null, [])).toMatchObject({ state: 'denied' });
    kernel.refusals = {};
    expect(createNetlinkDoor().askGeneric([])).toEqual(known([]));
    expect(createNetlinkDoor().withHostNetnsFd((fd) => typeof fd)).toBe('number');
  });
});
