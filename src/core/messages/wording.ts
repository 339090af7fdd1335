// A wording with places for what differs from host to host, as a rule to find it by.
import { unquoted } from './plain-text.js';

/** `{name}` and `{name*}`. */
const PLACE = /\{([a-z]+)(\*?)\}/;

/** Longer than any name, and short enough for a search to end. */
const WORD = '\\S{1,128}';
const WORDS = '.{1,256}';

/** The names of the places in a text. */
export function placesIn(text: string): string[] {
  return [...text.matchAll(new RegExp(PLACE, 'g'))].map(([, name]) => name ?? '');
}

/**
 * Matches the wording anywhere, whatever its case; its places are named groups. In a text without its line breaks, spaces may be
 * gone with them.
 */
export function patternOf(wording: string, isTorn = false): RegExp {
  const key = `${wording}${isTorn ? '\n' : ''}`;
  const pattern = PATTERNS.get(key) ?? patternFor(wording, isTorn ? ' *' : ' ');
  PATTERNS.set(key, pattern);
  return pattern;
}

/** Making one takes longer than using it. */
const PATTERNS = new Map<string, RegExp>();

function patternFor(wording: string, space: string): RegExp {
  const source = partsOf(wording).map((part, index, all) => {
    if (part.kind === 'literal') return literalSource(part.text).replaceAll(/\s+/g, space);
    const isLast = index === all.length - 1;
    return `(?<${part.name}>${part.isLong ? WORDS : WORD}${isLast ? '' : '?'})`;
  });
  return new RegExp(source.join(''), 'giu');
}

type Part =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'place'; readonly name: string; readonly isLong: boolean };

function partsOf(wording: string): Part[] {
  // With two groups in the separator, every third piece is literal.
  const pieces = wording.split(PLACE);
  const parts: Part[] = [];
  for (let at = 0; at < pieces.length; at += 3) {
    const text = pieces[at] ?? '';
    if (text !== '') parts.push({ kind: 'literal', text });
    const name = pieces[at + 1];
    if (name !== undefined) parts.push({ kind: 'place', name, isLong: pieces[at + 2] === '*' });
  }
  return parts;
}

function literalSource(text: string): string {
  return unquoted(text).replaceAll(/[$()*+./?[\\\]^{|}]/g, '\\$&');
}
