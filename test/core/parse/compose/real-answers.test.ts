// Our own reading of Compose files against that of the real Compose, as it was recorded: no difference.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDotEnv } from '../../../../src/core/parse/compose/dot-env.js';
import { planOfAnswer } from '../../../../src/core/parse/compose/plan-of-answer.js';
import type { Plan } from '../../../../src/model/plan.js';
import { composed, composeFolder, fixture } from '../../../support/compose-plan.js';

interface Recorded {
  readonly files: readonly string[];
  readonly profiles: readonly string[];
  /** Of the environment. */
  readonly variables?: Readonly<Record<string, string>>;
  readonly answer?: { readonly name: string };
  /** Why there is no answer. */
  readonly says?: string;
}

const VERSION = '2.26.1';
const RECORDED = JSON.parse(fixture(`answers-${VERSION}.json`).text) as Record<string, Recorded>;

function textOf(name: string): string {
  try {
    return readFileSync(name, 'utf8');
  } catch {
    return '';
  }
}

/** Names count from the folder of the fixtures. */
function ownPlan({ files, profiles, variables, answer }: Recorded): Plan {
  const folder = path.dirname(composeFolder(files[0] ?? ''));
  return composed(
    files.map((name) => fixture(name)),
    {
      open: (name, from) => {
        const text = textOf(composeFolder(path.join(path.dirname(from), name)));
        return text === '' ? { reason: 'does not exist' } : { text };
      },
      variables: { ...readDotEnv(textOf(path.join(folder, '.env'))), ...variables },
      profiles,
      project: answer?.name ?? 'test',
    },
  );
}

/** What both must agree on; MACs that are drawn, places and notes are nobody's. */
function essence({ networks, containers }: Plan): unknown {
  return {
    networks: networks
      .map(({ parts: _parts, words, ...network }) => ({ ...network, path: words.path }))
      .toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    containers: containers
      .map((container) => ({
        ...container,
        endpoints: container.endpoints
          .map(({ trialMac: _mac, words, ...endpoint }) => ({ ...endpoint, path: words.path }))
          .toSorted((a, b) => (a.network < b.network ? -1 : 1)),
      }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

describe(`docker compose ${VERSION}`, () => {
  const all = Object.entries(RECORDED);

  it.each(all.filter(([, { answer }]) => answer !== undefined))(
    'reads %s as we do',
    (_name, recorded) => {
      const own = ownPlan(recorded);
      const json = JSON.stringify(recorded.answer);
      const theirs = planOfAnswer({ json, reader: 'it', own, newMac: () => '02:00:00:00:00:99' });
      expect(essence(theirs)).toEqual(essence(own));
      // Every part of theirs has a place in the user's files.
      const words = [
        ...theirs.networks.flatMap((network) => [network.words, ...Object.values(network.parts)]),
        ...theirs.containers.flatMap(({ endpoints }) => endpoints.map((one) => one.words)),
      ];
      expect(words.filter(({ place }) => place === undefined)).toEqual([]);
    },
  );

  it.each(all.filter(([, { says }]) => says !== undefined))(
    'refuses %s, as we do',
    (_name, recorded) => {
      expect(recorded.says).not.toBe('');
      expect(() => ownPlan(recorded)).toThrow(/^\S+\.yaml:\d+:\d+: ./u);
    },
  );
});
