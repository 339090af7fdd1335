// From the snapshots of earlier versions to today's, one step per file and version; a step is never changed once it was released.

export interface Migration {
  /** The version that it reads; it writes the next one. */
  readonly from: number;
  /** Gets plain JSON of which nothing but the version is known, and may throw nothing. */
  readonly migrate: (
    snapshot: Readonly<Record<string, unknown>>,
  ) => Readonly<Record<string, unknown>>;
}

/** Oldest first. Empty as long as there has been one version only. */
const MIGRATIONS: readonly Migration[] = [];

/** The snapshot at version `to`; undefined where no steps lead there. */
export function migrate(
  snapshot: Readonly<Record<string, unknown>>,
  to: number,
  steps: readonly Migration[] = MIGRATIONS,
): Readonly<Record<string, unknown>> | undefined {
  let current = snapshot;
  while (current['schemaVersion'] !== to) {
    const from = current['schemaVersion'];
    const step = steps.find((one) => one.from === from);
    if (step === undefined) return undefined;
    current = { ...step.migrate(current), schemaVersion: step.from + 1 };
  }
  return current;
}
