// What is known is found in prose in every form that the last look searches for, and with the same edges: behind a colon, without
// separators, as a number. Only what is known: a number may be anything.
import type { Form } from '../leak/address-forms.js';
import { Automaton } from '../leak/automaton.js';
import { isWhole } from '../leak/edges.js';
import type { Span } from './find-names.js';

/** The forms of something, and, one by one, those of what it is called instead. */
export interface Alike {
  readonly forms: readonly Form[];
  readonly instead: readonly Form[];
}

interface Needle extends Form {
  readonly instead: string;
}

const NOT_ASCII = 0x80;

export class KnownForms {
  readonly #needles: readonly Needle[];
  readonly #automaton: Automaton;

  constructor(all: readonly Alike[]) {
    const needles = new Map<string, Needle>();
    for (const { forms, instead } of all) {
      for (const [at, { text, edge }] of forms.entries()) {
        const other = instead[at]?.text ?? text;
        const key = text.toLowerCase();
        if (other !== text && IS_ASCII.test(text) && !needles.has(key))
          needles.set(key, { text: key, edge, instead: other });
      }
    }
    this.#needles = [...needles.values()];
    this.#automaton = new Automaton(this.#needles.map(({ text }) => unitsOf(text)));
  }

  spans(text: string): Span[] {
    if (!MAY_HOLD.test(text)) return [];
    const units = unitsOf(text);
    const spans: Span[] = [];
    this.#automaton.search(units, ({ needle, from, to }) => {
      const found = this.#needles[needle];
      if (found === undefined || !isWhole(units, from, to, found.edge)) return;
      spans.push({ from, to, instead: inCaseOf(text.slice(from, to), found.instead) });
    });
    return spans;
  }
}

const IS_ASCII = /^[ -~]+$/u;
/** All forms of addresses have digits or letters that stand for them; those of names that are not plain have one of these marks. */
const MAY_HOLD = /[\d%\\:]/u;

/** One byte for each UTF-16 unit, in lower case, so that places in them are places in the text. */
function unitsOf(text: string): Uint8Array {
  const units = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) {
    const code = text.codePointAt(at) ?? 0;
    const isUpper = code >= 0x41 && code <= 0x5a;
    units[at] = code < NOT_ASCII ? code | (isUpper ? 0x20 : 0) : NOT_ASCII;
  }
  return units;
}

/** Hexadecimal digits in capitals stay such. */
function inCaseOf(like: string, instead: string): string {
  return /^[\dA-F:.-]*[A-F][\dA-F:.-]*$/u.test(like) ? instead.toUpperCase() : instead;
}
