// Words that must not leave the house, in every dress that bytes give to a text.

/** A word as it is, in hexadecimal, and in base64 wherever in a text it begins. */
interface Dressed {
  readonly word: string;
  /** Searched for in lower case. */
  readonly folded: readonly string[];
  readonly exact: readonly string[];
}

function dressed(word: string): Dressed {
  const spellings = [...new Set([word, word.toLowerCase(), word.toUpperCase()])];
  const hex = spellings.map((one) => Buffer.from(one).toString('hex'));
  return { word, folded: [word.toLowerCase(), ...hex], exact: spellings.flatMap(base64Of) };
}

/** The characters that the word alone decides, behind no, one or two bytes of something else. */
function base64Of(word: string): string[] {
  return [0, 1, 2].map((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(word)]);
    const first = Math.ceil((before * 8) / 6);
    return bytes.toString('base64').slice(first, Math.floor((bytes.length * 8) / 6));
  });
}

/** Which of the words are anywhere in the bytes. */
export function wordsIn(bytes: Uint8Array, words: readonly string[]): string[] {
  const text = Buffer.from(bytes).toString('latin1');
  const lower = text.toLowerCase();
  const isIn = ({ folded, exact }: Dressed): boolean =>
    folded.some((form) => lower.includes(form)) || exact.some((form) => text.includes(form));
  return words.map((word) => dressed(word)).flatMap((one) => (isIn(one) ? [one.word] : []));
}

/** Colons, dashes, dots, and nothing between. */
export function macNotations(mac: string): string[] {
  const bare = mac.replaceAll(':', '');
  return [mac, mac.replaceAll(':', '-'), bare.replaceAll(/(.{4})(?=.)/g, '$1.'), bare];
}

/** Dotted, dashed, hexadecimal, decimal, and the name that DNS asks for. */
export function ipv4Notations(ip: string): string[] {
  const parts = ip.split('.');
  const hex = Buffer.from(parts.map(Number)).toString('hex');
  const reversed = `${parts.toReversed().join('.')}.in-addr`;
  return [ip, parts.join('-'), hex, Number.parseInt(hex, 16).toString(), reversed];
}

/** The interface id that a MAC gives to IPv6 addresses (EUI-64). */
export function eui64Of(mac: string): string {
  const [first = 0, ...rest] = Buffer.from(mac.replaceAll(':', ''), 'hex');
  const id = Buffer.from([first ^ 2, ...rest.slice(0, 2), 0xff, 0xfe, ...rest.slice(2)]);
  const groups = [0, 2, 4, 6].map((at) => id.readUInt16BE(at).toString(16));
  return groups.join(':');
}
