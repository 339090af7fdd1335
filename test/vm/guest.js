// Runs inside the virtual machine: stages one LAN after another on its kernel (all, or those that the arguments name), lets the doctor
// look at each, and prints what it said, a line of JSON each. The machine has no network, is thrown away afterwards, and its own
// namespace is the host of every LAN.
import { execFile, execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import path from 'node:path';
import { promisify } from 'node:util';
import { scenarios } from './scenarios.js';

const SOCKET = '/run/engine.sock';
const BIN = path.resolve(import.meta.dirname, '../../bin/run.js');
const ENV = { ...process.env, DOCKER_HOST: `unix://${SOCKET}`, NO_COLOR: '1' };

if (process.env['KERNEL_VM'] !== '1') throw new Error('this is for a machine to throw away');

/** What the engine answers now, by path. */
let answers = {};

const engine = createServer((request, response) => {
  const body = answers[request.url];
  response.statusCode = body === undefined ? 404 : 200;
  response.end(JSON.stringify(body ?? { message: 'page not found' }));
});

/** The words of a command line; none of the scenarios has a space in a word. */
function ip(line) {
  const [program, ...args] = line.split(' ');
  return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** What the kernel says to commands that may fail: `ok`, or its complaint. */
function tried(line) {
  try {
    ip(line);
    return 'ok';
  } catch (error) {
    return String(error.stderr).trim().split('\n').at(-1);
  }
}

async function doctor(args) {
  const argv = [BIN, 'run', '--json', ...args];
  const ended = await promisify(execFile)(process.execPath, argv, {
    env: ENV,
    maxBuffer: 64 * 1024 * 1024,
  }).catch((error) => error);
  if (!ended.stdout) throw new Error(`no report: ${ended.stderr}`);
  return JSON.parse(ended.stdout);
}

/** An emulated machine under load may keep the engine longer than the doctor waits for it; then it is asked again. */
async function patientDoctor(args, tries = 3) {
  const report = await doctor(args);
  const isWaitedFor = JSON.stringify(report).includes(`${SOCKET} did not answer within`);
  return isWaitedFor && tries > 1 ? patientDoctor(args, tries - 1) : report;
}

/** As much of a report as tests ask about. */
function essence({ results, topology, notes }) {
  const said = results.filter(({ status }) => status !== 'pass' && status !== 'not-applicable');
  return {
    results: said.map(({ check, status, subject, what, suppressedBy, reason }) => ({
      check,
      status,
      about: `${subject.kind} ${subject.name}`,
      what,
      suppressedBy,
      reason,
    })),
    parents: topology.parents,
    notes,
  };
}

/** Links that a scenario made, whatever became of it; its namespaces take the rest with them. */
function cleanUp() {
  for (const name of ['kid', 'lan']) tried(`ip netns del ${name}`);
  const made = JSON.parse(ip('ip -j link')).filter(({ ifname }) => !KEPT.has(ifname));
  for (const { ifname } of made) tried(`ip link del ${ifname}`);
}

async function play({ up, engine: says, args, tries = [], down = [] }) {
  try {
    for (const line of up) ip(line);
    answers = says;
    const kernel = Object.fromEntries(tries.map((line) => [line, tried(line)]));
    return { kernel, ...(args === undefined ? {} : essence(await patientDoctor(args))) };
  } catch (error) {
    return { broken: String(error.stderr ?? error.stack ?? error) };
  } finally {
    for (const line of down) tried(line);
    cleanUp();
  }
}

// bonding and dummy make a link of their own unless told not to.
ip('modprobe bonding max_bonds=0');
ip('modprobe dummy numdummies=0');
ip('modprobe mac80211_hwsim radios=1');
const KEPT = new Set(JSON.parse(ip('ip -j link')).map(({ ifname }) => ifname));

engine.listen(SOCKET);
const wanted = process.argv.slice(2);
for (const [lan, scenario] of Object.entries(scenarios())) {
  if (wanted.length > 0 && !wanted.includes(lan)) continue;
  const startedAt = Date.now();
  const seen = await play(scenario);
  // A line each, so that those before a fault are told whatever becomes of the rest.
  process.stdout.write(`${JSON.stringify({ lan, ...seen, tookMs: Date.now() - startedAt })}\n`);
}
engine.close();
