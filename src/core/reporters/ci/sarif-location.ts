// Where a result is, in SARIF's terms: a line of a file, or a made-up place for what is no file.
import type { Location, PhysicalLocation } from 'sarif';
import type { CheckResult } from '../../../model/report.js';

/**
 * Code scanning on GitHub refuses results without a file. What was found on a live host gets one that no repository
 * has, and that is the same on every host: it would else be another alert on every machine.
 */
const LIVE = 'live-host';

export function locationsOf({ location, subject }: CheckResult): Location[] {
  const { kind, name } = subject;
  const logical = { kind: 'resource', name, fullyQualifiedName: `${kind}/${name}` };
  if (location === undefined) {
    const parts = kind === 'host' ? [LIVE] : [LIVE, kind, name];
    return [{ physicalLocation: inRepository(parts), logicalLocations: [logical] }];
  }
  const { file, line = 1, column, path } = location;
  const region = { startLine: line, ...(column === undefined ? {} : { startColumn: column }) };
  const field = path === undefined ? [] : [{ kind: 'member', fullyQualifiedName: path }];
  return [
    {
      physicalLocation: { ...inRepository(file.split('/')), region },
      logicalLocations: [...field, logical],
    },
  ];
}

const LONE_SURROGATE = /\p{Cs}/gu;

/** A relative reference, every part encoded, so that no name of a file is taken for a scheme or a query. */
function inRepository(parts: readonly string[]): PhysicalLocation {
  const encoded = parts.map((part) =>
    encodeURIComponent(part.replaceAll(LONE_SURROGATE, '\uFFFD')),
  );
  return { artifactLocation: { uri: encoded.join('/'), uriBaseId: '%SRCROOT%' } };
}
