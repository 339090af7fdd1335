// How long a packet may be on the way to a gateway: what was asked, what came back, and what to ask next.
import { isAnswered, isSilent, type Observation, type TooBig } from '../../../model/observation.js';
import type { Child, Parent, Topology } from '../../../model/topology.js';
import { find } from '../verdicts/reach.js';
import { groupBy } from '../wording/victims.js';
import { echoesTo, gatewayPairs } from './gateway-echo.js';

/** One child speaks for all that share a gateway and an MTU. */
export interface SizeQuestion {
  readonly parent: Parent;
  readonly child: Child;
  readonly gateway: string;
  /** The child's MTU: the longest packet that it would send, in bytes. */
  readonly full: number;
  /** Everybody with that gateway and that MTU. */
  readonly sharers: readonly Child[];
}

/** Length of an ordinary echo request: it was answered, so the search begins there. */
export const SMALL = 84;

/** Only where an ordinary echo was answered: otherwise silence says nothing about size. */
export function sizeQuestions(
  topology: Topology,
  observations: readonly Observation[],
): SizeQuestion[] {
  return topology.parents.flatMap((parent) => {
    const pairs = gatewayPairs(parent, topology).filter(
      (pair) =>
        pair.child.link.mtu > SMALL &&
        echoesTo(pair, { observations }).some((one) => isAnswered(one)),
    );
    return groupBy(pairs, ({ child, gateway }) => `${gateway} ${child.link.mtu}`).flatMap(
      ([, sharing]) => {
        const sharers = sharing.map(({ child }) => child);
        return sharing
          .slice(0, 1)
          .map(({ child, gateway }) => ({ parent, child, gateway, full: child.link.mtu, sharers }));
      },
    );
  });
}

export interface SizeAnswer {
  /** Nobody has been asked yet; nobody could be; or the whole MTU passes. */
  readonly state: 'unasked' | 'failed' | 'passes' | 'too-big' | 'limited';
  readonly error?: string;
  readonly tooBig?: TooBig;
  /** The longest packet that was answered, and the shortest of those beyond it, all of which were not. */
  readonly passed: number;
  readonly lost: number;
  /** Full-size requests that were sent in vain. */
  readonly sent: number;
  /** Sizes up to `passed` that were asked, and those of them that were answered. */
  readonly below: { readonly asked: number; readonly answered: number };
  /** An ordinary echo, sent along with the long ones, was lost as well: the gateway does not answer all that it is asked. */
  readonly isUnsteady: boolean;
}

export function answerTo(question: SizeQuestion, observations: readonly Observation[]): SizeAnswer {
  const { child, gateway, full } = question;
  const asked = find(observations, {
    probe: 'full-size-icmp',
    child: child.name,
    target: gateway,
  });
  const whole = asked.filter((one) => bytesOf(one) === full);
  const passed = Math.max(
    SMALL,
    ...asked.filter((one) => isAnswered(one)).map((one) => bytesOf(one)),
  );
  const silent = asked.filter((one) => isSilent(one)).map((one) => bytesOf(one));
  const lost = Math.min(full, ...silent.filter((bytes) => bytes > passed));
  const sizes = new Set(asked.map((one) => bytesOf(one)).filter((bytes) => bytes <= passed));
  const heard = new Set(asked.filter((one) => isAnswered(one)).map((one) => bytesOf(one)));
  const numbers = {
    passed,
    lost,
    sent: whole.reduce((sum, one) => sum + one.sent, 0),
    below: { asked: sizes.size, answered: heard.size },
    isUnsteady: asked.some((one) => bytesOf(one) === SMALL && isSilent(one)),
  };
  const tooBig = asked.find((one) => one.tooBig !== undefined)?.tooBig;
  const error = whole.find((one) => one.error !== undefined)?.error;
  if (whole.length === 0) return { state: 'unasked', ...numbers };
  if (whole.some((one) => isAnswered(one))) return { state: 'passes', ...numbers };
  if (tooBig !== undefined) return { state: 'too-big', tooBig, ...numbers };
  if (error !== undefined) return { state: 'failed', error, ...numbers };
  return { state: 'limited', ...numbers };
}

export function bytesOf({ send }: Pick<Observation, 'send'>): number {
  return (send.kind === 'icmp' ? send.bytes : undefined) ?? SMALL;
}

/** So many sizes at once: three rounds find the limit of any MTU up to 9000 to the byte, for 22³ > 9000. */
export const SIZES_AT_ONCE = 21;

/** Sizes between two, evenly, the longest first: whoever answers only a few pings a second then answers those. */
export function sizesBetween(passed: number, lost: number): number[] {
  const gap = lost - passed;
  const parts = Math.min(SIZES_AT_ONCE + 1, gap);
  const sizes = Array.from(
    { length: Math.max(0, parts - 1) },
    (_, index) => passed + Math.floor(((index + 1) * gap) / parts),
  );
  return [...new Set(sizes)].toReversed();
}
