// A lab of the product's own, standing for the length of a test, and the doctor run in its host.
import { spawn, execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { namespacesOf } from '../../src/edge/lab/plan/plan.js';
import { raiseLab, type Lab } from '../../src/edge/lab/lab.js';
import type { Scenario } from '../../src/edge/lab/scenario.js';
import type { Report } from '../../src/model/report.js';

const BIN = fileURLToPath(new URL('../../bin/run.js', import.meta.url));

export interface LabChoice {
  readonly seed?: number;
  readonly children?: number;
}

/** Raises the lab, acts, and takes it down whatever happens. */
export async function withLab<T>(
  scenario: Scenario,
  choice: LabChoice,
  act: (lab: Lab) => Promise<T>,
): Promise<T> {
  const lab = await raiseLab({ scenario, ...choice, signal: new AbortController().signal });
  try {
    return await act(lab);
  } finally {
    await lab.takeDown();
  }
}

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface DoctorCall {
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** A program that takes something away and then becomes the doctor: `setpriv --bounding-set=-net_raw`. */
  readonly through?: readonly string[];
  /** Sent to the doctor itself so many milliseconds after it was started. */
  readonly kill?: { readonly signal: NodeJS.Signals; readonly afterMs: number };
}

/** The real program as a child process in a named namespace. */
export function doctorIn(netns: string, call: DoctorCall): Promise<Ended> {
  // `ip netns exec` replaces itself by the program, so that a signal to the child is a signal to the doctor.
  const settings = Object.entries(call.env ?? {}).map(([name, value]) => `${name}=${value}`);
  const doctor = ['/usr/bin/env', ...settings, process.execPath, BIN, ...call.args];
  const program = [...(call.through ?? []), ...doctor];
  const child = spawn('ip', ['netns', 'exec', netns, ...program]);
  const text = { stdout: '', stderr: '' };
  child.stdout.on('data', (data: Buffer) => (text.stdout += data.toString()));
  child.stderr.on('data', (data: Buffer) => (text.stderr += data.toString()));
  const { kill } = call;
  const timer =
    kill === undefined ? undefined : setTimeout(() => child.kill(kill.signal), kill.afterMs);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ code, signal, ...text });
    });
  });
}

export async function reportIn(netns: string, ...flags: readonly string[]): Promise<Report> {
  const { stdout, stderr } = await doctorIn(netns, { args: ['run', '--json', ...flags] });
  try {
    return JSON.parse(stdout) as Report;
  } catch {
    throw new Error(`no report: ${stderr}${stdout}`);
  }
}

interface IpLink {
  readonly ifname: string;
  readonly linkinfo?: {
    readonly info_kind?: string;
    readonly info_data?: { readonly mode?: string };
  };
}

function ip(netns: string, ...args: readonly string[]): unknown {
  return JSON.parse(execFileSync('ip', ['-n', netns, '-d', '-j', ...args], { encoding: 'utf8' }));
}

/** Everything of a link that somebody can configure; the switch's own timers and states run by themselves. */
function settingsOf(link: IpLink & Readonly<Record<string, unknown>>): unknown {
  const { ifname, linkinfo } = link;
  const names = ['flags', 'mtu', 'address', 'promiscuity', 'allmulti', 'master', 'link', 'txqlen'];
  return {
    ifname,
    kind: linkinfo?.info_kind,
    mode: linkinfo?.info_data?.mode,
    ...Object.fromEntries(names.map((name) => [name, link[name]])),
  };
}

const COUNTING_DOWN = new Set(['expires', 'valid_life_time', 'preferred_life_time']);

function withoutLifetimes(entries: unknown): unknown {
  return JSON.parse(
    JSON.stringify(entries, (key, value: unknown) => (COUNTING_DOWN.has(key) ? undefined : value)),
  );
}

const ROUTES = ['route', 'show', 'table', 'all'];

/** Links with promiscuity, addresses, routes and rules of all the lab's namespaces, as `ip` tells them. */
export function configurationOf(lab: Lab): unknown {
  return namespacesOf(lab.plan).map((netns) => ({
    netns,
    links: (ip(netns, 'link') as (IpLink & Record<string, unknown>)[]).map((link) =>
      settingsOf(link),
    ),
    addresses: (ip(netns, 'addr') as { ifname: string; addr_info: unknown }[]).map(
      ({ ifname, addr_info: info }) => ({ ifname, info: withoutLifetimes(info) }),
    ),
    routes: ['-4', '-6'].map((family) => withoutLifetimes(ip(netns, family, ...ROUTES))),
    rules: ['-4', '-6'].map((family) => ip(netns, family, 'rule')),
  }));
}
