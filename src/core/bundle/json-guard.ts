// Looks at JSON from strangers before it is parsed: a few bytes can ask for a deep recursion or for millions of objects.

/** Deeper than anything that the doctor writes by far. */
const MOST_LEVELS = 48;
/** Five hundred children make two hundred thousand. */
const MOST_VALUES = 700_000;
/** Different ones: a few hundred words of ours, inodes, and names of links. Each costs many times its own length. */
const MOST_KEYS = 10_000;
const LONGEST_KEY = 128;
/**
 * Bytes that have no room for so many values, nor for keys that cost more than some 20 MB. JSON.parse itself minds no depth, so
 * a text of this size is looked at afterwards, by {@link isNestedTooDeeply}, where nobody knows what is in it: most bundles are
 * no larger, and looking at each byte took longer than parsing.
 */
const HARMLESS_BYTES = 1024 * 1024;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const [LIST, LIST_END] = [0x5b, 0x5d];
const [OBJECT, OBJECT_END] = [0x7b, 0x7d];

/** Why the text (UTF-8) had better not be parsed, as a clause; undefined when it may be. It may still be no JSON. */
export function whyNotParsed(bytes: Uint8Array): string | undefined {
  if (bytes.length <= HARMLESS_BYTES) return undefined;
  let level = 0;
  let values = 0;
  const keys = new Set<number>();
  // Of the last string.
  let [start, end] = [0, 0];
  for (let at = 0; at < bytes.length; at += 1) {
    const sign = bytes[at] ?? 0;
    const isOpening = sign === LIST || sign === OBJECT;
    if (sign === QUOTE) {
      start = at + 1;
      end = endOfString(bytes, at);
      at = end;
    }
    if (sign === COLON) keys.add(digestOf(bytes, start, end));
    if (sign === COMMA || isOpening) values += 1;
    if (isOpening) level += 1;
    if (sign === LIST_END || sign === OBJECT_END) level -= 1;
    if (level > MOST_LEVELS) return 'its JSON is nested too deeply';
    if (values > MOST_VALUES) return 'its JSON has too many values';
    if (keys.size > MOST_KEYS) return 'its JSON has too many different keys';
  }
  return undefined;
}

/** Whether a parsed value has more levels than are walked through safely. */
export function isNestedTooDeeply(value: unknown, levels = MOST_LEVELS): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((one) => isNestedTooDeeply(one, levels - 1));
}

/**
 * A number for a key, to tell keys apart: the texts themselves would cost more time than all else here. Two keys may share one; then
 * the limit is a little higher. A key that is too long to be one of ours counts as another one each time.
 */
function digestOf(bytes: Uint8Array, from: number, to: number): number {
  if (to - from > LONGEST_KEY) return -from;
  let [high, low] = [to - from, 0];
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at] ?? 0;
    high = Math.imul(high ^ byte, 0x01_00_01_93);
    low = Math.imul(low + byte, 0x85_eb_ca_6b) ^ (low >>> 13);
  }
  return (high >>> 0) * 2 ** 20 + (low >>> 12);
}

/** Where the quotation mark is that ends the string begun at `start`. */
function endOfString(bytes: Uint8Array, start: number): number {
  for (let at = start + 1; at < bytes.length; at += 1) {
    const sign = bytes[at] ?? 0;
    if (sign === BACKSLASH) at += 1;
    else if (sign === QUOTE) return at;
  }
  return bytes.length;
}
