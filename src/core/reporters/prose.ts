// What a finding says in sentences, for every form of the report.
import type { Subject } from '../../model/finding.js';
import type { CheckResult } from '../../model/report.js';

/** Two sentences, or one when the check says what and why as its two halves. */
export function proseOf(finding: CheckResult): string[] {
  const what = finding.what ?? finding.title;
  if (finding.why === undefined || finding.why === '') return [sentence(what)];
  return [`${isSentence(what) ? what : `${what}:`} ${sentence(finding.why)}`];
}

function isSentence(text: string): boolean {
  return /[.!?:;…]$/u.test(text);
}

export function sentence(text: string): string {
  return isSentence(text) ? text : `${text}.`;
}

/** Clauses that belong together, as one paragraph. */
export function paragraph(clauses: readonly string[]): string {
  let text = '';
  for (const clause of clauses) {
    const joint = isSentence(text) ? ' ' : '; ';
    text = text === '' ? clause : text + joint + clause;
  }
  return text === '' ? '' : sentence(text);
}

/** `parent eth0`, or `this host`. */
export function subjectText({ subject }: CheckResult): string {
  return nameOf(subject);
}

export function nameOf({ kind, name }: Subject): string {
  return kind === 'host' ? 'this host' : `${kind} ${name}`;
}

/** What a baseline says of a finding that it covers no longer; undefined where it says nothing. */
export function lapsedText({ acceptance }: CheckResult): string | undefined {
  if (acceptance === undefined || acceptance.state === 'valid') return undefined;
  const { state, expires, reason } = acceptance;
  return state === 'expired'
    ? `Accepted until ${expires} (${reason}); that has expired`
    : `Accepted as a warning until ${expires} (${reason}); it is a failure now`;
}

/** What a baseline says of a finding that it covers. */
export function acceptedText({ acceptance }: CheckResult): string {
  return acceptance === undefined ? '' : `until ${acceptance.expires}, ${acceptance.reason}`;
}

/** `compose.yaml:12:9 (networks.lan.ipam.config[0].gateway)`; undefined for what was found on the live host. */
export function placeText({ location }: CheckResult): string | undefined {
  if (location === undefined) return undefined;
  const { file, line, column, path } = location;
  const place = [file, line, column].filter((part) => part !== undefined).join(':');
  return path === undefined ? place : `${place} (${path})`;
}
