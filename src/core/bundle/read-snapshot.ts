// Text from a stranger to a snapshot that today's checks can judge.
import { migrate } from '../../model/migrations/index.js';
import { NOTHING_PLANNED } from '../../model/plan.js';
import { SNAPSHOT_SCHEMA_VERSION, type Snapshot } from '../../model/snapshot.js';
import { crowdIn } from './crowd.js';
import { BundleRefusal } from './refusal.js';
import { misfitOf, type Schema } from './schema-check.js';

const NOT_COLLECTED = { state: 'skipped', reason: 'not collected in this bundle' } as const;

/** `text` is neither deep nor huge; `schema` is the one of snapshots. Throws BundleRefusal. */
export function readSnapshot(text: string, schema: Schema): Snapshot {
  const raw = parseObject(text);
  const version = raw['schemaVersion'];
  if (typeof version !== 'number' || raw['facts'] === undefined) {
    throw new BundleRefusal('it is no snapshot of macvlan-doctor');
  }
  if (version > SNAPSHOT_SCHEMA_VERSION) {
    throw new BundleRefusal(
      `its schema is version ${version}, and this program reads up to version ${SNAPSHOT_SCHEMA_VERSION}: a newer macvlan-doctor reads it`,
      true,
    );
  }
  const current = migrate(raw, SNAPSHOT_SCHEMA_VERSION);
  if (current === undefined) {
    throw new BundleRefusal(`nothing reads version ${version} of its schema any more`);
  }
  const whole = { ...current, facts: withAllFacts(current['facts'], schema) };
  const misfit = misfitOf(whole, schema);
  if (misfit !== undefined) throw new BundleRefusal(`it is not as its schema says: ${misfit}`);
  const snapshot = whole as unknown as Snapshot;
  const crowd = crowdIn(snapshot.facts);
  if (crowd !== undefined) throw new BundleRefusal(crowd);
  return snapshot;
}

/** Throws BundleRefusal. */
export function parseObject(text: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new BundleRefusal('it is damaged JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new BundleRefusal('it is no snapshot of macvlan-doctor');
  }
  return value as Readonly<Record<string, unknown>>;
}

/** What was not gathered by the version that wrote it was not looked at: that is no damage. */
function withAllFacts(facts: unknown, schema: Schema): unknown {
  if (typeof facts !== 'object' || facts === null || Array.isArray(facts)) return facts;
  const names = factNames(schema);
  const missing = Object.fromEntries(names.map((name) => [name, NOT_COLLECTED]));
  return { ...missing, plan: NOTHING_PLANNED, sweeps: NOTHING_PLANNED, ...facts };
}

function factNames(schema: Schema): readonly string[] {
  const { definitions } = schema as { definitions?: { Facts?: { required?: readonly string[] } } };
  return definitions?.Facts?.required ?? [];
}
