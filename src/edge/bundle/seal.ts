// The one stage through which every byte of a bundle passes: stand-ins, size, hash, and the search for what slipped through.
import { createHash } from 'node:crypto';
import { MANIFEST_PATH } from '../../core/bundle/layout.js';
import type { Counts, Mask } from '../../core/bundle/mask.js';
import { readmeText } from '../../core/bundle/readme.js';
import type { Section } from '../../core/bundle/section.js';
import { keepHeadAndTail } from '../../core/bundle/truncate.js';
import type { BundleFile, BundleSkip, Manifest } from '../../model/bundle.js';
import { DoctorError } from '../../model/errors.js';
import { packArchive, type ArchiveFile } from './archive.js';

/** The manifest without what only sealing knows. */
export type ManifestHead = Omit<Manifest, 'files' | 'redaction'>;

export interface SealOptions {
  readonly folder: string;
  readonly head: ManifestHead;
  readonly mask: Mask;
  /** Stand-ins put into the facts, from which masked sections were made. */
  readonly replacedInFacts: Counts;
}

export interface Sealed {
  readonly archive: Uint8Array;
  readonly sha256: string;
  readonly manifest: Manifest;
}

/** Throws DoctorError when a file would give something away, or nothing can be left out to make it small enough. */
export async function seal(sections: readonly Section[], options: SealOptions): Promise<Sealed> {
  let kept = [...sections];
  let { skipped } = options.head;
  for (;;) {
    const sealed = await sealOnce(kept, { ...options, head: { ...options.head, skipped } });
    const { packedBytes } = options.head.limits;
    if (sealed.archive.length <= packedBytes) return sealed;
    const least = leastWorth(kept);
    if (least === undefined) throw new DoctorError('bundle-too-large', TOO_LARGE);
    kept = kept.filter((section) => section !== least);
    skipped = [...skipped, leftOut(least)];
  }
}

const TOO_LARGE =
  'the bundle is larger than a ticket takes, even without all that can be left out; --parent or --container makes a smaller one';

function leastWorth(sections: readonly Section[]): Section | undefined {
  const spare = sections.filter(({ worth }) => worth !== undefined);
  return spare.toSorted((a, b) => (a.worth ?? 0) - (b.worth ?? 0))[0];
}

function leftOut({ path }: Section): BundleSkip {
  return { what: path, why: 'too-large', detail: 'the bundle would have been too large with it' };
}

interface Passed extends ArchiveFile {
  readonly file: BundleFile;
}

async function sealOnce(sections: readonly Section[], options: SealOptions): Promise<Sealed> {
  const { head, mask, folder, replacedInFacts } = options;
  const passed = sections.map((section) => pass(section, options));
  const redaction = {
    mode: mask.mode,
    ...(mask.keyId === undefined ? {} : { keyId: mask.keyId }),
    replaced: sum([replacedInFacts, ...passed.map(({ file }) => file.replaced ?? {})]),
  };
  const readme = readmeText({ ...head, redaction }, sections, head.skipped);
  passed.push(
    pass({ path: 'README.txt', source: 'this bundle', text: readme, isMasked: true }, options),
  );
  const files = passed.map(({ file }) => file).toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const manifest: Manifest = { ...head, redaction, files };
  const own = {
    path: MANIFEST_PATH,
    source: 'this bundle',
    text: jsonText(manifest),
    isMasked: true,
  };
  const archive = await packArchive(folder, [...passed, pass(own, options)]);
  return { archive, sha256: hashOf(archive), manifest };
}

function pass(section: Section, { mask, head: { limits } }: SealOptions): Passed {
  const { path, source, exit, ms, isFreeText, isMasked } = section;
  const masked = isMasked ? { value: section.text, replaced: {} } : mask.text(section.text);
  const { text, isCut } =
    section.worth === undefined
      ? { text: masked.value, isCut: false }
      : keepHeadAndTail(masked.value, limits.fileBytes);
  const leak = mask.leakIn(`${path}\n${text}`);
  if (leak !== undefined) {
    const message = `${path} would have held ${leak} that should have been masked: nothing was written; please report this`;
    throw new DoctorError('leak', message);
  }
  const bytes = Buffer.from(text);
  const file: BundleFile = {
    path,
    sha256: hashOf(bytes),
    bytes: bytes.length,
    truncated: isCut,
    source,
    ...(exit === undefined ? {} : { exit }),
    ...(ms === undefined ? {} : { ms }),
    ...(isFreeText === undefined ? {} : { isFreeText }),
    ...(isMasked ? {} : { replaced: masked.replaced }),
  };
  return { path, bytes, file };
}

function sum(all: readonly Counts[]): Counts {
  const total: Record<string, number> = {};
  for (const [kind, count] of all.flatMap((one) => Object.entries(one))) {
    total[kind] = (total[kind] ?? 0) + count;
  }
  return total;
}

function jsonText(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

export function hashOf(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}
