// Would the containers reach the LAN and be reached? Asked in their names, with MACs that nobody owns.
import { isAnswered } from '../../model/observation.js';
import type { PreflightAnswer } from '../../model/report.js';
import { ipv4Of } from '../derive/probing/probe-targets.js';
import { gatewayReach } from '../derive/verdicts/gateway-reach.js';
import { findAll, tally } from '../derive/verdicts/reach.js';
import { isRefused, NO_SUCH_NETWORK, resting, type Judged, type Told } from './judged.js';
import type { NetworkInPlace } from './questions.js';
import { couldBeAsked, whyNotAsked } from './why-not-asked.js';

export function lanAnswer(place: NetworkInPlace, told: Told, judged: Judged): PreflightAnswer {
  const question = 'lan';
  if (isRefused(told)) return { question, answer: 'no', because: NO_SUCH_NETWORK, checks: [] };
  const { lan } = told;
  const found = lan.filter(({ status }) => status === 'fail');
  if (found.length > 0) return { question, answer: 'no', ...resting(found) };
  const silent = silentGateway(place, judged);
  if (silent !== undefined) {
    const because = `Nobody answered for ${silent}, the gateway of its containers.`;
    return { question, answer: 'no', because, checks: [] };
  }
  // Whoever answered is a neighbour of those alone whose address is known.
  const numbered = place.children.filter((child) => ipv4Of(child).length > 0);
  const answered = (['gateway-arp-child', 'split-child'] as const)
    .flatMap((probe) => findAll(judged.snapshot.observations, probe, numbered))
    .filter((one) => isAnswered(one));
  const [first] = answered;
  if (first !== undefined) {
    const { rttMs = 0 } = tally(answered);
    const because = `${first.target} answered a MAC that nobody owns, as a container's would be, in ${rttMs.toFixed(1)} ms.`;
    return { question, answer: 'yes', because, checks: [] };
  }
  const open = lan.filter(({ status }) => status === 'undetermined');
  if (open.length > 0 && couldBeAsked(place, judged))
    return { question, answer: 'not-decided', ...resting(open) };
  const because = `Nothing here speaks against it; ${whyNotAsked(place, judged)}.`;
  return { question, answer: 'not-decided', because, checks: [] };
}

/** One that was asked in a container's name, and of which no check says why it is silent. */
function silentGateway({ children }: NetworkInPlace, { snapshot }: Judged): string | undefined {
  return children
    .flatMap((child) =>
      child.gateways.filter((gateway) => gatewayReach(child, gateway, snapshot) === 'silent'),
    )
    .at(0);
}
