// Files that a stranger might send to have a support engineer's machine work or fill up: each is made on the spot, and thrown away.
import { randomBytes } from 'node:crypto';
import { closeSync, ftruncateSync, openSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

const MB = 1_000_000;
/** What they amount to, packed or unpacked. */
const SIZE = 200 * MB;

/** JSON of about as many bytes as facts may have. */
const MOST_FACTS = 8 * 1024 * 1024 - 1024;

function snapshotOf(items, most = MOST_FACTS) {
  const head = '{"schemaVersion":1,"facts":{"x":[';
  let text = head;
  for (const item of items) {
    if (text.length + Buffer.byteLength(item) > most) break;
    text += text === head ? item : `,${item}`;
  }
  return `${text}]}}`;
}

function* each(count, make) {
  for (let at = 0; at < count; at += 1) yield make(at);
}

/** JSON that is small enough to be parsed unseen (decision 0019). */
const MOST_UNSEEN = 1024 * 1024 - 64;

/** Random bytes that repeat a few times: gzip makes a fifteenth of them, so that much has to be unpacked before it is too much. */
function stubborn() {
  const piece = () => Buffer.concat(Array.from({ length: 16 }).fill(randomBytes(64)));
  return Buffer.concat(Array.from({ length: SIZE / 1024 }, piece));
}

const word = (at) => (at * 7919).toString(36).padStart(7, '0');

/** By what it is; `onStdin` comes without an end that could be known before. */
const FILES = {
  'nothing, packed': () => gzipSync(Buffer.alloc(SIZE)),
  'noise, packed': () => gzipSync(stubborn(), { level: 1 }).subarray(0, 16 * 1024 * 1024),
  'brackets, packed': () => gzipSync(Buffer.alloc(SIZE, '[')),
  'as many texts as facts may have': () => snapshotOf(each(690_000, (at) => `"${word(at)}"`)),
  'as many objects': () => snapshotOf(each(345_000, (at) => `{"a":"${word(at)}"}`)),
  'as many keys': () =>
    snapshotOf(each(345_000, (at) => `{"k${at % 9900}":1,"k${(at * 7) % 9900}":2}`)),
  'more keys than that': () => snapshotOf(each(345_000, (at) => `{"k${at}":1}`)),
  'levels without end': () => '{"a":'.repeat(MOST_FACTS / 5),
  'levels without end in a small file': () => {
    const levels = Math.floor(MOST_UNSEEN / 6);
    return `{"schemaVersion":1,"facts":{"x":${'{"a":'.repeat(levels)}0${'}'.repeat(levels)}}}`;
  },
  'keys without end in a small file': () =>
    snapshotOf(
      each(95_000, (at) => `{"${at.toString(36)}":1}`),
      MOST_UNSEEN,
    ),
};

/** Writes them into the folder; the huge one is a hole, which costs no disk. */
export function hostileFiles(folder) {
  const huge = path.join(folder, 'huge');
  const fd = openSync(huge, 'wx');
  ftruncateSync(fd, SIZE);
  closeSync(fd);
  const made = Object.entries(FILES).map(([what, content], at) => {
    const file = path.join(folder, `hostile-${at}`);
    writeFileSync(file, content());
    return { what, file };
  });
  return [...made, { what: '200 MB of zeros', file: huge }];
}
