// The header of one file in a tar archive (tar(5), ustar), as far as bundles have one: an archive may come from a stranger.

import { BundleRefusal } from './refusal.js';

export const BLOCK = 512;

export interface TarHeader {
  readonly path: string;
  /** Of the content that follows, bytes. */
  readonly size: number;
}

/** Undefined for the block of zeros that ends an archive. */
export function parseTarHeader(block: Uint8Array): TarHeader | undefined {
  if (block[0] === 0 && block.every((byte) => byte === 0)) return undefined;
  if (checksumOf(block) !== octal(block, 148, 8)) throw new BundleRefusal('it is no tar archive');
  const prefix = textAt(block, 345, 155);
  const name = textAt(block, 0, 100);
  const path = prefix === '' ? name : `${prefix}/${name}`;
  const kind = KINDS[block[156] ?? 0];
  if (kind === undefined || kind.refused !== undefined) {
    throw new BundleRefusal(`it holds ${kind?.refused ?? 'something of an unknown kind'}`);
  }
  assertSafe(path);
  return { path: path.replace(/\/$/, ''), size: kind.isFolder ? 0 : octal(block, 124, 12) };
}

interface Kind {
  readonly refused?: string;
  readonly isFolder?: boolean;
}

/** By the code of the type flag (tar(5)). */
const KINDS: Readonly<Partial<Record<number, Kind>>> = Object.fromEntries<Kind>(
  Object.entries({
    '\0': {},
    '0': {},
    '5': { isFolder: true },
    '1': { refused: 'a link' },
    '2': { refused: 'a symbolic link' },
    '3': { refused: 'a device' },
    '4': { refused: 'a device' },
    '6': { refused: 'a named pipe' },
    x: { refused: 'extension headers: no bundle has those, unless somebody packed it anew' },
    g: { refused: 'extension headers: no bundle has those, unless somebody packed it anew' },
    K: { refused: 'a name that is too long' },
    L: { refused: 'a name that is too long' },
  }).map(([flag, kind]) => [flag.codePointAt(0) ?? 0, kind]),
);

function assertSafe(path: string): void {
  const parts = path.replace(/\/$/, '').split('/');
  if (path.startsWith('/')) throw new BundleRefusal('it holds an absolute path');
  if (parts.includes('..')) throw new BundleRefusal('it holds a path that leads out of it');
  if (!/^[\w.+ -]+$/.test(parts.join('')) || parts.some((part) => part === '' || part === '.')) {
    throw new BundleRefusal('it holds a path that no bundle has');
  }
}

function checksumOf(block: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < BLOCK; at += 1) sum += at >= 148 && at < 156 ? 32 : (block[at] ?? 0);
  return sum;
}

/** A number in octal digits; the form for more than eight gigabytes is refused like any other nonsense. */
function octal(block: Uint8Array, at: number, length: number): number {
  const text = textAt(block, at, length).trim();
  if (!/^[0-7]+$/.test(text)) throw new BundleRefusal('it is no tar archive');
  return Number.parseInt(text, 8);
}

function textAt(block: Uint8Array, at: number, length: number): string {
  const end = block.indexOf(0, at);
  const stop = end === -1 || end > at + length ? at + length : end;
  return String.fromCodePoint(...block.subarray(at, stop));
}
