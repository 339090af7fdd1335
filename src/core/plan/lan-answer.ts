// Would the containers reach the LAN and be reached? Asked in their names, with MACs that nobody owns.
import { isAnswered } from '../../model/observation.js';
import type { PreflightAnswer } from '../../model/report.js';
import { findAll, tally } from '../derive/verdicts/reach.js';
import { resting, type Judged, type Told } from './judged.js';
import type { NetworkInPlace } from './questions.js';

export function lanAnswer(
  { children }: NetworkInPlace,
  { created, lan }: Told,
  { snapshot }: Judged,
): PreflightAnswer {
  const question = 'lan';
  const refused = created.filter(({ status }) => status === 'fail');
  if (refused.length > 0) {
    return { question, answer: 'no', because: 'There would be no such network.', checks: [] };
  }
  const found = lan.filter(({ status }) => status === 'fail');
  if (found.length > 0) return { question, answer: 'no', ...resting(found) };
  const answered = (['gateway-arp-child', 'split-child'] as const)
    .flatMap((probe) => findAll(snapshot.observations, probe, children))
    .filter((one) => isAnswered(one));
  const [first] = answered;
  if (first !== undefined) {
    const { rttMs = 0 } = tally(answered);
    const because = `${first.target} answered a MAC that nobody owns, as a container's would be, in ${rttMs.toFixed(1)} ms.`;
    return { question, answer: 'yes', because, checks: [] };
  }
  const open = lan.filter(({ status }) => status === 'undetermined');
  if (open.length > 0) return { question, answer: 'not-decided', ...resting(open) };
  const because =
    snapshot.probing.state === 'known'
      ? 'Nobody on the LAN could be asked in the name of its containers.'
      : `Nothing here speaks against it; the LAN was not asked: ${snapshot.probing.reason}.`;
  return { question, answer: 'not-decided', because, checks: [] };
}
