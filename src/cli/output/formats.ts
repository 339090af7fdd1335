// `--format X[=FILE]`, repeatable: which forms of the report go where.
import { DoctorError } from '../../model/errors.js';
import { printable } from '../../model/text.js';
import { nearest } from '../../core/derive/wording/nearest.js';

export const FORMATS = ['table', 'json', 'markdown', 'junit', 'sarif', 'github', 'nagios'] as const;
export type Format = (typeof FORMATS)[number];

export interface FormatPlan {
  /** What goes to stdout. */
  readonly console: Format;
  readonly files: readonly { readonly format: Format; readonly file: string }[];
}

/** The table goes to the console unless another format was asked for there: files alone do not make a run silent. */
export function planFormats(wanted: readonly string[], isJson: boolean): FormatPlan {
  const parsed = [...(isJson ? ['json'] : []), ...wanted].map((text) => parseFormat(text));
  const files = parsed.flatMap(({ format, file }) =>
    file === undefined ? [] : [{ format, file }],
  );
  const consoles = new Set(
    parsed.filter(({ file }) => file === undefined).map(({ format }) => format),
  );
  if (consoles.size > 1) {
    const names = [...consoles].join(' and ');
    const message = `${names} cannot both go to the console: give one of them a file, as in --format json=report.json`;
    throw new DoctorError('bad-flag', message);
  }
  return { console: [...consoles][0] ?? 'table', files };
}

function parseFormat(text: string): { readonly format: Format; readonly file?: string } {
  const at = text.indexOf('=');
  const name = at === -1 ? text : text.slice(0, at);
  const format = FORMATS.find((known) => known === name);
  if (format === undefined) throw unknownFormat(name);
  if (at === -1) return { format };
  const file = text.slice(at + 1);
  if (file === '') {
    throw new DoctorError('bad-flag', `--format ${format}= lacks the name of a file`);
  }
  return { format, file };
}

function unknownFormat(name: string): DoctorError {
  const near = nearest(name, FORMATS);
  const known = near.length === 0 ? `; there are ${FORMATS.join(', ')}` : '';
  return new DoctorError('bad-flag', `there is no format ${printable(name)}${known}`, near);
}
