// Files to bytes: a tar archive with fixed times and owners, packed by gzip without a time. The same files give the same bytes.
import { createGzip } from 'node:zlib';
import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';

export interface ArchiveFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Old enough to be nobody's, young enough that no tar complains of it. */
const TIME = new Date('2000-01-01T00:00:00Z');

/** `folder` is what everything unpacks into. */
export async function packArchive(folder: string, files: readonly ArchiveFile[]): Promise<Buffer> {
  const tar = pack();
  const packed = buffer(tar.pipe(createGzip()));
  for (const { path, bytes } of files.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
    const name = `${folder}/${path}`;
    tar.entry({ name, mode: 0o600, mtime: TIME, uid: 0, gid: 0 }, Buffer.from(bytes));
  }
  tar.finalize();
  return packed;
}
