// One finding as a section of Markdown: prose, commands to copy, and the evidence folded away.
import type { CheckResult, ReportFix, ReportPersist } from '../../../model/report.js';
import { symptomTexts } from '../finding.js';
import { lapsedText, placeText, proseOf, sentence } from '../prose.js';
import { codeBlock, codeSpan, escapeProse, escapeText } from './escape.js';

export function sectionOf(finding: CheckResult, symptoms: readonly CheckResult[]): string[] {
  const place = placeText(finding);
  const lapsed = lapsedText(finding);
  return [
    `#### ${headingOf(finding)}`,
    '',
    ...proseOf(finding).map((text) => escapeProse(text)),
    ...(place === undefined ? [] : ['', `In ${codeSpan(place)}`]),
    ...(lapsed === undefined ? [] : ['', escapeProse(sentence(lapsed))]),
    '',
    ...actionLines(finding),
    ...folded('Seen', evidenceLines(finding)),
    ...folded('Hence', bullets(symptomTexts(symptoms))),
    ...keepLines(finding.fixes ?? []),
  ];
}

export function headingOf({ status, check, subject }: CheckResult): string {
  const about = subject.kind === 'host' ? 'this host' : `${subject.kind} ${codeSpan(subject.name)}`;
  return `${status.toUpperCase()} ${codeSpan(check)}: ${about}`;
}

function actionLines({ todo = '', advice = [], fixes = [] }: CheckResult): string[] {
  return [
    ...(todo === '' ? [] : [`**Do:** ${escapeProse(sentence(todo))}`, '']),
    ...fixes.flatMap((fix) => fixLines(fix, fixes.length > 1)),
    ...(advice.length === 0 ? [] : [...bullets(advice), '']),
  ];
}

const COST: Record<ReportFix['risk'], readonly string[]> = {
  safe: [],
  disruptive: ['This interrupts traffic for a moment.'],
  'may-cut-access': ['This may cut your own way to this host.'],
};

function fixLines({ title, risk, commands, notes }: ReportFix, isOneOfMany: boolean): string[] {
  const remarks = [...COST[risk], ...notes].map((note) => escapeProse(sentence(note)));
  return [
    ...(isOneOfMany ? [`${escapeText(title)}:`, ''] : []),
    ...(commands.length === 0 ? [] : [...codeBlock(commands, 'sh'), '']),
    ...(remarks.length === 0 ? [] : [remarks.join(' '), '']),
  ];
}

function evidenceLines({ evidence = [] }: CheckResult): string[] {
  return evidence.map(({ says, from }) => `- ${escapeProse(says)} (${codeSpan(from)})`);
}

function bullets(texts: readonly string[]): string[] {
  return texts.map((text) => `- ${escapeProse(sentence(text))}`);
}

/** Blank lines inside, or the Markdown in there is taken for HTML. */
export function folded(title: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  return [`<details><summary>${title}</summary>`, '', ...lines, '', '</details>', ''];
}

function keepLines(fixes: readonly ReportFix[]): string[] {
  const undo = fixes.flatMap((fix) => fix.undo);
  const forms = fixes.flatMap((fix) => fix.persist);
  return [
    ...folded('Undo', undo.length === 0 ? [] : codeBlock(undo, 'sh')),
    ...folded(
      'Keep it over a reboot',
      forms.flatMap((form) => persistLines(form)),
    ),
  ];
}

function persistLines({ manager, files, commands }: ReportPersist): string[] {
  return [
    `With ${escapeText(manager)}:`,
    '',
    ...files.flatMap(({ path, content }) => [
      codeSpan(path),
      '',
      ...codeBlock(content.trimEnd().split('\n')),
      '',
    ]),
    ...(commands.length === 0 ? [] : [...codeBlock(commands, 'sh'), '']),
  ];
}
