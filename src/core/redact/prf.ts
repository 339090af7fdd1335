// The only secret: a keyed function that nobody without the key can foretell. Everything else here computes.

/**
 * HMAC-SHA-256 bound to one case's key (RFC 2104), or any pseudo-random function with 32 bytes or more to an answer. It is
 * handed in, so that this room needs no package and nothing of Node for it.
 */
export type Prf = (message: Uint8Array) => Uint8Array;

/** One answer per text; `domain` keeps what is asked for one purpose from meaning anything for another. */
export function ask(prf: Prf, domain: string, text: string): Uint8Array {
  return prf(utf8(`${domain}\u0000${text}`));
}

/** UTF-8 (RFC 3629), which is all of TextEncoder that is needed; lone surrogates are kept apart, unlike there. */
export function utf8(text: string): Uint8Array {
  // No code unit takes more than three bytes.
  const bytes = new Uint8Array(text.length * 3);
  let end = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.codePointAt(at) ?? 0;
    if (code < 0x80) {
      bytes[end] = code;
      end += 1;
      continue;
    }
    const own = several(code);
    bytes.set(own, end);
    end += own.length;
    if (code > 0xff_ff) at += 1;
  }
  return bytes.slice(0, end);
}

function several(code: number): readonly number[] {
  if (code < 0x8_00) return [0xc0 | (code >> 6), tail(code)];
  if (code < 0x1_00_00) return [0xe0 | (code >> 12), tail(code >> 6), tail(code)];
  return [0xf0 | (code >> 18), tail(code >> 12), tail(code >> 6), tail(code)];
}

function tail(code: number): number {
  return 0x80 | (code & 0x3f);
}

const CONSONANTS = 'bdfghjklmnprstvz';
const VOWELS = 'aiou';
/** 2^24: among a hundred names two share a code once in three thousand cases, and then one of them gets another. */
const SYLLABLES = 4;

/** A word that can be said on the telephone, of eight letters: `gibotuka`. */
export function spokenCode(prf: Prf, domain: string, text: string): string {
  return [...ask(prf, domain, text)]
    .slice(0, SYLLABLES)
    .map((byte) => `${CONSONANTS[byte & 15] ?? ''}${VOWELS[(byte >> 4) & 3] ?? ''}`)
    .join('');
}
