// The five answers about each planned network, from what the checks found, what the LAN answered, and what the model says.
import { valueOf } from '../../model/fact.js';
import type { Plan, PlannedNetwork } from '../../model/plan.js';
import type { CheckResult, Preflight, PreflightAnswer, Question } from '../../model/report.js';
import type { Snapshot } from '../../model/snapshot.js';
import { collidesAnswer } from './collides-answer.js';
import { hostAnswer } from './host-answer.js';
import { lanAnswer } from './lan-answer.js';
import { resting, type Judged, type Told } from './judged.js';
import { siblingsAnswer } from './siblings-answer.js';
import { isAbout, networkInPlace, questionOf, type NetworkInPlace } from './questions.js';

export function verdictsOn(plan: Plan, judged: Judged): Preflight {
  return {
    reader: plan.reader,
    networks: plan.networks
      .filter((one) => isMacvlan(one, judged))
      .map((network) => {
        const parent = network.options['parent'];
        const mode = network.options['macvlan_mode'];
        return {
          name: network.name,
          driver: network.driver,
          ...(parent !== undefined && { parent }),
          ...(mode !== undefined && { mode }),
          subnets: network.pools.flatMap(({ subnet }) => subnet ?? []),
          isExternal: network.isExternal,
          answers: answersOn(network, plan, judged),
        };
      }),
  };
}

/** A bridge that is made along with it has nothing to do with the LAN; of an external one the engine knows the driver. */
function isMacvlan({ name, driver, isExternal }: PlannedNetwork, { snapshot }: Judged): boolean {
  if (!isExternal) return driver === 'macvlan';
  const there = valueOf(snapshot.facts.runtime)?.networks.find((one) => one.name === name);
  return there === undefined || there.driver === 'macvlan';
}

function answersOn(network: PlannedNetwork, plan: Plan, judged: Judged): PreflightAnswer[] {
  const about = { name: network.name, parent: parentOf(network, judged) };
  const place = networkInPlace(about, plan, judged);
  const told = toldOf(place, judged.results);
  return [
    createdAnswer(network, told, judged),
    collidesAnswer(place, told, judged),
    lanAnswer(place, told, judged),
    siblingsAnswer(place, told, judged),
    hostAnswer(place, told, judged),
  ];
}

/** Of one that exists, the engine knows it. */
function parentOf({ name, options }: PlannedNetwork, { snapshot }: Judged): string | undefined {
  const networks = valueOf(snapshot.facts.runtime)?.networks ?? [];
  return options['parent'] ?? networks.find((one) => one.name === name)?.parent;
}

function toldOf(place: NetworkInPlace, results: readonly CheckResult[]): Told {
  const about = results.filter((result) => isAbout(result, place));
  const of = (question: Question): CheckResult[] =>
    about.filter((result) => questionOf(result) === question);
  return {
    created: of('created'),
    collides: of('collides'),
    lan: of('lan'),
    siblings: of('siblings'),
    host: of('host'),
  };
}

function createdAnswer(
  { isExternal, options }: PlannedNetwork,
  { created }: Told,
  { snapshot }: Judged,
): PreflightAnswer {
  const refused = created.filter(({ status }) => status === 'fail');
  if (refused.length > 0) return { question: 'created', answer: 'no', ...resting(refused) };
  const open = created.filter(({ status }) => status === 'undetermined');
  if (open.length > 0) return { question: 'created', answer: 'not-decided', ...resting(open) };
  if (!isExternal && (options['parent'] ?? '') === '') {
    return { question: 'created', answer: 'not-decided', because: NO_PARENT, checks: [] };
  }
  const because = isExternal
    ? 'It is there already.'
    : `By the rules of ${engineName(snapshot)} nothing speaks against it.`;
  return { question: 'created', answer: 'yes', because, checks: [] };
}

/** drivers/macvlan of moby; the kernel says "operation not supported" where it has no dummy links. */
const NO_PARENT =
  'It names no parent: the engine makes a dummy link for one, which leads nowhere, and only where the kernel has such links.';

function engineName({ facts }: Snapshot): string {
  const engine = valueOf(facts.runtime)?.engine;
  const version = engine?.serverVersion ?? '';
  if (version === '') return 'Docker';
  return `${engine?.flavour === 'podman' ? 'Podman' : 'Docker'} ${version}`;
}
