// The one stage through which every byte of a bundle passes: stand-ins, size, hash, and the search for what slipped through.
import { createHash } from 'node:crypto';
import { FACTS_PATH, MANIFEST_PATH } from '../../core/bundle/layout.js';
import type { Mask } from '../../core/bundle/mask.js';
import { readmeText } from '../../core/bundle/readme.js';
import { saidIn, type Said, type Section } from '../../core/bundle/section.js';
import { keepHeadAndTail } from '../../core/bundle/truncate.js';
import type { BundleFile, BundleLimits, BundleSkip, Manifest } from '../../model/bundle.js';
import { DoctorError } from '../../model/errors.js';
import { packArchive, type ArchiveFile } from './archive.js';

/** The manifest without what only sealing knows. */
export type ManifestHead = Omit<Manifest, 'files' | 'redaction'>;

export interface SealOptions {
  readonly folder: string;
  readonly head: ManifestHead;
  readonly mask: Mask;
}

export interface Sealed {
  readonly archive: Uint8Array;
  readonly sha256: string;
  readonly manifest: Manifest;
}

/** Throws DoctorError when a file would give something away, or nothing can be left out to make it small enough. */
export async function seal(given: readonly Section[], options: SealOptions): Promise<Sealed> {
  const sections = given.map((section) => ({ ...section, said: saidIn(section, options.mask) }));
  const fits = (section: Ready): boolean => isWithin(section, options.head.limits);
  let kept = sections.filter((section) => fits(section));
  let skipped = [...options.head.skipped, ...sections.filter((one) => !fits(one)).map(tooLarge)];
  for (;;) {
    const complete = options.head.complete && kept.some(({ path }) => path === FACTS_PATH);
    const head = { ...options.head, skipped, complete };
    const sealed = await sealOnce(kept, { ...options, head });
    const { packedBytes } = options.head.limits;
    if (sealed.archive.length <= packedBytes) return sealed;
    const least = leastWorth(kept);
    if (least === undefined) throw new DoctorError('bundle-too-large', TOO_LARGE);
    kept = kept.filter((section) => section !== least);
    skipped = [...skipped, tooLarge(least)];
  }
}

/** With its stand-ins. */
interface Ready extends Section {
  readonly said: Said;
}

/** What may not be cut is left out instead: half a JSON document is none. */
function isWithin({ path, said, isCuttable }: Ready, limits: BundleLimits): boolean {
  return (
    isCuttable === true ||
    Buffer.byteLength(said.text) <= (path === FACTS_PATH ? limits.factsBytes : limits.fileBytes)
  );
}

const TOO_LARGE =
  'the bundle is larger than a ticket takes, even without all that can be left out; --parent or --container makes a smaller one';

function leastWorth(sections: readonly Ready[]): Ready | undefined {
  const spare = sections.filter(({ worth }) => worth !== undefined);
  return spare.toSorted((a, b) => (a.worth ?? 0) - (b.worth ?? 0))[0];
}

function tooLarge({ path }: Section): BundleSkip {
  return { what: path, why: 'too-large', detail: 'it is larger than the bundle has room for' };
}

interface Passed extends ArchiveFile {
  readonly file: BundleFile;
}

async function sealOnce(sections: readonly Ready[], options: SealOptions): Promise<Sealed> {
  const { head, mask, folder } = options;
  const passed = sections.map((section) => pass(section, options));
  const redaction = {
    mode: mask.mode,
    ...(mask.keyId === undefined ? {} : { keyId: mask.keyId }),
    masked: mask.masked,
  };
  const made = passed.map(({ file }) => file);
  const readme = readmeText({ ...head, redaction }, made, head.skipped);
  passed.push(pass(ownFile('README.txt', readme), options));
  const files = passed.map(({ file }) => file).toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const manifest: Manifest = { ...head, redaction, files };
  const own = ownFile(MANIFEST_PATH, jsonText(manifest));
  const archive = await packArchive(folder, [...passed, pass(own, options)]);
  return { archive, sha256: hashOf(archive), manifest };
}

function ownFile(path: string, text: string): Ready {
  return { path, source: 'this bundle', text, isMasked: true, said: { text } };
}

function pass(section: Ready, { mask, head: { limits } }: SealOptions): Passed {
  const { path, source, exit, ms, isFreeText, isMasked, isCuttable } = section;
  const { text: whole, ...words } = section.said;
  const { text, isCut } =
    isCuttable === true ? keepHeadAndTail(whole, limits.fileBytes) : { text: whole, isCut: false };
  const bytes = Buffer.from(text);
  const leak =
    mask.leakIn(Buffer.from(path), { isOurs: true }) ??
    mask.leakIn(bytes, { isOurs: isMasked, ...words });
  if (leak !== undefined) {
    const message = `${path} would have held ${leak} that should have been masked: nothing was written; please report this`;
    throw new DoctorError('leak', message);
  }
  const file: BundleFile = {
    path,
    sha256: hashOf(bytes),
    bytes: bytes.length,
    truncated: isCut,
    source: isMasked ? source : mask.text(source),
    ...(exit === undefined ? {} : { exit }),
    ...(ms === undefined ? {} : { ms }),
    ...(isFreeText === undefined ? {} : { isFreeText }),
  };
  return { path, bytes, file };
}

function jsonText(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function hashOf(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}
