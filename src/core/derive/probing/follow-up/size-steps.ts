// How long may a packet be? One of full size per gateway and MTU; where it is lost, sizes in between, many at once.
import type { IcmpSend, ProbeStep } from '../../../../model/observation.js';
import {
  answerTo,
  SIZES_AT_ONCE,
  sizeQuestions,
  sizesBetween,
  SMALL,
  type SizeQuestion,
} from '../../passage/size-search.js';
import { hostAtFullSize, witnessesFor } from '../../passage/size-witnesses.js';
import type { Question } from '../awaited.js';
import { gatewayControl } from '../gateway-control.js';
import { arp, icmp, toGateway } from '../sends.js';
import type { SoFar } from './follow-up.js';

/** Limits that are searched for in one run; one is the rule. */
export const MOST_SEARCHES = 2;
/** Of one search: three rounds, each with the full size and a small one again, and the witnesses. */
export const MOST_SIZE_PROBES = 3 * (SIZES_AT_ONCE + 2) + 8;

export function sizeSteps(soFar: SoFar): ProbeStep[] {
  const { topology, observations } = soFar;
  const questions = sizeQuestions(topology, observations).map((question) => ({
    question,
    answer: answerTo(question, observations),
  }));
  const first = questions.filter(({ answer }) => answer.state === 'unasked');
  const limited = questions.filter(({ answer }) => answer.state === 'limited');
  return [
    ...first.map(({ question }) => ask(question, question.full)),
    ...limited.slice(0, MOST_SEARCHES).flatMap(({ question, answer }) => {
      const sizes = sizesBetween(answer.passed, answer.lost);
      if (sizes.length === 0) return [];
      const isFirst = answer.passed === SMALL && answer.lost === question.full;
      // Asked again each time: the full size first, and last an ordinary echo, which must still be answered.
      return [
        ...[question.full, ...sizes, SMALL].map((bytes) => ask(question, bytes)),
        ...(isFirst ? witnessSteps(question, soFar) : []),
      ];
    }),
  ];
}

function ask({ child, gateway }: SizeQuestion, bytes: number): ProbeStep {
  return {
    probe: 'full-size-icmp',
    ...toGateway(child, gateway),
    send: { ...icmp(child), bytes },
    expect: 'answer',
  };
}

function witnessSteps(question: SizeQuestion, { topology, observations }: SoFar): ProbeStep[] {
  const { parent, gateway, full } = question;
  const own =
    hostAtFullSize(question, observations) === 'unknown'
      ? gatewayControl(parent, gateway, topology).map((step) => longer(step, full))
      : [];
  const others = witnessesFor(question, topology).flatMap(({ ip, from, send }) =>
    [full, SMALL].map((bytes): ProbeStep => {
      const ends = { from, to: `lan:${ip}`, parent: parent.name, target: ip };
      return { probe: 'full-size-icmp', ...ends, send: { ...send, bytes }, expect: 'answer' };
    }),
  );
  return [...own, ...others, ...longArp(question)];
}

/** A short one goes first, as the control. */
function longArp({ parent, gateway, full }: SizeQuestion): ProbeStep[] {
  const short = arp(parent, parent.link.address ?? '');
  return [short, { ...short, bytes: full }].map((send) => ({
    probe: 'full-size-arp',
    from: 'host',
    to: `gateway:${gateway}`,
    parent: parent.name,
    target: gateway,
    send,
    expect: 'answer',
  }));
}

function longer(step: Question, bytes: number): ProbeStep {
  return {
    ...step,
    probe: 'full-size-icmp',
    send: { ...(step.send as IcmpSend), bytes },
    expect: 'answer',
  };
}
