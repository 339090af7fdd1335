// The verdict on a plan: for each network five questions, each answered in a word and a sentence.
import type { PreflightAnswer, PreflightNetwork, Question, Report } from '../../model/report.js';
import type { Style } from './style.js';
import { padEnd, wrap } from './width.js';

const ASKED: Readonly<Record<Question, string>> = {
  created: 'created',
  collides: 'collides',
  lan: 'reaches LAN',
  siblings: 'each other',
  host: 'reaches host',
};
const ASKED_WIDTH = 14;
const WORDS_WIDTH = 13;

export function preflightLines({ preflight }: Report, style: Style): string[] {
  if (preflight === undefined) return [];
  return [...preflight.networks.flatMap((network) => ['', ...networkLines(network, style)]), ''];
}

function networkLines(network: PreflightNetwork, style: Style): string[] {
  const heading = wrap(headingOf(network), style.width - 2).map((line) => `  ${style.bold(line)}`);
  return [...heading, ...network.answers.flatMap((one) => answerLines(one, style))];
}

function headingOf({ name, driver, parent, mode, subnets, isExternal }: PreflightNetwork): string {
  return [
    `network ${name}`,
    isExternal ? `${driver}, external` : driver,
    ...(parent === undefined ? [] : [`on ${parent}`]),
    ...(mode === undefined ? [] : [mode]),
    ...subnets,
  ].join('   ');
}

function answerLines({ question, answer, because }: PreflightAnswer, style: Style): string[] {
  const word = answer === 'not-decided' ? 'not decided' : answer;
  const lead = padEnd(`  ${ASKED[question]}`, ASKED_WIDTH + 2);
  const margin = ASKED_WIDTH + 2 + WORDS_WIDTH;
  return wrap(because, style.width - margin).map((line, index) =>
    index === 0
      ? `${lead}${inkFor({ question, answer }, style)(padEnd(word, WORDS_WIDTH))}${line}`
      : `${' '.repeat(margin)}${line}`,
  );
}

/** That the host, or in some modes a sibling, does not see the containers is how macvlan is built. */
function inkFor(
  { question, answer }: Pick<PreflightAnswer, 'question' | 'answer'>,
  style: Style,
): (text: string) => string {
  if (answer === 'not-decided') return style.yellow;
  const isGood = (answer === 'yes') !== (question === 'collides');
  if (isGood) return style.green;
  return question === 'host' || question === 'siblings' ? style.yellow : style.red;
}
