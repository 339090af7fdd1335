// What probes would see on the LAN around a test's host: a sound LAN by macvlan's own rules, or whatever the test says.
import { contentOf } from '../../src/core/derive/topology/content.js';
import {
  MOST_FOLLOW_UPS,
  planFollowUps,
} from '../../src/core/derive/probing/follow-up/follow-up.js';
import { predict } from '../../src/core/derive/prediction/predict.js';
import type { Reason } from '../../src/core/derive/prediction/prediction.js';
import { stationsIn } from '../../src/core/derive/prediction/find-stations.js';
import { holds } from '../../src/core/derive/prediction/stations.js';
import { planProbes } from '../../src/core/derive/probing/probe-plan.js';
import { valueOf } from '../../src/model/fact.js';
import type { Neighbour } from '../../src/model/neighbour.js';
import {
  isAnswered,
  isSilent,
  type Observation,
  type ProbeId,
  type ProbeStep,
} from '../../src/model/observation.js';
import type { Expectation, Facts } from '../../src/model/snapshot.js';
import type { Child, Topology } from '../../src/model/topology.js';

/** Which planned steps: each part that is given must match. `child` is a name, a label or a subject name. */
export interface Where {
  readonly child?: string;
  readonly parent?: string;
  readonly target?: string;
  readonly from?: string;
  readonly to?: string;
}

export interface Lan {
  readonly reflects?: boolean;
}

interface Statement {
  readonly topology: Topology;
  readonly facts: Facts;
  readonly probe?: ProbeId;
  readonly where?: Where;
  readonly outcome?: 'answered' | 'silent' | 'failed';
  readonly error?: string;
  readonly lan?: Lan;
  /** What the run was told must work: some probes are planned for that alone. */
  readonly expectations?: readonly Expectation[];
}

/** As often as a real run repeats an unanswered request within its window. */
const TRIES = 4;
const LAN_MAC = '52:54:00:aa:00:01';

/** The planned steps that a statement is about, with what came of them. */
export function observe(statement: Statement): Observation[] {
  const { topology, facts, probe, where = {} } = statement;
  const planned = planProbes(topology, facts, statement.expectations);
  const steps = planned.filter(
    (step) => probe === undefined || (step.probe === probe && matches(step, where, topology)),
  );
  if (steps.length === 0 && probe !== undefined) {
    const known = planned.map((step) => `${step.probe} ${step.from} → ${step.to} ${step.target}`);
    throw new Error(
      `no planned step is ${probe} ${JSON.stringify(where)}; planned:\n${known.join('\n')}`,
    );
  }
  return steps.map((step) => outcomeOf(step, statement));
}

/** The rounds after the first, as far as a sound LAN gives cause: who met silence so far goes on to. */
export function askOn(
  statement: Pick<Statement, 'topology' | 'facts' | 'lan'> & {
    readonly expectations: readonly Expectation[];
  },
  first: readonly Observation[],
): Observation[] {
  let observations = [...first];
  for (let round = 0; round < MOST_FOLLOW_UPS; round += 1) {
    const steps = planFollowUps({ ...statement, observations });
    const answers = steps.map((step) =>
      outcomeOf(step, isDeaf(step, first) ? { ...statement, outcome: 'silent' } : statement),
    );
    observations = [...observations, ...answers];
  }
  return observations;
}

/** The same question was in vain before; or nobody has heard anything from there in this way, nor this one in any. */
function isDeaf(step: ProbeStep, first: readonly Observation[]): boolean {
  const there = first.filter(
    ({ target, parent }) => target === step.target && parent === step.parent,
  );
  const alike = there.filter(({ send }) => send.kind === step.send.kind);
  const same = alike.filter(({ probe, child }) => probe === step.probe && child === step.child);
  const own = there.filter(({ from, child }) => from === step.from && child === step.child);
  const ownAlike = alike.filter((one) => own.includes(one));
  const before = [same, ownAlike, alike, own].find(({ length }) => length > 0) ?? [];
  return before.length > 0 && before.every((one) => !isAnswered(one));
}

function matches(step: ProbeStep, where: Where, topology: Topology): boolean {
  const child = childOf(step, topology);
  const names = [
    child?.name,
    child?.label,
    ...(child?.netns.mounts.map((mount) => mount.split('/').at(-1)) ?? []),
  ];
  return (
    (where.child === undefined || names.includes(where.child)) &&
    (where.parent === undefined || step.parent === where.parent) &&
    (where.target === undefined || step.target === where.target) &&
    (where.from === undefined || step.from === where.from) &&
    (where.to === undefined || step.to === where.to)
  );
}

function outcomeOf(step: ProbeStep, statement: Statement): Observation {
  const { outcome, error, topology, facts, lan = {} } = statement;
  if (outcome === 'failed')
    return { ...step, sent: 0, replies: [], error: error ?? 'could not be sent' };
  const isHeard =
    outcome === undefined ? wouldAnswer(step, { topology, facts, lan }) : outcome === 'answered';
  if (!isHeard) return { ...step, sent: TRIES, replies: [] };
  const tcp = step.send.kind === 'tcp' ? { tcp: 'refused' as const } : {};
  const replies =
    step.send.kind === 'arp'
      ? answerersOf(step, topology).map((mac) => ({ rttMs: 0.4, mac }))
      : [{ rttMs: 0.4, ...tcp }];
  return { ...step, sent: 1, replies };
}

/** Each of our own links that answers for the address when the switch reflects; else somebody on the LAN. */
function answerersOf({ parent, target }: ProbeStep, topology: Topology): string[] {
  const own = stationsIn(topology)
    .filter((station) => station.parent.name === parent && holds(station, target))
    .map(({ mac }) => mac);
  return own.length > 0 ? own : [LAN_MAC];
}

/** What the model leaves to machines out on the LAN: a sound one answers, and its routers pass packets on. */
const LEFT_TO_OTHERS: ReadonlySet<Reason> = new Set<Reason>([
  'lan-decides',
  'router-decides',
  'returns-by-router',
  'settings-unknown',
  'target-decides',
]);

/** As the model has it, whose own proof is the table of what was measured; all else on the LAN is well. */
function wouldAnswer(
  step: ProbeStep,
  { topology, facts, lan = {} }: Pick<Statement, 'topology' | 'facts' | 'lan'>,
): boolean {
  const reflects = lan.reflects === true;
  if (step.send.kind === 'reflection') return reflects;
  const around = { topology, facts, reflects: reflects ? 'yes' : 'no' } as const;
  const { outcome, reason } = predict(step, around);
  return outcome === 'answer' || (outcome === 'either' && LEFT_TO_OTHERS.has(reason));
}

function childOf(step: ProbeStep, topology: Topology): Child | undefined {
  return topology.parents
    .flatMap(({ children }) => children)
    .find(({ name }) => name === step.child);
}

/** The tables as echo requests would leave them: REACHABLE where somebody answered, FAILED where nobody did. */
export function neighboursAfterOf(input: {
  readonly facts: Facts;
  readonly topology: Topology;
  readonly observations: readonly Observation[];
  readonly said: readonly { readonly inode: number; readonly neighbour: Neighbour }[];
}): Record<string, readonly Neighbour[]> {
  const tables = new Map<string, Map<string, Neighbour>>();
  const put = (inode: number, neighbour: Neighbour): void => {
    const table = tables.get(inode.toString()) ?? new Map<string, Neighbour>();
    tables.set(inode.toString(), table.set(`${neighbour.dev} ${neighbour.dst}`, neighbour));
  };
  for (const netns of valueOf(input.facts.namespaces) ?? []) {
    tables.set(netns.inode.toString(), new Map());
    for (const neighbour of contentOf(netns).neighbours) put(netns.inode, neighbour);
  }
  for (const observation of input.observations) {
    const child = childOf(observation, input.topology);
    if (
      child === undefined ||
      observation.send.kind !== 'icmp' ||
      observation.send.netns !== child.netns.inode
    )
      continue;
    const entry = { dst: observation.target, dev: child.link.ifname };
    if (isAnswered(observation))
      put(child.netns.inode, { ...entry, lladdr: LAN_MAC, state: ['REACHABLE'] });
    else if (isSilent(observation)) put(child.netns.inode, { ...entry, state: ['FAILED'] });
  }
  for (const { inode, neighbour } of input.said) put(inode, neighbour);
  return Object.fromEntries([...tables].map(([inode, table]) => [inode, [...table.values()]]));
}
