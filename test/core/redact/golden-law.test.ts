// The golden hosts, masked: the same report in other names.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Snapshot } from '../../../src/model/snapshot.js';
import { keyed } from '../../support/keyed.js';
import { bothHeadlines, bothReports, renamed } from '../../support/masked-law.js';

const HOSTS = fileURLToPath(new URL('../../../fixtures/hosts/', import.meta.url));

describe.each(readdirSync(HOSTS))('%s', (story) => {
  const snapshot = JSON.parse(readFileSync(`${HOSTS}${story}/snapshot.json`, 'utf8')) as Snapshot;

  it('gets the same results of the same subjects', () => {
    const { real, masked } = bothHeadlines(snapshot, 'prefix', keyed(story));
    expect(masked).toEqual(real);
  });

  it('gets the same results in strict mode', () => {
    const { real, masked } = bothHeadlines(snapshot, 'strict', keyed(story));
    expect(masked).toEqual(real);
  });

  it('gets the same report, word for word', () => {
    const { real, masked } = bothReports(renamed(snapshot, keyed('other names')), keyed(story));
    expect(masked).toEqual(real);
  });
});
