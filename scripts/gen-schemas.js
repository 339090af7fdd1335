// JSON Schemas of what users script against, from the types themselves.
import { createGenerator } from 'ts-json-schema-generator';
import { inRoot } from './paths.js';

const ROOTS = [
  {
    type: 'Baseline',
    source: 'src/model/baseline.ts',
    file: 'schemas/baseline.v1.json',
    isInput: true,
  },
  { type: 'Comparison', source: 'src/model/comparison.ts', file: 'schemas/comparison.v1.json' },
  { type: 'Manifest', source: 'src/model/bundle.ts', file: 'schemas/manifest.v1.json' },
  { type: 'Report', source: 'src/model/report.ts', file: 'schemas/report.v1.json' },
  { type: 'Selftest', source: 'src/model/selftest.ts', file: 'schemas/selftest.v1.json' },
  { type: 'Snapshot', source: 'src/model/snapshot.ts', file: 'schemas/snapshot.v1.json' },
];

const PREFIX = '#/definitions/';

/** A name that a person would give; the generator names types without one by their place in a file, which moves. */
function isProperName(name) {
  return /^\w+(?:<\w+>)?$/.test(name) && !name.includes('structure-');
}

/**
 * A schema node as it is shipped: definitions without a proper name stand where they are used, and objects that we write are
 * open, because a field that a newer version adds must not break a reader that validates. What we read stays closed.
 */
function shipped(node, definitions, isClosed) {
  const inner = (entry) => shipped(entry, definitions, isClosed);
  if (Array.isArray(node)) return node.map((entry) => inner(entry));
  if (typeof node !== 'object' || node === null) return node;
  const name =
    node.$ref === undefined ? undefined : decodeURIComponent(node.$ref.slice(PREFIX.length));
  if (name !== undefined && !isProperName(name)) return inner(definitions[name]);
  const entries = Object.entries(node).filter(
    ([key, value]) => isClosed || key !== 'additionalProperties' || value !== false,
  );
  return Object.fromEntries(entries.map(([key, value]) => [key, inner(value)]));
}

function schemaOf({ type, source, isInput = false }) {
  const { definitions, ...rest } = createGenerator({
    path: inRoot(source),
    tsconfig: inRoot('tsconfig.json'),
    type,
    skipTypeCheck: true,
  }).createSchema(type);
  const named = Object.entries(definitions).filter(([name]) => isProperName(name));
  return {
    title: `macvlan-doctor ${type.toLowerCase()}`,
    ...rest,
    definitions: Object.fromEntries(
      named.map(([name, node]) => [name, shipped(node, definitions, isInput)]),
    ),
  };
}

/** Every schema's path and text. */
export function schemas() {
  return ROOTS.map((root) => [root.file, `${JSON.stringify(schemaOf(root), null, 2)}\n`]);
}
