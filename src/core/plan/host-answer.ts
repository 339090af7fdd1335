// What would the host see of the containers? The model of macvlan says so before any of them exists.
import type { PreflightAnswer } from '../../model/report.js';
import type { Child } from '../../model/topology.js';
import { predict } from '../derive/prediction/predict.js';
import type { Prediction } from '../derive/prediction/prediction.js';
import { ipv4Of } from '../derive/probing/probe-targets.js';
import { reflects } from '../derive/verdicts/reach.js';
import { isFound, isRefused, NO_SUCH_NETWORK, resting, type Judged, type Told } from './judged.js';
import type { NetworkInPlace } from './questions.js';

export function hostAnswer(
  { children, isIdle }: NetworkInPlace,
  told: Told,
  judged: Judged,
): PreflightAnswer {
  const question = 'host';
  if (isRefused(told)) return { question, answer: 'no', because: NO_SUCH_NETWORK, checks: [] };
  const found = told.host.filter((one) => isFound(one));
  if (found.length > 0) return { question, answer: 'no', ...resting(found) };
  const predictions = children
    .filter(({ netns }) => netns.isPlanned === true)
    .flatMap((child) => predictFor(child, judged));
  const [first] = predictions;
  if (isIdle) {
    return { question, answer: 'no', because: 'No container of it would start.', checks: [] };
  }
  if (first === undefined) {
    const because = 'No container of it has an address that is known yet.';
    return { question, answer: 'not-decided', because, checks: [] };
  }
  const silent = predictions.find(({ outcome }) => outcome === 'silence');
  if (silent !== undefined) {
    return { question, answer: 'no', because: silent.because, checks: [] };
  }
  const open = predictions.find(({ outcome }) => outcome === 'either');
  const answer = open === undefined ? 'yes' : 'not-decided';
  return { question, answer, because: (open ?? first).because, checks: [] };
}

/** The host's echo to the container, by whatever way its routes take. */
function predictFor(child: Child, { snapshot, topology }: Judged): Prediction[] {
  const parent = topology.parents.find(({ name }) => name === child.parent);
  const [target] = ipv4Of(child);
  if (parent === undefined || target === undefined) return [];
  const send = { kind: 'icmp', netns: topology.host.inode } as const;
  const asked = { probe: 'host-child-icmp', parent: parent.name, target, send } as const;
  return [
    predict(asked, { topology, facts: snapshot.facts, reflects: reflects(parent, snapshot) }),
  ];
}
