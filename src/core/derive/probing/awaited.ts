// Which answers are worth waiting for: those that the model predicts, and those that only others can give.
import type { ProbeId, ProbeStep } from '../../../model/observation.js';
import { predict } from '../prediction/predict.js';
import type { Around, Reason } from '../prediction/prediction.js';

/** A step before it is known how long its answer is waited for. */
export type Question = Omit<ProbeStep, 'expect'>;

/** What the model leaves open and a sound LAN answers all the same: silence there would be held against somebody. */
const HOPED_FOR: ReadonlySet<Reason> = new Set<Reason>([
  'settings-unknown',
  'lan-decides',
  'router-decides',
]);

/** Many gateways drop pings; their ARP is waited for instead, and a ping that is answered is soon answered. */
const NOT_WAITED_FOR: ReadonlySet<ProbeId> = new Set<ProbeId>([
  'gateway-icmp',
  'gateway-icmp-parent',
]);

/** The steps with their patience. An ordinary switch is assumed, which sends nothing back: few do. */
export function awaiting(
  questions: readonly Question[],
  around: Pick<Around, 'topology' | 'facts'>,
): ProbeStep[] {
  return questions.map((question) => ({ ...question, expect: awaited(question, around) }));
}

function awaited(
  question: Question,
  around: Pick<Around, 'topology' | 'facts'>,
): ProbeStep['expect'] {
  if (NOT_WAITED_FOR.has(question.probe)) return 'silence';
  const { outcome, reason } = predict(question, { ...around, reflects: 'no' });
  if (outcome !== 'either') return outcome;
  return HOPED_FOR.has(reason) ? 'answer' : 'silence';
}
