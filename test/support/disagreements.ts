// Where a prediction and what became of it differ, one sentence each.
import type { CheckResult, PreflightAnswer, Report } from '../../src/model/report.js';
import type { Row } from './predicted-rows.js';
import type { Reached, Real } from './reality.js';

export function disagreements(row: Row, report: Report, real: Real): string[] {
  const answers = report.preflight?.networks.flatMap((network) => network.answers) ?? [];
  const about = (text: string): string => `${row.name}: ${text}`;
  return [
    ...leftOpen(row, answers, real),
    ...onCreation(answers, report.results, real),
    ...(real.created ? onReach(answers, report.results, real) : []),
    ...(real.reached.length > 0 ? onCollision(answers, real) : []),
  ].map((text) => about(text));
}

/** Every question gets an answer, but for those that the row says cannot be answered. */
function leftOpen(
  { open = [] }: Row,
  answers: readonly PreflightAnswer[],
  { reached }: Real,
): string[] {
  // Nobody is asked in the name of what does not come to be.
  if (reached.length === 0) return [];
  return answers
    .filter(({ question, answer }) => (answer === 'not-decided') !== open.includes(question))
    .map(({ question, answer, because }) => `${question} is ${answer}: ${because}`);
}

function wordOf(answers: readonly PreflightAnswer[], question: string): string {
  const words = answers.filter((one) => one.question === question).map(({ answer }) => answer);
  return words.includes('no') ? 'no' : (words.find((word) => word !== 'yes') ?? 'yes');
}

function onCreation(
  answers: readonly PreflightAnswer[],
  results: readonly CheckResult[],
  { created, says }: Real,
): string[] {
  const word = wordOf(answers, 'created');
  if (word === 'not-decided') return [];
  if ((word === 'yes') !== created) return [`created is ${word}, and the engine says "${says}"`];
  if (created) return [];
  const quoted = quotesIn(results);
  return quoted.some((quote) => says.includes(quote))
    ? []
    : [`the engine says "${says.trim()}", and predicted was ${JSON.stringify(quoted)}`];
}

/** What findings quote of the engine; ids of networks begin another way each time. */
function quotesIn(results: readonly CheckResult[]): string[] {
  return results
    .filter(({ status }) => status === 'fail')
    .flatMap(({ what = '', why = '', evidence = [] }) => [
      what,
      why,
      ...evidence.map(({ says }) => says),
    ])
    .flatMap((text) => [...text.matchAll(/"([^]{12,})"/gu)].map(([, quote = '']) => quote));
}

function onReach(
  answers: readonly PreflightAnswer[],
  results: readonly CheckResult[],
  { notStarted, reached: all, othersHave }: Real,
): string[] {
  // Of an address that others have as well, nobody can tell who answered.
  const reached = all.filter(({ ip }) => !othersHave.includes(ip));
  const quoted = quotesIn(results);
  const refused = Object.entries(notStarted).filter(
    ([, says]) => !quoted.some((quote) => says.includes(quote)),
  );
  const stopped = Object.keys(notStarted).length > 0;
  return [
    ...refused.map(([name, says]) => `${name} was not started, which nobody predicted: ${says}`),
    ...(stopped && wordOf(answers, 'lan') !== 'no' ? ['lan is not no, and not all started'] : []),
    ...onWord(
      wordOf(answers, 'lan'),
      reached,
      (one) => one.gateway && one.fromLan && !stopped,
      'the LAN',
    ),
    ...onWord(wordOf(answers, 'host'), reached, (one) => one.fromHost, 'the host'),
  ];
}

function onCollision(
  answers: readonly PreflightAnswer[],
  { othersHave, inThePool }: Real,
): string[] {
  const word = answers.some(({ question, answer }) => question === 'collides' && answer === 'yes');
  // A device of the pool may miss its one request on a busy machine; nobody may be made up.
  const isTrue = word ? othersHave.length + inThePool.length > 0 : othersHave.length === 0;
  return isTrue
    ? []
    : [`collides is ${String(word)}, and really others have ${othersHave.join(', ')}`];
}

function onWord(
  word: string,
  reached: readonly Reached[],
  isReached: (one: Reached) => boolean,
  whom: string,
): string[] {
  if (word === 'not-decided' || reached.length === 0) return [];
  const all = reached.every((one) => isReached(one));
  return (word === 'yes') === all
    ? []
    : [`${whom}: ${word}, and really ${JSON.stringify(reached)}`];
}
