// One finding as a block: what, why, seen, do, undo, keep; the words always in the same place.
import type { CheckResult, ReportFix, ReportPersist } from '../../model/report.js';
import { clauseOf, groupsOf } from './order.js';
import { labelled, MARGIN } from './labelled.js';
import { lapsedText, paragraph, placeText, proseOf, sentence, subjectText } from './prose.js';
import type { Style } from './style.js';
import { briefText, changeText, composeLines, marked } from './made-anew.js';
import { cutEnd, cutMiddle, padEnd, wrap, wrapAdvice } from './width.js';

const COMMAND_INDENT = ' '.repeat(MARGIN + 2);
/** More sentences of evidence than this only tire; `-v` has them all. */
const EVIDENCE_SHOWN = 4;

export function findingLines(
  finding: CheckResult,
  symptoms: readonly CheckResult[],
  style: Style,
): string[] {
  return [
    headingOf(finding, style),
    ...proseOf(finding).flatMap((text) => wrap(text, style.width - 2).map((line) => `  ${line}`)),
    ...optional('In', placeText(finding), style),
    ...optional('Was', lapsedText(finding), style),
    ...evidenceLines(finding, style),
    ...symptomLines(symptoms, style),
    ...actionLines(finding, style),
    moreLine(finding, style),
  ];
}

/** One line per finding, for `-q`. */
export function findingLine(finding: CheckResult, style: Style): string {
  const { kind, name } = finding.subject;
  const word = finding.status.toUpperCase();
  const text = `${finding.check}   ${kind} ${cutMiddle(name, 24)}: ${finding.what ?? finding.title}`;
  return `${inkOf(finding, style)(word)}  ${cutEnd(text, style.width - word.length - 2)}`;
}

function headingOf(finding: CheckResult, style: Style): string {
  const word = finding.status.toUpperCase();
  const room = style.width - word.length - finding.check.length - 5;
  return `${inkOf(finding, style)(style.bold(word))}  ${style.bold(finding.check)}   ${cutMiddle(subjectText(finding), room)}`;
}

function inkOf(finding: CheckResult, style: Style): (text: string) => string {
  return finding.status === 'fail' ? style.red : style.yellow;
}

function optional(label: string, text: string | undefined, style: Style): string[] {
  return text === undefined ? [] : labelled(label, [text], style);
}

/** One paragraph; with `-v` each on its own, with its source. */
function evidenceLines(finding: CheckResult, style: Style): string[] {
  const all = finding.evidence ?? [];
  if (style.verbose) {
    return labelled(
      'Seen',
      all.map(({ says, from }) => `${says} (${from})`),
      style,
    );
  }
  const rest = all.length - EVIDENCE_SHOWN;
  const clauses = [
    ...all.slice(0, EVIDENCE_SHOWN).map(({ says }) => says),
    ...(rest > 0 ? [`and ${rest.toString()} more things (-v)`] : []),
  ];
  return clauses.length === 0 ? [] : labelled('Seen', [paragraph(clauses)], style);
}

function symptomLines(symptoms: readonly CheckResult[], style: Style): string[] {
  if (!style.verbose) return [];
  return labelled('Hence', symptomTexts(symptoms), style);
}

/** Subjects of one sentence before it turns into a list nobody reads. */
const SUBJECTS_SHOWN = 8;

/** What is quiet behind its cause: each check with what it says and of whom, what is said of many once. */
export function symptomTexts(symptoms: readonly CheckResult[]): string[] {
  const alike = groupsOf(symptoms, ({ check, code, reason, subject }) =>
    [check, code ?? reason, subject.kind].join(' '),
  );
  return [...alike.values()].map((group) => {
    const [first] = group;
    if (first === undefined) return '';
    const names = group.map(({ subject }) => subject.name);
    const rest = names.length - SUBJECTS_SHOWN;
    const shown = names.slice(0, SUBJECTS_SHOWN).join(', ');
    const whom = `${first.subject.kind} ${shown}${rest > 0 ? ` and ${rest.toString()} more` : ''}`;
    return `${first.check} (${whom}): ${sentence(clauseOf(first))}`;
  });
}

function actionLines(finding: CheckResult, style: Style): string[] {
  const fixes = finding.fixes ?? [];
  const isAlone = fixes.length === 1;
  // What is made anew beside another cure is long; who wants it asks for more.
  const shown = fixes.filter(
    ({ changes = [] }, at) => at === 0 || changes.length === 0 || style.verbose,
  );
  const advice = (finding.advice ?? []).map((text) => sentence(text));
  const todo = finding.todo === undefined || finding.todo === '' ? [] : [sentence(finding.todo)];
  const [lead, others] = todo.length > 0 ? [todo, advice] : [advice.slice(0, 1), advice.slice(1)];
  return [
    ...labelled('Do', lead, style),
    ...fixes.flatMap((fix) => fixLines(fix, { isAlone, isBrief: !shown.includes(fix), style })),
    ...others.flatMap((text) => bullet(text, style)),
    ...undoLines(shown, { isAlone, style }),
    ...keepLines(fixes, style),
  ];
}

const COST: Record<ReportFix['risk'], string | undefined> = {
  safe: undefined,
  disruptive: 'This interrupts traffic for a moment.',
  'may-cut-access': 'This may cut your own way to this host.',
};

/** How a fix is shown: with its title where there are others, in one sentence where the first of them is enough. */
interface Manner {
  readonly isAlone: boolean;
  readonly isBrief: boolean;
  readonly style: Style;
}

function fixLines(fix: ReportFix, { isAlone, isBrief, style }: Manner): string[] {
  const title = isAlone ? [] : hanging(`${fix.title}:`, style);
  const cost = COST[fix.risk];
  const notes = cost === undefined ? fix.notes : [cost, ...fix.notes];
  const { changes = [], compose = [] } = fix;
  if (isBrief) return hanging(briefText(fix), style);
  const said = changes.length === 0 ? notes : [changeText(changes), ...notes];
  return [
    ...title,
    ...fix.commands.map((command) => COMMAND_INDENT + marked(command, changes, style)),
    ...said.flatMap((note) => hanging(sentence(note), style)),
    ...(compose.length === 0 ? [] : hanging(COMPOSE_LEAD, style)),
    ...composeLines(fix, style).map((line) => COMMAND_INDENT + line),
  ];
}

const COMPOSE_LEAD =
  'If a compose file makes it, change it there instead, under the key that it has for it, then docker compose down and up:';

function hanging(text: string, style: Style): string[] {
  return wrapAdvice(text, style.width - MARGIN).map((line) => ' '.repeat(MARGIN) + line);
}

/** One of several things that may help: where the next one begins must show. */
function bullet(text: string, style: Style): string[] {
  const lines = wrapAdvice(text, style.width - MARGIN - 2);
  return lines.map((line, index) => ' '.repeat(MARGIN) + (index === 0 ? '- ' : '  ') + line);
}

/** A command is whole on its own line, however long: it is there to be pasted. */
function commandLines(commands: readonly string[], style: Style): string[] {
  return commands.map((command) => COMMAND_INDENT + style.bold(command));
}

/** Where there is a choice, each way has its own way back. */
function undoLines(
  fixes: readonly ReportFix[],
  { isAlone, style }: Pick<Manner, 'isAlone' | 'style'>,
): string[] {
  const undoable = fixes.filter(({ undo }) => undo.length > 0);
  if (!isAlone) {
    return undoable.flatMap((fix) => [
      ...labelled('Undo', [`${fix.title}:`], style),
      ...fix.undo.map((command) => COMMAND_INDENT + command),
    ]);
  }
  const undo = undoable.flatMap((fix) => fix.undo);
  return undo.map((command, index) => {
    const lead = index === 0 ? style.dim(`  ${padEnd('Undo', MARGIN - 2)}`) : ' '.repeat(MARGIN);
    return lead + command;
  });
}

function keepLines(fixes: readonly ReportFix[], style: Style): string[] {
  const forms = fixes.flatMap((fix) => fix.persist);
  if (forms.length === 0) return [];
  if (style.verbose) return forms.flatMap((form) => persistLines(form, style));
  const managers = [...new Set(forms.map((form) => form.manager))].join(', ');
  return labelled('Keep', [`with the files that -v shows (${managers})`], style);
}

function persistLines(form: ReportPersist, style: Style): string[] {
  return [
    ...labelled('Keep', [`with ${form.manager}:`], style),
    ...form.files.flatMap((file) => [
      ' '.repeat(MARGIN) + file.path,
      ...file.content
        .trimEnd()
        .split('\n')
        .map((line) => (line === '' ? '' : COMMAND_INDENT + line)),
    ]),
    ...(form.commands.length === 0 ? [] : hanging('then:', style)),
    ...commandLines(form.commands, style),
  ];
}

/** Where the whole story is: why it happens, and what does not help. */
function moreLine({ check }: CheckResult, { dim }: Style): string {
  return `${dim(`  ${padEnd('More', MARGIN - 2)}`)}macvlan-doctor explain ${check}`;
}
