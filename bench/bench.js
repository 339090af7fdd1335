// How fast and how small: ratios against a careful shell runbook and bare Node, in one run on one machine. Needs root, iproute2,
// iputils-ping and iputils-arping. Exits with 1 when a bound is missed.
import { bound, note, printBoard } from './board.js';
import { DOCTOR, withLan } from './lan.js';
import { median, mediansOf, peakOf, timeOf, timeOfLists } from './measure.js';

const TIMES = 5;
/** The runbook takes its second for every silent duplicate-address check; three rounds tell enough. */
const RUNBOOK_TIMES = 3;
/** The default probe window of `run`. */
const WINDOW_MS = 1000;
const AT_A_TIME = 8;

function within(netns) {
  return ['nsenter', `--net=/run/netns/${netns}`];
}

function runIn({ host }) {
  return [...within(host.netns), process.execPath, DOCTOR, 'run', '--json'];
}

const ping = (address) => ['ping', '-n', '-c', '1', '-W', '1', address];
const isFree = (link, address) => ['arping', '-D', '-c', '1', '-w', '1', '-I', link, address];

/** What a careful person does for one child: look at it, ping what it needs, see that its address is its own. */
function runbookOf(child, next, { host, router }) {
  const inChild = within(child.netns);
  const inHost = within(host.netns);
  return [
    ...['link', 'addr', 'route', 'neigh'].map((what) => [...inChild, 'ip', '-j', what]),
    [...inChild, ...ping(router.address)],
    [...inChild, ...ping(next.address)],
    [...inChild, ...isFree(child.link, child.address)],
    [...inHost, ...ping(child.address)],
    [...inHost, ...isFree(host.link, child.address)],
  ];
}

function runbooksOf(lan) {
  const { children } = lan;
  return children.map((child, at) => runbookOf(child, children[(at + 1) % children.length], lan));
}

async function repeated(times, measure) {
  const values = [];
  for (let round = 0; round < times; round += 1) values.push(await measure());
  return median(values);
}

const seconds = (ms) => `${(ms / 1000).toFixed(2)} s`;

/** `run` against the runbook on a healthy LAN of that size; returns the median of `run`. */
async function compare(size, factor) {
  return withLan(size, async (lan) => {
    const doctorMs = await repeated(TIMES, () => timeOf(runIn(lan)));
    const runbookMs = await repeated(RUNBOOK_TIMES, () => timeOfLists(runbooksOf(lan), AT_A_TIME));
    note(`run, ${size} healthy children`, seconds(doctorMs));
    note(`runbook, ${size} children, ${AT_A_TIME} at a time`, seconds(runbookMs));
    bound(`faster than the runbook at ${size}`, runbookMs / doctorMs, factor, { atLeast: true });
    return doctorMs;
  });
}

async function dead(size) {
  await withLan(size, async (lan) => {
    const healthyMs = await repeated(TIMES, () => timeOf(runIn(lan)));
    lan.killGateway();
    // A dead gateway is a finding: exit code 1.
    const deadMs = await repeated(TIMES, () => timeOf(runIn(lan), (code) => code === 1));
    note(`run, ${size} children, gateway gone`, seconds(deadMs));
    bound('gateway gone: longer than healthy', deadMs - healthyMs, WINDOW_MS, { unit: 'ms' });
  });
}

async function size(children) {
  await withLan(children, (lan) => {
    const peaks = Array.from({ length: 3 }, () =>
      peakOf(within(lan.host.netns), [DOCTOR, 'run', '--json']),
    );
    bound(`peak memory at ${children}`, median(peaks), 140, { unit: 'MB' });
  });
}

function startUp() {
  const node = [process.execPath];
  const [bareMs, versionMs, helpMs] = mediansOf(
    15,
    [...node, '-e', '0'],
    [...node, DOCTOR, '--version'],
    [...node, DOCTOR, '--help'],
  );
  note('node -e 0', `${bareMs.toFixed(0)} ms`);
  bound('--version against node -e 0', versionMs / bareMs, 2.5);
  bound('--help against node -e 0', helpMs / bareMs, 2.5);
}

startUp();
const small = await compare(50, 12);
const large = await compare(150, 30);
// Three times the children may cost at most three times the time, with a tenth for noise.
bound('time at 150 against 50 children', large / small, 3.3);
await dead(50);
await size(150);

printBoard();
