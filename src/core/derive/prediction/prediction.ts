// What the model of macvlan says of one probe: answer, silence or either, with a stable reason and its sentence.
import type { Netns } from '../../../model/netns.js';
import type { ProbeStep } from '../../../model/observation.js';
import type { Facts } from '../../../model/snapshot.js';
import type { Topology } from '../../../model/topology.js';

/** Does the switch port send frames back out by the way they came in (reflective relay, hairpin)? */
export type Reflects = 'yes' | 'no' | 'unknown';

/** A step, however long its answer is waited for. */
export type Asked = Pick<ProbeStep, 'probe' | 'parent' | 'target' | 'send'>;

/** What a prediction is made from, besides the step. */
export interface Around {
  readonly topology: Topology;
  readonly facts: Facts;
  /** Of the switch port that the step's parent hangs on. */
  readonly reflects: Reflects;
}

/** Why a probe ends as it does, each with the sentence that the report says for it. */
const SENTENCES = {
  'bridge-switches-siblings': 'Frames pass inside the parent between two links in bridge mode.',
  reflected:
    'The switch port sends frames back (reflective relay), so they come round to other links.',
  'needs-reflection':
    'Frames between these modes take the switch, and arrive only if its port sends them back (reflective relay).',
  'private-forbids': 'Private mode shuts out every other link of the same parent.',
  'host-isolation':
    'A parent hands no frame to its own children, nor they to it, unless the switch port sends it back.',
  'passthru-takes-all': 'A passthru link takes every unicast frame that the parent receives.',
  'other-mode': 'In source mode only frames from listed MACs come in, and the list is not known.',
  'parent-down': 'The parent is down.',
  'parent-no-carrier': 'The parent has no carrier.',
  'end-down': 'One of the two links is down.',
  'no-route': 'The sender has no route there.',
  'no-way-back': 'There is no route back to the sender.',
  'routes-elsewhere': 'The packet leaves by a link that is not on this parent.',
  'returns-elsewhere': 'The answer leaves by a link that is not on this parent.',
  'returns-by-router': 'The answer goes to a router, which has to send it on.',
  'other-parent':
    'Its owner has a link off this parent: only where both hang on one LAN do frames get there.',
  'rp-filter':
    'Reverse path filtering drops what comes in by another link than the route back leaves by.',
  'arp-ignored': 'ARP settings of the target (arp_ignore, arp_filter) forbid the answer.',
  'target-ignores-echo': 'The target is set to ignore pings (icmp_echo_ignore_all).',
  'target-decides': 'Whether somebody listens there is the affair of the target.',
  'fixed-neighbour': 'A permanent neighbour entry leads to the MAC of somebody else.',
  'several-ends': 'Several links answer for the address, and not each of them leads there.',
  'many-ends': 'More links here answer for the address than are gone through one by one.',
  'two-owners': 'Two here have the sender’s address, and the answer may go to the other.',
  'bound-elsewhere': 'The answer comes in by another link than the one that the probe is bound to.',
  'too-long': 'The packet is longer than the MTU of the link.',
  'own-address': 'The address is one of the sender’s own.',
  'own-address-back': 'The target has the sender’s address itself, and answers to itself.',
  'own-frames-leave': 'What the parent sends goes out on the wire and not to its own links.',
  'lan-answers': 'Whoever has an address on the LAN answers ARP requests for it.',
  'lan-decides': 'A machine on the LAN decides, and may well ignore it.',
  'router-decides': 'A router on the way decides.',
  'switch-decides': 'The switch port alone knows whether it sends frames back, and is asked.',
  'nobody-known': 'Nobody is known to have the address.',
  'settings-unknown': 'IPv4 settings (net.ipv4.conf) that could forbid it were not read.',
  'out-of-sight': 'The network stack behind it is out of sight.',
} as const;

/** Stable; users script against it. */
export type Reason = keyof typeof SENTENCES;

/** A link that drops what arrives, on account of the way back. */
export interface ReversePath {
  readonly netns: Netns;
  /** ifname of the link that it comes in by. */
  readonly link: string;
  /** Whose packets: the source address. */
  readonly source: string;
  /** ifname by which the route back leaves; none when there is no route. */
  readonly backBy: string | undefined;
}

export interface Prediction {
  /** `either`: what is known does not decide it. */
  readonly outcome: 'answer' | 'silence' | 'either';
  readonly reason: Reason;
  /** One plain sentence, the same for the same reason. */
  readonly because: string;
  /** For `rp-filter`, and where that is one of several ends: at which. */
  readonly dropped?: ReversePath;
}

export function answer(reason: Reason): Prediction {
  return { outcome: 'answer', reason, because: SENTENCES[reason] };
}

export function silence(reason: Reason): Prediction {
  return { outcome: 'silence', reason, because: SENTENCES[reason] };
}

export function either(reason: Reason): Prediction {
  return { outcome: 'either', reason, because: SENTENCES[reason] };
}

/** What has to go well on the way, in its order: the first silence ends it, and what is open stays open. */
export function inTurn(parts: readonly (() => Prediction | undefined)[]): Prediction | undefined {
  let open: Prediction | undefined;
  for (const part of parts) {
    const found = part();
    if (found?.outcome === 'silence') return found;
    if (found?.outcome === 'either') open ??= found;
  }
  return open;
}

/** Several that may answer the same question: they agree, or it is open. */
export function together(all: readonly Prediction[]): Prediction | undefined {
  const [first, ...others] = all;
  if (first === undefined) return undefined;
  if (others.every(({ outcome }) => outcome === first.outcome)) return first;
  const dropped = all.find((one) => one.dropped !== undefined)?.dropped;
  const open = all.find(({ outcome }) => outcome === 'either') ?? either('several-ends');
  return dropped === undefined ? open : { ...open, dropped };
}
