// Do checks say the same of masked hosts as of the real ones? Ten thousand generated hosts, report against report, and relations of
// their addresses before and after. HOSTS=100 says how many instead, SEED=7 which ones.
import { createHmac } from 'node:crypto';
import { load } from '../scripts/load.js';
import { bound, note, printBoard } from './board.js';

const HOSTS = numberIn('HOSTS', 10_000);
const SEED = numberIn('SEED', 1);
/** Hosts that are told of at once, each with the way to see it again. */
const MOST_TOLD = 5;
/** How often it says how far it is, milliseconds. */
const SAYS_EVERY = 10_000;

/** A run of no hosts at all would find nothing wrong. */
function numberIn(name, otherwise) {
  const number = Number(process.env[name] ?? otherwise);
  if (Number.isInteger(number) && number > 0) return number;
  throw new Error(`${name} is ${process.env[name]}, and should be a number above 0`);
}

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
const began = performance.now();
let saidAt = began;
for (let at = 0; at < HOSTS; at += 1) {
  if (performance.now() - saidAt > SAYS_EVERY) {
    saidAt = performance.now();
    console.error(`${at} of ${HOSTS} hosts, ${wrong} that differ`);
  }
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
const seconds = (performance.now() - began) / 1000;

bound(`reports of ${HOSTS} hosts that differ`, wrong, 0, { unit: 'hosts' });
for (const [relation, { compared, broken }] of relations) {
  // What was never compared was not kept either.
  const failed = compared === 0 ? Number.NaN : broken;
  bound(`${relation}, ${compared} compared`, failed, 0, { unit: 'broken' });
}
note('time', `${seconds.toFixed(1)} s`);
printBoard();
