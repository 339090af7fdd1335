// The law of stand-ins on generated hosts of every kind: what the checks say of the masked one is what they say of the real one.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { keyed } from '../../support/keyed.js';
import { anyHost } from '../../support/masked-hosts.js';
import { bothPlans, differenceIn } from '../../support/masked-law.js';
import { relationsIn } from '../../support/masked-relations.js';

const KEY = fc.string({ minLength: 1, maxLength: 8 }).map((key) => keyed(key));

it('holds for five hundred hosts, word for word', () => {
  fc.assert(
    fc.property(anyHost, KEY, (host, prf) => {
      expect(differenceIn(host, prf)).toBeUndefined();
    }),
    { numRuns: 500, endOnFailure: true },
  );
}, 120_000);

it('holds for what is asked, and of whom first', () => {
  fc.assert(
    fc.property(anyHost, KEY, (host, prf) => {
      const { real, masked } = bothPlans(host, 'prefix', prf);
      expect(masked).toEqual(real);
    }),
    { numRuns: 100, endOnFailure: true },
  );
}, 60_000);

it('keeps what addresses are to each other', () => {
  fc.assert(
    fc.property(anyHost, KEY, (host, prf) => {
      expect(relationsIn(host, prf).filter(({ broken }) => broken > 0)).toEqual([]);
    }),
    { numRuns: 50, endOnFailure: true },
  );
}, 60_000);
