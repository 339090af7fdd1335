// Errors as one sentence for stderr, whoever threw them: a DoctorError, or oclif's parser.
import { Errors } from '@oclif/core';
import { DoctorError } from '../model/errors.js';
import { printable } from '../model/text.js';
import { nearest } from '../core/derive/wording/nearest.js';

/** The sentence for an error that the user can act on; undefined for a bug of ours. */
export function sentenceOf(error: Error, flagNames: readonly string[]): string | undefined {
  if (error instanceof DoctorError) return error.message + ending(error.suggestions);
  return error instanceof Errors.CLIError ? parserSentence(error, flagNames) : undefined;
}

/** Longer lists of suggestions are no help. */
const MOST_SUGGESTIONS = 5;

function ending(suggestions: readonly string[]): string {
  const names = suggestions.slice(0, MOST_SUGGESTIONS).map((name) => printable(name));
  const last = names.pop();
  if (last === undefined) return '.';
  return `; did you mean ${names.length === 0 ? last : `${names.join(', ')} or ${last}`}?`;
}

function parserSentence(error: Error, flagNames: readonly string[]): string {
  const flags: unknown = 'flags' in error ? error.flags : undefined;
  const flag: unknown = Array.isArray(flags) ? flags[0] : undefined;
  if (typeof flag === 'string') return unknownFlag(flag, flagNames);
  const lines = error.message
    .split('\n')
    .map((line) => withoutColor(line).trim())
    .filter((line) => line !== '' && line !== 'See more help with --help')
    .filter((line) => !/^The following errors? occurred:$/u.test(line));
  const text = lines
    .join(' ')
    .replace(/^Parsing (--\S+)/u, '$1:')
    .replace(/^(--\S+)=true /u, '$1 ')
    .replace(/\.$/u, '');
  return `${printable(text)}.`;
}

function unknownFlag(typed: string, flagNames: readonly string[]): string {
  const [name = typed] = typed.split('=');
  const near = nearest(name.replace(/^-+/u, ''), flagNames).map((known) => `--${known}`);
  const rest = near.length === 0 ? '; --help lists the flags there are.' : ending(near);
  return `there is no flag ${printable(name)}${rest}`;
}

/** oclif dims its lists of reasons. */
function withoutColor(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replaceAll(/\u001B\[[\d;]*m/g, '');
}
