// Is the doctor right, however the LANs are drawn? `lab selftest` with twenty seeds, then with far too many LANs at a time: what it
// missed, what it made up, and how long a set took. Needs root and iproute2, and half an hour. SEEDS=1,2,3 says which seeds instead.
import { spawnSync } from 'node:child_process';
import { bound, note, printBoard } from './board.js';
import { DOCTOR } from './lan.js';
import { median } from './measure.js';

const SEEDS =
  process.env['SEEDS']?.split(',').map(Number) ?? Array.from({ length: 20 }, (_, at) => at + 1);
/** With this many at a time the machine is overloaded, and the doctor must be right all the same. */
const CROWDED = { seeds: SEEDS.slice(0, 2), jobs: 24 };
const LONGEST_SECONDS = 120;

function selftest(seed, ...flags) {
  const args = [DOCTOR, 'lab', 'selftest', '--json', '--seed', String(seed), ...flags];
  const options = { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 };
  const { stdout, stderr } = spawnSync(process.execPath, args, options);
  if (stdout === '') throw new Error(`selftest with seed ${seed}: ${stderr}`);
  const done = JSON.parse(stdout);
  for (const trial of done.trials.filter((one) => isWrong(one))) tell(trial);
  return done;
}

function isWrong({ missed, falseAlarms, broken }) {
  return missed.length + falseAlarms.length > 0 || broken !== undefined;
}

/** At once, so that nobody has to wait for the table to look at it. */
function tell({ missed, falseAlarms, broken, again }) {
  const what = [
    ...missed.map(({ check }) => `missed ${check}`),
    ...falseAlarms.map(({ check, subject }) => `false alarm ${check} about ${subject}`),
    ...(broken === undefined ? [] : [broken]),
  ];
  console.error(`${what.join(', ')}: ${again}`);
}

function sum(sets, field) {
  return sets.reduce((total, { summary }) => total + summary[field], 0);
}

function judge(name, sets) {
  const staged = sum(sets, 'staged');
  note(`${name}: sets, LANs, faults`, [sets.length, sum(sets, 'trials'), staged].join(', '));
  const recall = (100 * sum(sets, 'found')) / staged;
  bound(`${name}: recall`, recall, 100, { atLeast: true, unit: '%' });
  bound(`${name}: false alarms`, sum(sets, 'falseAlarms'), 0, { unit: '' });
  bound(`${name}: LANs without a report`, sum(sets, 'broken'), 0, { unit: '' });
}

const sets = SEEDS.map((seed) => selftest(seed));
judge('selftest', sets);
const seconds = sets.map(({ durationMs }) => durationMs / 1000);
note('selftest: not staged here', sets[0].notStaged.map(({ scenario }) => scenario).join(', '));
note('selftest: median of a set', `${median(seconds).toFixed(1)} s, ${sets[0].jobs} at a time`);
bound('selftest: longest set', Math.max(...seconds), LONGEST_SECONDS, { unit: 's' });
const crowded = CROWDED.seeds.map((seed) => selftest(seed, '--jobs', String(CROWDED.jobs)));
judge(`selftest, ${CROWDED.jobs} at a time`, crowded);
printBoard();
