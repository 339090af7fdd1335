// Several bundles beside each other.
import { COMPARISON_SCHEMA_VERSION, type Comparison } from '../../model/comparison.js';
import { differencesOf } from './differences.js';
import { isSameHost, speakAlike, type Judged } from './judged.js';
import { sharedBy } from './shared.js';

export function compareBundles(all: readonly Judged[], tool: Comparison['tool']): Comparison {
  return {
    schemaVersion: COMPARISON_SCHEMA_VERSION,
    tool,
    bundles: all.map(({ file, report, keyId }) => ({
      file,
      host: report.host.hostname,
      takenAt: report.startedAt,
      ...(keyId === undefined ? {} : { keyId }),
      summary: report.summary,
    })),
    differences: differencesOf(all),
    shared: sharedBy(all),
    notes: notesOn(all),
  };
}

function notesOn(all: readonly Judged[]): string[] {
  const pairs = all.flatMap((a, at) => all.slice(at + 1).map((b) => [a, b] as const));
  const strangers = pairs.filter(([a, b]) => !speakAlike(a, b));
  return [
    ...strangers.map(
      ([a, b]) =>
        `${a.file} and ${b.file} have stand-ins of different cases, or only one of them has stand-ins: whether they are one host, and what they share, cannot be told. Bundles made with the same --case and key can be compared.`,
    ),
    ...(strangers.length === 0 && pairs.every(([a, b]) => !isSameHost(a, b))
      ? ['These are different hosts, so nothing is said of changes.']
      : []),
  ];
}
