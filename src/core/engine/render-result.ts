// An outcome as the report shows it: wording from the check's messages, fixes planned, everything fit to print.
import { HOST } from '../../model/finding.js';
import type { FixContext } from '../../model/fix.js';
import type { Finding } from '../../model/finding.js';
import type { CheckResult, ReportFix } from '../../model/report.js';
import { printable } from '../../model/text.js';
import { stackOf, type Outcome } from './outcome.js';
import { mergeFixes, renderFix } from './render-fix.js';

/** The outcome's result, and one `crashed` result more for each fix that could not be planned. */
export function renderResult(outcome: Outcome, context: FixContext): CheckResult[] {
  const { finding } = outcome;
  if (finding === undefined) return [headOf(outcome)];
  try {
    return renderFinding(outcome, finding, context);
  } catch (error) {
    return [crashOf(outcome, stackOf(error))];
  }
}

function headOf(outcome: Outcome): CheckResult {
  const { check, status, subject, reason, suppressedBy, suppressedOn } = outcome;
  const isFine = status === 'pass' || status === 'not-applicable';
  return {
    check: check.meta.id,
    category: check.meta.category,
    status,
    subject: { kind: subject.kind, name: subject.name },
    title: isFine ? check.meta.title.pass : check.meta.title.found,
    ...(reason === undefined ? {} : { reason: proseOf(reason) }),
    ...(suppressedBy === undefined ? {} : { suppressedBy }),
    ...(suppressedOn === undefined
      ? {}
      : { suppressedOn: { kind: suppressedOn.kind, name: suppressedOn.name } }),
  };
}

function renderFinding(outcome: Outcome, finding: Finding, context: FixContext): CheckResult[] {
  const { check } = outcome;
  const word = check.messages[finding.code];
  if (word === undefined) throw new Error(`${check.meta.id} has no message ${finding.code}`);
  const { what, why, todo } = word(finding.data);
  const { fixes, advice, crashes } = planFixes(finding, context);
  const result: CheckResult = {
    ...headOf(outcome),
    code: finding.code,
    what: printable(what),
    why: printable(why),
    todo: printable(todo),
    evidence: finding.evidence.map(({ from, says }) => ({ from, says: printable(says) })),
    ...(fixes.length === 0 ? {} : { fixes }),
    ...(advice.length === 0 ? {} : { advice }),
  };
  return [result, ...crashes.map((stack) => crashOf(outcome, stack))];
}

interface Planned {
  fixes: ReportFix[];
  readonly advice: string[];
  readonly crashes: string[];
}

function planFixes(finding: Finding, context: FixContext): Planned {
  const planned: Planned = { fixes: [], advice: [], crashes: [] };
  for (const remedy of finding.remedies ?? []) {
    try {
      const fix = renderFix(remedy, context);
      if ('impossible' in fix) planned.advice.push(printable(fix.impossible));
      else planned.fixes.push(fix);
    } catch (error) {
      planned.crashes.push(stackOf(error));
      planned.advice.push(`The commands of ${remedy.fix.id} could not be worked out: a bug.`);
    }
  }
  planned.fixes = mergeFixes(planned.fixes);
  planned.advice.push(...(finding.advice ?? []).map((text) => printable(text)));
  return planned;
}

function crashOf({ check }: Outcome, stack: string): CheckResult {
  return headOf({ check, status: 'crashed', subject: HOST, within: [], reason: stack });
}

/** Control characters spelt out; a stack keeps its lines. */
function proseOf(text: string): string {
  return text
    .split('\n')
    .map((line) => printable(line))
    .join('\n');
}
