// How a run of probes goes, with nothing faked but the sockets.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LostNetnsError } from '../../../src/edge/host/netns.js';
import type { IcmpSocketOptions } from '../../../src/edge/host/icmp-socket.js';
import type { HeardFrame, PacketSocket } from '../../../src/edge/host/packet-socket.js';
import { openProbeSession } from '../../../src/edge/probes/run-probes.js';
import { arpRequestFrame } from '../../../src/core/frames/arp.js';
import { known } from '../../../src/model/fact.js';
import type { Netns } from '../../../src/model/netns.js';
import { isSilent, type ArpSend, type ProbeStep } from '../../../src/model/observation.js';
import { fakeHost } from '../../support/fake-host.js';

interface FakeTap extends PacketSocket {
  readonly sent: Uint8Array[];
  readonly inbox: Uint8Array[];
  /** What this machine sends by the parent, past the doctor. */
  readonly outbox: Uint8Array[];
  /** Wishes for promiscuity, in order. */
  readonly wishes: boolean[];
  readonly admitted: string[];
  lost: number;
  isOpen: boolean;
}

interface FakeEcho {
  readonly options: IcmpSocketOptions;
  readonly targets: string[];
  isOpen: boolean;
}

const doors = vi.hoisted(() => ({
  openTap: undefined as undefined | ((ifindex: number) => unknown),
  openEcho: undefined as undefined | ((options: unknown) => unknown),
}));

vi.mock('../../../src/edge/host/packet-socket.js', () => ({
  openPacketSocket: (ifindex: number) => doors.openTap?.(ifindex),
  waitForFrames: async (taps: readonly FakeTap[]) => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    return taps.filter(({ inbox, outbox }) => inbox.length + outbox.length > 0);
  },
}));
vi.mock('../../../src/edge/host/icmp-socket.js', () => ({
  loadRawSocket: () => Promise.resolve({}),
  openIcmpSocket: (_raw: unknown, options: unknown) => doors.openEcho?.(options),
}));

const MAC = '02:42:c0:00:02:05';
const GATEWAY_MAC = '52:54:00:aa:00:01';
const GATEWAY = '192.0.2.1';

let taps: FakeTap[] = [];
let echoes: FakeEcho[] = [];

/** What the wire does with a frame, and with an echo. */
let onFrame: (tap: FakeTap, frame: Uint8Array) => void;
let onEcho: (echo: FakeEcho, target: string, id: { id: number; sequence: number }) => void;

function openTap(): FakeTap {
  const tap: FakeTap = {
    fd: 100 + taps.length,
    sent: [],
    inbox: [],
    outbox: [],
    wishes: [],
    admitted: [],
    lost: 0,
    isOpen: true,
    send(frame) {
      tap.sent.push(frame);
      onFrame(tap, frame);
    },
    drain: () => [...heard(tap.outbox, true), ...heard(tap.inbox, false)],
    countLost: () => tap.lost,
    setPromiscuous: (wanted) => tap.wishes.push(wanted),
    admit: (mac) => {
      tap.admitted.push(mac);
    },
    close() {
      tap.isOpen = false;
      return Promise.resolve();
    },
  };
  taps.push(tap);
  return tap;
}

function heard(frames: Uint8Array[], isOutgoing: boolean): HeardFrame[] {
  return frames.splice(0).map((bytes) => ({ bytes, isOutgoing }));
}

function openEcho(options: IcmpSocketOptions): unknown {
  const echo: FakeEcho = { options, targets: [], isOpen: true };
  echoes.push(echo);
  return {
    send(target: string, id: { id: number; sequence: number }) {
      echo.targets.push(target);
      onEcho(echo, target, id);
    },
    close() {
      echo.isOpen = false;
    },
  };
}

beforeEach(() => {
  taps = [];
  echoes = [];
  onFrame = () => undefined;
  onEcho = () => undefined;
  doors.openTap = openTap;
  doors.openEcho = (options) => openEcho(options as IcmpSocketOptions);
  vi.spyOn(process, 'getuid').mockReturnValue(0);
});

afterEach(() => {
  vi.restoreAllMocks();
  const open = [...taps, ...echoes].filter(({ isOpen }) => isOpen);
  expect(open).toEqual([]);
});

const EMPTY = { addresses: [], routes: [], rules: [], neighbours: [], hostNsid: null };
const LINK = {
  flags: [],
  mtu: 1500,
  operstate: 'UP',
  link_type: 'ether',
  promiscuity: 0,
  allmulti: 0,
};
const NAMESPACES: readonly Netns[] = [
  {
    inode: 1,
    isHost: true,
    mounts: [],
    processes: [],
    content: known({ ...EMPTY, links: [{ ...LINK, ifindex: 2, ifname: 'eth0' }] }),
  },
  {
    inode: 2,
    isHost: false,
    mounts: ['/run/netns/web'],
    processes: [],
    content: known({ ...EMPTY, links: [] }),
  },
];

async function probe(
  steps: readonly ProbeStep[],
  { windowMs = 400, signal = new AbortController().signal } = {},
) {
  const host = fakeHost({ inodes: { '/run/netns/web': 2 } });
  const session = openProbeSession({ host, namespaces: NAMESPACES });
  try {
    return await session.probe(steps, { windowMs, signal });
  } finally {
    await session.close();
  }
}

const ABOUT = { from: 'host', to: 'there', parent: 'eth0', target: GATEWAY } as const;

function arpStep(more: Partial<ArpSend> = {}, step: Partial<ProbeStep> = {}): ProbeStep {
  const mac = { ethernetSource: MAC, senderMac: MAC, senderIp: '0.0.0.0' };
  const send = { kind: 'arp', device: 'eth0', ...mac, ...more } as const;
  return { ...ABOUT, probe: 'gateway-arp-child', send, expect: 'answer', ...step };
}

function echoStep(netns: number, step: Partial<ProbeStep> = {}): ProbeStep {
  return {
    ...ABOUT,
    probe: 'gateway-icmp',
    send: { kind: 'icmp', netns },
    expect: 'answer',
    ...step,
  };
}

/** An ARP reply is a request turned round: operation 2, and the asker in the target's place. */
function arpReply(from: { mac: string; ip: string }, to: string): Uint8Array {
  const request = { ethernetSource: from.mac, senderMac: from.mac, senderIp: from.ip };
  const frame = arpRequestFrame({ ...request, targetIp: '0.0.0.0' });
  frame[21] = 2;
  frame.set(
    to.split(':').map((part) => Number.parseInt(part, 16)),
    32,
  );
  return frame;
}

describe('a run of probes', () => {
  it('opens nothing when there is nothing to try', async () => {
    expect(await probe([])).toEqual({ observations: [], notes: [] });
    expect([...taps, ...echoes]).toEqual([]);
  });

  it('opens one tap per parent and one socket per namespace', async () => {
    onFrame = (tap) => tap.inbox.push(arpReply({ mac: GATEWAY_MAC, ip: GATEWAY }, MAC));
    onEcho = ({ options }, target, echo) => options.onReply(echo, target, performance.now());
    const steps = [arpStep(), arpStep(), echoStep(1), echoStep(2), echoStep(2)];
    const { observations } = await probe(steps);
    expect([taps.length, echoes.length]).toEqual([1, 2]);
    expect(observations.map(({ sent, replies }) => [sent, replies.length > 0])).toEqual(
      steps.map(() => [1, true]),
    );
    expect(observations[0]?.replies[0]?.mac).toBe(GATEWAY_MAC);
  });

  it.each([
    ['for another asker', { mac: GATEWAY_MAC, ip: GATEWAY }, '02:42:c0:00:02:99'],
    ['from another address', { mac: GATEWAY_MAC, ip: '192.0.2.7' }, MAC],
  ])('does not take for an answer what is %s', async (_kind, from, to) => {
    onFrame = (tap) => tap.inbox.push(arpReply(from, to), new Uint8Array(3));
    const [observation] = (await probe([arpStep()])).observations;
    expect(observation).toMatchObject({ sent: 4, replies: [] });
  });

  it('does not take a stranger’s echo for an answer', async () => {
    onEcho = ({ options }, target, { id, sequence }) => {
      options.onReply({ id: (id + 1) % 65_536, sequence }, target, 1);
      options.onReply({ id, sequence: (sequence + 9) % 65_536 }, target, 1);
      options.onReply({ id, sequence }, '192.0.2.99', 1);
    };
    const [observation] = (await probe([echoStep(2)])).observations;
    expect(observation).toMatchObject({ sent: 4, replies: [] });
  });

  it('sends what should stay silent twice', async () => {
    const { observations } = await probe([arpStep({}, { expect: 'silence' })]);
    expect(observations.map(({ sent }) => sent)).toEqual([2]);
  });
});

describe('while a parent hears everything', () => {
  it('only those who asked for that are listened to, and after all others', async () => {
    const other = '02:42:c0:00:02:77';
    const steps = [arpStep(), arpStep({ senderMac: other, isPromiscuous: true })];
    onFrame = (tap) => {
      if (tap.wishes.length === 0) return;
      for (const mac of [MAC, other]) {
        tap.inbox.push(arpReply({ mac: GATEWAY_MAC, ip: GATEWAY }, mac));
      }
    };
    const { observations } = await probe(steps);
    expect(observations.map(({ replies }) => replies.length)).toEqual([0, 1]);
    expect(taps[0]?.wishes).toEqual([true, false]);
  });

  it('is no longer so after an abort', async () => {
    const stop = new AbortController();
    onFrame = () => {
      stop.abort();
    };
    const step = arpStep({ isPromiscuous: true });
    await expect(probe([step], { windowMs: 9000, signal: stop.signal })).rejects.toThrow();
    expect(taps[0]?.wishes).toEqual([true, false]);
  });
});

describe('rounds of one run', () => {
  it('share their taps, and do not hear what came between them', async () => {
    const host = fakeHost({ inodes: { '/run/netns/web': 2 } });
    const session = openProbeSession({ host, namespaces: NAMESPACES });
    const round = { windowMs: 400, signal: new AbortController().signal };
    await session.probe([arpStep()], round);
    taps[0]?.inbox.push(arpReply({ mac: GATEWAY_MAC, ip: GATEWAY }, MAC));
    const [late] = (await session.probe([arpStep()], round)).observations;
    expect(late?.replies).toEqual([]);
    expect([taps.length, taps[0]?.isOpen]).toEqual([1, true]);
    await session.close();
  });
});

async function errorsOf(...steps: ProbeStep[]): Promise<(string | undefined)[]> {
  const { observations } = await probe(steps);
  expect(observations.some((one) => isSilent(one))).toBe(false);
  return observations.map(({ error }) => error);
}

describe('what goes wrong is an error and no silence', () => {
  it('a link that is gone', async () => {
    expect(await errorsOf(arpStep({ device: 'eth9' }))).toEqual(['the link is gone']);
  });

  it('a namespace that is gone', async () => {
    expect(await errorsOf(echoStep(77))).toEqual([expect.stringContaining('found again')]);
  });

  it('a tap that cannot be opened, for all who need it, tried once', async () => {
    const open = vi.fn(() => {
      throw new Error('EPERM');
    });
    doors.openTap = open;
    const reason = expect.stringMatching(/packet socket could not be opened \(EPERM\)/) as string;
    expect(await errorsOf(arpStep(), arpStep({ senderMac: GATEWAY_MAC }))).toEqual([
      reason,
      reason,
    ]);
    expect(open).toHaveBeenCalledTimes(1);
  });

  it('a socket that cannot be opened, for all who need it, tried once', async () => {
    const open = vi.fn(() => {
      throw new Error('Operation not permitted');
    });
    doors.openEcho = open;
    expect(await errorsOf(echoStep(2), echoStep(2))).toEqual(
      Array.from({ length: 2 }, () => 'Operation not permitted'),
    );
    expect(open).toHaveBeenCalledTimes(1);
  });

  it('a frame that cannot leave, and it is not tried again', async () => {
    onFrame = () => {
      throw new Error('ENETDOWN');
    };
    expect(await errorsOf(arpStep())).toEqual(['ENETDOWN']);
    expect(taps[0]?.sent.length).toBe(1);
  });

  it('an echo that cannot leave', async () => {
    onEcho = () => {
      throw new Error('Socket is closed');
    };
    expect(await errorsOf(echoStep(2))).toEqual(['Socket is closed']);
  });

  it('a tap that goes deaf', async () => {
    onFrame = (tap) => {
      tap.inbox.push(new Uint8Array(1));
      Object.assign(tap, {
        drain: () => {
          throw new Error('EIO');
        },
      });
    };
    expect(await errorsOf(arpStep())).toEqual(['EIO']);
  });

  it('a socket that goes deaf', async () => {
    onEcho = ({ options }) => options.onFailure('Network is down');
    expect(await errorsOf(echoStep(2))).toEqual(['Network is down']);
  });
});

describe('an end before the end', () => {
  it('closes every socket when it is aborted', async () => {
    const stop = new AbortController();
    setTimeout(() => {
      stop.abort();
    }, 30);
    const run = probe([arpStep(), echoStep(1), echoStep(2)], {
      windowMs: 60_000,
      signal: stop.signal,
    });
    await expect(run).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
    expect([taps.length, echoes.length]).toEqual([1, 2]);
  });

  it('sends nothing when it was aborted before', async () => {
    await expect(probe([arpStep(), echoStep(2)], { signal: AbortSignal.abort() })).rejects.toThrow(
      expect.objectContaining({ name: 'AbortError' }),
    );
    expect(taps.flatMap(({ sent }) => sent)).toEqual([]);
    expect(echoes).toEqual([]);
  });

  it('closes every socket when the way home is lost, and throws it on', async () => {
    doors.openEcho = (options) => {
      if (echoes.length > 0) throw new LostNetnsError('lost');
      return openEcho(options as IcmpSocketOptions);
    };
    await expect(probe([arpStep(), echoStep(1), echoStep(2)])).rejects.toThrow(LostNetnsError);
    expect([taps.length, echoes.length]).toEqual([1, 1]);
  });
});
