// What a bundle from a stranger says of itself.
import { BUNDLE_SCHEMA_VERSION, type Manifest } from '../../model/bundle.js';
import { BundleRefusal } from './refusal.js';
import { parseObject } from './read-snapshot.js';
import { misfitOf, type Schema } from './schema-check.js';

/** `text` is neither deep nor huge; `schema` is the one of manifests. Throws BundleRefusal. */
export function readManifest(text: string, schema: Schema): Manifest {
  const raw = parseObject(text);
  const version = raw['schemaVersion'];
  if (typeof version === 'number' && version > BUNDLE_SCHEMA_VERSION) {
    throw new BundleRefusal(
      `its manifest is version ${version}, and this program reads up to version ${BUNDLE_SCHEMA_VERSION}: a newer macvlan-doctor reads it`,
      true,
    );
  }
  const misfit = misfitOf(raw, schema);
  if (misfit !== undefined) {
    throw new BundleRefusal(`its manifest is not as its schema says: ${misfit}`);
  }
  return raw as unknown as Manifest;
}
