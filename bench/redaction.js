// Do checks say the same of masked hosts as of the real ones? Ten thousand generated hosts, report against report, and relations of
// their addresses before and after. HOSTS=100 says how many instead, SEED=7 which ones.
import { createHmac } from 'node:crypto';
import { load } from '../scripts/load.js';
import { bound, note, printBoard } from './board.js';

const HOSTS = Number(process.env['HOSTS'] ?? 10_000);
const SEED = Number(process.env['SEED'] ?? 1);
/** Hosts that are told of at once, each with the way to see it again. */
const MOST_TOLD = 5;

const { sample, anyHost, differenceIn, relationsIn } = await load(
  'bench/redaction.ts',
  `export { sample } from 'fast-check';
   export { anyHost } from '../test/support/masked-hosts.js';
   export { differenceIn } from '../test/support/masked-law.js';
   export { relationsIn } from '../test/support/masked-relations.js';`,
);

function keyed(key) {
  return (message) => createHmac('sha256', key).update(message).digest();
}

let told = 0;
let wrong = 0;
const relations = new Map();
const began = process.hrtime.bigint();
for (let at = 0; at < HOSTS; at += 1) {
  const [snapshot] = sample(anyHost, { numRuns: 1, seed: SEED * 1_000_000 + at });
  const prf = keyed(`case ${at}`);
  const difference = differenceIn(snapshot, prf);
  if (difference !== undefined) {
    wrong += 1;
    told += 1;
    if (told <= MOST_TOLD) console.error(`host ${at} of seed ${SEED}: ${difference}`);
  }
  for (const { relation, compared, broken } of relationsIn(snapshot, prf)) {
    const sum = relations.get(relation) ?? { compared: 0, broken: 0 };
    relations.set(relation, { compared: sum.compared + compared, broken: sum.broken + broken });
  }
}
const seconds = Number(process.hrtime.bigint() - began) / 1e9;

bound(`reports of ${HOSTS} hosts that differ`, wrong, 0, { unit: 'hosts' });
for (const [relation, { compared, broken }] of relations)
  bound(`${relation}, ${compared} compared`, broken, 0, { unit: 'broken' });
note('time', `${seconds.toFixed(1)} s`);
printBoard();
