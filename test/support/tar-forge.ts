// Archives that no bundle writer would make: any header, any type flag, any damage.
import { gzipSync } from 'node:zlib';

export interface Forged {
  readonly name: string;
  readonly content?: string | Uint8Array;
  /** Type flag of the header; `0` is a file. */
  readonly type?: string;
  /** What the header claims, whatever the content is. */
  readonly size?: number;
}

const BLOCK = 512;

/** An archive of these entries in this order, packed. */
export function forgedBundle(...entries: readonly Forged[]): Uint8Array {
  return gzipSync(forgedTar(...entries));
}

export function forgedTar(...entries: readonly Forged[]): Uint8Array {
  return Buffer.concat([...entries.map(forgedEntry), Buffer.alloc(2 * BLOCK)]);
}

/** Without the zeros that end an archive. */
export function forgedEntry({ name, content = '', type = '0', size }: Forged): Uint8Array {
  const bytes = Buffer.from(content);
  const header = Buffer.alloc(BLOCK);
  header.write(name, 0, 100, 'latin1');
  header.write('0000600\0', 100);
  header.write((size ?? bytes.length).toString(8).padStart(11, '0'), 124);
  header.write('        ', 148);
  header.write(type, 156);
  header.write('ustar\u000000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([header, bytes, Buffer.alloc((BLOCK - (bytes.length % BLOCK)) % BLOCK)]);
}
