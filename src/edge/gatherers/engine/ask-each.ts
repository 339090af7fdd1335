// What only each network and each container tells of itself, asked of an engine whose lists are known, within one budget.
import {
  CONTAINER_FIELDS,
  parseContainerAnswer,
} from '../../../core/parse/docker/container-answer.js';
import { NETWORK_FIELDS, parseNetworkAnswer } from '../../../core/parse/docker/network-answer.js';
import { type Fact, known, unknown } from '../../../model/fact.js';
import type { Projection } from '../../../model/projection.js';
import type { Runtime, RuntimeContainer, RuntimeNetwork } from '../../../model/runtime-network.js';
import type { Host } from '../../host/host.js';

/** What an engine told in lists. */
export type Listed = Omit<Runtime, 'gaps'>;

/** An engine at work tells of 50 containers in a tenth of this. */
const BUDGET_MS = 1500;
const MOST_AT_ONCE = 8;
const MOST_ASKED = 1000;
const LATE = `there was no time left (${String(BUDGET_MS)} ms for all)`;
/** What goes into a path of the API as it is, and stays one step of it. */
const ID = /^\w[\w.-]*$/;

/** The lists, with what their macvlan and ipvlan networks and the containers on them told, and what they did not. */
export async function askEach(host: Host, listed: Listed): Promise<Runtime> {
  const asker = { host, listed, untilMs: host.monotonicMs() + BUDGET_MS };
  const networks = await inquire(asker, {
    all: listed.networks,
    chosen: listed.networks.filter(isOurs),
    path: ({ id }) => `/networks/${id}`,
    fields: NETWORK_FIELDS,
    read: parseNetworkAnswer,
    gap: (count) => `which addresses ${count} ${count === 1 ? 'network holds' : 'networks hold'}`,
  });
  const ours = new Set(listed.networks.filter(isOurs).map(({ id }) => id));
  const containers = await inquire(asker, {
    all: listed.containers,
    chosen: listed.containers.filter((one) => isOn(one, ours)).toSorted(runningFirst),
    path: ({ id }) => `/containers/${id}/json`,
    fields: CONTAINER_FIELDS,
    read: (one, answer) => parseContainerAnswer(one, answer, listed.networks),
    gap: (count) =>
      `what ${count} ${count === 1 ? 'container publishes and asks' : 'containers publish and ask'} for names`,
  });
  const gaps = [...networks.gaps, ...containers.gaps];
  return {
    engine: listed.engine,
    networks: networks.all,
    containers: containers.all,
    ...(gaps.length > 0 && { gaps }),
  };
}

function isOurs({ driver, isConfigOnly }: RuntimeNetwork): boolean {
  return !isConfigOnly && (driver === 'macvlan' || driver === 'ipvlan');
}

function isOn({ endpoints }: RuntimeContainer, networkIds: ReadonlySet<string>): boolean {
  return endpoints.some(({ networkId }) => networkIds.has(networkId));
}

function runningFirst(a: RuntimeContainer, b: RuntimeContainer): number {
  return Number(b.state === 'running') - Number(a.state === 'running');
}

interface Asker {
  readonly host: Host;
  readonly listed: Listed;
  /** On the host's clock. */
  readonly untilMs: number;
}

type Named = Pick<RuntimeContainer | RuntimeNetwork, 'id'>;

interface Inquiry<T> {
  readonly all: readonly T[];
  readonly chosen: readonly T[];
  readonly path: (one: T) => string;
  readonly fields: Projection;
  /** Undefined where the answer is about something else. */
  readonly read: (one: T, answer: unknown) => T | undefined;
  /** What the engine did not tell of so many. */
  readonly gap: (count: number) => string;
}

interface Told<T> {
  /** Less those that have vanished. */
  readonly all: readonly T[];
  readonly gaps: readonly string[];
}

/** In order, a few at once. */
async function inquire<T extends Named>(asker: Asker, inquiry: Inquiry<T>): Promise<Told<T>> {
  const told = new Map<T, Fact<T>>();
  const waiting = inquiry.chosen.slice(0, MOST_ASKED);
  const work = async (): Promise<void> => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift())
      told.set(one, await askOne(asker, inquiry, one));
  };
  await Promise.all(Array.from({ length: MOST_AT_ONCE }, work));
  const tooMany = unknown('skipped', `only ${String(MOST_ASKED)} are asked`);
  for (const one of inquiry.chosen.slice(MOST_ASKED)) told.set(one, tooMany);
  const facts = [...told.values()];
  // An engine that knows none of those that it listed, or whatever stands before it, does not offer the question.
  const isOffered = facts.some(({ state }) => state === 'known');
  return {
    all: inquiry.all.flatMap((one) => afterwards(one, told.get(one), isOffered)),
    gaps: gapsIn(isOffered ? facts.filter(({ state }) => state !== 'absent') : facts, inquiry),
  };
}

async function askOne<T extends Named>(
  asker: Asker,
  { path, fields, read }: Inquiry<T>,
  one: T,
): Promise<Fact<T>> {
  const { host, listed, untilMs } = asker;
  const timeoutMs = untilMs - host.monotonicMs();
  if (timeoutMs <= 0) return unknown('skipped', LATE);
  if (!ID.test(one.id)) return unknown('failed', 'the id is none');
  const asked = path(one);
  const { endpoint } = listed.engine;
  const answer = await host.engine.getJson(endpoint, asked, fields, { timeoutMs, mayBeGone: true });
  if (answer.state !== 'known') return answer;
  const value = read(one, answer.value);
  return value === undefined
    ? unknown('failed', `${endpoint} answered ${asked} with something else`)
    : known(value);
}

/** The one as it told itself, or as it was listed; nothing where it has vanished. */
function afterwards<T>(one: T, told: Fact<T> | undefined, isOffered: boolean): readonly T[] {
  if (told?.state === 'absent' && isOffered) return [];
  return [told?.state === 'known' ? told.value : one];
}

/** One for each reason. */
function gapsIn<T>(told: readonly Fact<T>[], { gap }: Inquiry<T>): readonly string[] {
  const counts = new Map<string, number>();
  for (const fact of told) {
    if (fact.state === 'known') continue;
    const reason = fact.state === 'absent' ? 'it has no answer to that' : fact.reason;
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return [...counts].map(([reason, count]) => `the engine did not tell ${gap(count)}: ${reason}`);
}
