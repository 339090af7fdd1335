// Opens what somebody sent: a bundle, a bare snapshot, or either on standard input. Nothing is unpacked onto the disk.
import { constants, type Stats } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip, gunzipSync } from 'node:zlib';
import { whyNotParsed } from '../../core/bundle/json-guard.js';
import { FACTS_PATH, MANIFEST_PATH, READ_LIMITS } from '../../core/bundle/layout.js';
import { BundleRefusal } from '../../core/bundle/refusal.js';
import { TarReader } from '../../core/bundle/tar-reader.js';
import { DoctorError, type DoctorErrorCode } from '../../model/errors.js';
import { printable } from '../../model/text.js';

/** JSON, perhaps, and no more of it than can be parsed; nobody has looked at what it says yet. */
export interface RawBundle {
  readonly facts: string;
  /** Absent for a bare snapshot. */
  readonly manifest?: string;
}

const STDIN = '-';

/** Throws DoctorError for whatever is no bundle and no snapshot, before much of it is in memory. */
export async function readBundle(file: string): Promise<RawBundle> {
  try {
    const bytes = await (file === STDIN ? collect(process.stdin) : readFile(file));
    if (bytes[0] === 0x1f && bytes[1] === 0x8b) return await unpack(bytes);
    if (bytes.length === 0) throw new BundleRefusal('it is empty');
    if (!looksLikeJson(bytes)) throw new BundleRefusal('it is neither a bundle nor a snapshot');
    if (bytes.length > READ_LIMITS.factsBytes) throw new BundleRefusal(TOO_LARGE);
    return { facts: textOf(bytes) };
  } catch (error) {
    throw unreadable(file, reasonOf(error));
  }
}

/** A text that somebody sent about a bundle. Throws DoctorError. */
export async function readAnswer(file: string): Promise<string> {
  try {
    const bytes = await (file === STDIN ? collect(process.stdin) : readFile(file));
    if (bytes.includes(0)) throw new BundleRefusal(NO_TEXT);
    return new TextDecoder('utf8').decode(bytes);
  } catch (error) {
    throw unreadable(file, reasonOf(error));
  }
}

export function unreadable(
  file: string,
  reason: string,
  code: DoctorErrorCode = 'unreadable-bundle',
): DoctorError {
  const name = file === STDIN ? 'standard input' : printable(file);
  return new DoctorError(code, `cannot read ${name}: ${reason}`);
}

const NO_TEXT = 'it is no text';
const TOO_LARGE = 'it is larger than any bundle';
const BOMB = 'it unpacks to more than any bundle holds';

/** The first byte that is no white space begins an object. */
function looksLikeJson(bytes: Uint8Array): boolean {
  return /^\s*\{/.test(Buffer.from(bytes.subarray(0, 64)).toString('latin1'));
}

/** O_NONBLOCK: a pipe without a writer must not keep us waiting. */
async function readFile(file: string): Promise<Uint8Array> {
  const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const about = await handle.stat();
    if (!about.isFile()) throw new BundleRefusal(whyNotAFile(about));
    if (about.size > READ_LIMITS.packedBytes) throw new BundleRefusal(TOO_LARGE);
    return await collect(handle.createReadStream({ autoClose: false }));
  } finally {
    await handle.close();
  }
}

function whyNotAFile(about: Stats): string {
  return about.isDirectory() ? 'it is a folder' : 'it is not a regular file';
}

async function collect(stream: AsyncIterable<unknown>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream) {
    if (!(chunk instanceof Uint8Array)) continue;
    length += chunk.length;
    if (length > READ_LIMITS.packedBytes) throw new BundleRefusal(TOO_LARGE);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const WANTED: ReadonlySet<string> = new Set([FACTS_PATH, MANIFEST_PATH]);

async function unpack(packed: Uint8Array): Promise<RawBundle> {
  const reader = new TarReader((path) => WANTED.has(inFolder(path)), {
    entries: READ_LIMITS.entries,
    fileBytes: READ_LIMITS.factsBytes,
  });
  const most = Math.min(
    Math.max(READ_LIMITS.freeBytes, packed.length * READ_LIMITS.ratio),
    READ_LIMITS.unpackedBytes,
  );
  if (most <= AT_ONCE_BYTES) reader.push(gunzipSync(packed, { maxOutputLength: most }));
  else await unpackInPieces(packed, most, reader);
  return contentOf(reader.end());
}

/** Room for the bundle of a hundred children. What may become more than this is never in memory as a whole. */
const AT_ONCE_BYTES = 16 * 1024 * 1024;

async function unpackInPieces(packed: Uint8Array, most: number, reader: TarReader): Promise<void> {
  let unpacked = 0;
  await pipeline(
    [packed],
    createGunzip({ chunkSize: 64 * 1024 }),
    async (chunks: AsyncIterable<Uint8Array>) => {
      for await (const chunk of chunks) {
        unpacked += chunk.length;
        if (unpacked > most) throw new BundleRefusal(BOMB);
        reader.push(chunk);
      }
    },
  );
}

function contentOf({ paths, kept }: ReturnType<TarReader['end']>): RawBundle {
  const folders = new Set([...paths].map((path) => path.split('/')[0]));
  if (folders.size > 1) throw new BundleRefusal('it holds more than one folder');
  const byName = new Map([...kept].map(([path, bytes]) => [inFolder(path), bytes]));
  const facts = byName.get(FACTS_PATH);
  const manifest = byName.get(MANIFEST_PATH);
  if (facts === undefined) throw new BundleRefusal(`there is no ${FACTS_PATH} in it`);
  return {
    facts: textOf(facts),
    ...(manifest === undefined ? {} : { manifest: textOf(manifest) }),
  };
}

function textOf(bytes: Uint8Array): string {
  const why = whyNotParsed(bytes);
  if (why !== undefined) throw new BundleRefusal(why);
  try {
    return new TextDecoder('utf8', { fatal: true }).decode(bytes);
  } catch {
    throw new BundleRefusal(NO_TEXT);
  }
}

/** Everything in a bundle lies in one folder, whose name is free. */
function inFolder(path: string): string {
  return path.slice(path.indexOf('/') + 1);
}

const REASONS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ENOENT: 'there is no such file',
    ENOTDIR: 'there is no such file',
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    ELOOP: 'it is a circle of links',
    ENXIO: 'it is not a regular file',
    Z_BUF_ERROR: 'it is cut off',
    Z_DATA_ERROR: 'it is damaged',
    ERR_BUFFER_TOO_LARGE: BOMB,
  }),
);

function reasonOf(error: unknown): string {
  if (error instanceof BundleRefusal) return error.message;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const known = REASONS.get(code);
  if (known === undefined && !/^[EZ]/.test(code)) throw error;
  return known ?? `${code} while reading it`;
}
