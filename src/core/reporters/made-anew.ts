// What differs in something that a fix makes anew: marked where there is colour, and said in words everywhere.
import type { ReportChange, ReportFix } from '../../model/report.js';
import { plural, type Style } from './style.js';

/** The command with the words that differ in another colour. */
export function marked(command: string, changes: readonly ReportChange[], style: Style): string {
  const words = new Set(changes.flatMap(({ word }) => word ?? []));
  return pieces(command, words)
    .map(({ text, isMarked }) => (isMarked ? style.yellow(style.bold(text)) : style.bold(text)))
    .join('');
}

interface Piece {
  readonly text: string;
  readonly isMarked: boolean;
}

/** A word counts where it stands between spaces, or at an end. */
function pieces(command: string, words: ReadonlySet<string>): Piece[] {
  for (const word of words) {
    const at = ` ${command} `.indexOf(` ${word} `);
    if (at === -1) continue;
    const rest = new Set([...words].filter((other) => other !== word));
    return [
      ...pieces(command.slice(0, at), rest),
      { text: word, isMarked: true },
      ...pieces(command.slice(at + word.length), rest),
    ];
  }
  return command === '' ? [] : [{ text: command, isMarked: false }];
}

/** `Changed: -o parent eth0 to enp3s0; --ip-range 192.0.2.64/26 new; --gateway 192.0.2.9 left out.` */
export function changeText(changes: readonly ReportChange[]): string {
  const said = changes.map(({ option, from, to }) => {
    if (to === undefined) return `${option} ${from ?? ''} left out`;
    return from === undefined ? `${option} ${to} new` : `${option} ${from} to ${to}`;
  });
  return `Changed: ${[...new Set(said)].join('; ')}`;
}

/** In place of the commands, which are many. */
export function briefText({ title, commands, changes = [] }: ReportFix): string {
  return `${title}, with the ${plural(commands.length, 'command')} that -v shows. ${changeText(changes)}.`;
}

/** The parts of compose files, line by line; those with a comment are the ones that differ. */
export function composeLines({ compose = [] }: ReportFix, style: Style): string[] {
  return compose.flatMap((part) =>
    part
      .trimEnd()
      .split('\n')
      .map((line) => (/(?:^| )# /u.test(line) ? style.yellow(line) : line)),
  );
}
