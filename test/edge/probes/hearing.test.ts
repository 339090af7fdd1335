// What a frame on a parent's tap means: which echo left, for whom one came in, and what answers a relayed packet.
import { describe, expect, it } from 'vitest';
import { ETHERTYPE_IPV4, ethernetFrame } from '../../../src/core/frames/ethernet.js';
import { echoRequest, type Echo } from '../../../src/core/frames/icmp.js';
import { ipv4Packet } from '../../../src/core/frames/ipv4.js';
import { openEchoBook } from '../../../src/edge/probes/echo-book.js';
import { forgetMiscounted, watchEchoes } from '../../../src/edge/probes/echo-watch.js';
import { hearEcho } from '../../../src/edge/probes/hearing.js';
import type { Tap, Taps } from '../../../src/edge/probes/taps.js';
import { newTrial, toObservation, type Trial } from '../../../src/edge/probes/trial.js';
import type { ProbeStep } from '../../../src/model/observation.js';

const HERE = '192.0.2.5';
const GATEWAY = '192.0.2.1';
const GATEWAY_MAC = '52:54:00:aa:00:01';
const CHILD_MAC = '02:42:c0:00:02:05';
const OTHER_MAC = '02:42:c0:00:02:77';

const tapOn = (device: string, lost = 0) =>
  ({ device, source: '', socket: { countLost: () => lost } }) as unknown as Tap;
const TAP = tapOn('eth0');

function tapsOf(tap: Tap): Taps {
  const get = (device: string) => (device === tap.device ? tap : undefined);
  return { get } as unknown as Taps;
}

const ENDS = {
  from: 'here',
  to: 'there',
  parent: 'eth0',
  target: GATEWAY,
  expect: 'answer',
} as const;
const ECHO: ProbeStep = { ...ENDS, probe: 'gateway-icmp', send: { kind: 'icmp', netns: 2 } };
const RELAY: ProbeStep = {
  ...ENDS,
  probe: 'gateway-relay',
  send: {
    kind: 'relay',
    device: 'eth0',
    ethernetSource: OTHER_MAC,
    ethernetDestination: GATEWAY_MAC,
    sourceIp: HERE,
  },
};

interface Wire {
  readonly trial: Trial;
  readonly echo: Echo;
  readonly pass: (frame: Uint8Array, isOutgoing: boolean, tap?: Tap) => void;
}

/** A trial that has sent one echo, watched on the parent. */
function wire(step: ProbeStep): Wire {
  const echoes = openEchoBook();
  const trial = newTrial(step);
  const echo = echoes.next(trial);
  watchEchoes([trial], tapsOf(TAP));
  return {
    trial,
    echo,
    pass(bytes, isOutgoing, tap = TAP) {
      hearEcho(tap, { bytes, isOutgoing }, echoes, 1);
    },
  };
}

function icmpOf(echo: Echo, type: number): Uint8Array {
  const icmp = echoRequest(echo);
  icmp[0] = type;
  return icmp;
}

interface Ends {
  readonly to?: string;
  readonly source?: string;
  readonly target?: string;
}

function frame(icmp: Uint8Array, { to = CHILD_MAC, source = GATEWAY, target = HERE }: Ends = {}) {
  const header = { source: GATEWAY_MAC, destination: to, etherType: ETHERTYPE_IPV4 };
  return ethernetFrame(header, ipv4Packet({ source, target }, icmp));
}

const request = (echo: Echo) => frame(icmpOf(echo, 8), { source: HERE, target: GATEWAY });
const reply = (echo: Echo, ends?: Ends) => frame(icmpOf(echo, 0), ends);

/** "Time exceeded" of the gateway about a request of ours. */
function expired(echo: Echo): Uint8Array {
  const quoted = ipv4Packet({ source: HERE, target: GATEWAY }, icmpOf(echo, 8));
  return frame(Uint8Array.from([11, 0, 0, 0, 0, 0, 0, 0, ...quoted]));
}

describe('the watch on the parent', () => {
  it('counts what left, and for whom something came in', () => {
    const { trial, echo, pass } = wire(ECHO);
    pass(request(echo), true);
    pass(reply(echo, { to: OTHER_MAC }), false);
    pass(reply(echo, { to: OTHER_MAC }), false);
    const arrived = [{ mac: OTHER_MAC, frames: 2 }];
    expect(toObservation(trial)).toMatchObject({ left: 1, arrived, replies: [] });
  });

  it('knows siblings by what seems to come in and never left', () => {
    const { trial, echo, pass } = wire(ECHO);
    pass(request(echo), false);
    pass(reply(echo), false);
    expect(toObservation(trial)).toMatchObject({ left: 0, arrived: [] });
  });

  it.each([
    ['another run’s echo', ({ id, sequence }: Echo) => ({ id: id ^ 1, sequence }), TAP],
    ['an echo that nobody sent', ({ id }: Echo) => ({ id, sequence: 999 }), TAP],
    ['what passes another parent', (echo: Echo) => echo, tapOn('eth1')],
  ])('does not count %s', (_what, change, tap) => {
    const { trial, echo, pass } = wire(ECHO);
    pass(request(change(echo)), true, tap);
    expect(trial.watch?.left).toBe(0);
  });

  it('says nothing where there is no tap, nor where it had no room for a frame', () => {
    const alone = newTrial(ECHO);
    watchEchoes([alone], tapsOf(tapOn('eth1')));
    expect(toObservation(alone)).not.toHaveProperty('left');
    const { trial } = wire(ECHO);
    forgetMiscounted([trial], tapsOf(tapOn('eth0', 1)));
    expect(toObservation(trial)).not.toHaveProperty('left');
  });
});

describe('the answer to a relayed packet', () => {
  it('is the echo from where it was sent to, whoever hands it over', () => {
    const { trial, echo, pass } = wire(RELAY);
    pass(reply(echo, { to: OTHER_MAC }), false);
    expect(trial.replies).toMatchObject([{ mac: GATEWAY_MAC, ethernetDestination: OTHER_MAC }]);
  });

  it('is the word of the one whose turn it was when its time ended', () => {
    const { trial, echo, pass } = wire(RELAY);
    pass(expired(echo), false);
    expect(trial.replies).toMatchObject([{ mac: GATEWAY_MAC, expiredAt: GATEWAY }]);
  });

  it('comes in by another link of the host, whose ARP answer for the address was believed', () => {
    const { trial, echo, pass } = wire(RELAY);
    pass(expired(echo), false, tapOn('eth1'));
    expect(trial.replies).toMatchObject([{ mac: GATEWAY_MAC, expiredAt: GATEWAY }]);
  });

  it.each([
    ['from somebody else', (echo: Echo) => reply(echo, { source: '192.0.2.9' }), false],
    ['for somebody else', (echo: Echo) => reply(echo, { target: '192.0.2.9' }), false],
    ['leaving', (echo: Echo) => reply(echo), true],
    ['asking', (echo: Echo) => request(echo), false],
  ])('is not one %s', (_what, make, isOutgoing) => {
    const { trial, echo, pass } = wire(RELAY);
    pass(make(echo), isOutgoing);
    expect(trial.replies).toEqual([]);
  });
});
