// Would the network, or a container on it, want what somebody has already? Denied only where the LAN was asked.
import { isSilent } from '../../model/observation.js';
import type { PreflightAnswer } from '../../model/report.js';
import { ipv4Of } from '../derive/probing/probe-targets.js';
import { find } from '../derive/verdicts/reach.js';
import { isFound, isRefused, NO_SUCH_NETWORK, resting, type Judged, type Told } from './judged.js';
import type { NetworkInPlace } from './questions.js';
import { couldBeAsked, whyNotAsked } from './why-not-asked.js';

const question = 'collides';

export function collidesAnswer(place: NetworkInPlace, told: Told, judged: Judged): PreflightAnswer {
  const { collides } = told;
  const found = collides.filter((one) => isFound(one));
  if (found.length > 0) return { question, answer: 'yes', ...resting(found) };
  if (isRefused(told)) return open(`${NO_SUCH_NETWORK} Nothing was asked for it.`);
  const undecided = collides.filter(({ status }) => status === 'undetermined');
  if (undecided.length > 0 && couldBeAsked(place, judged))
    return { question, answer: 'not-decided', ...resting(undecided) };
  const { asked, left } = askedFor(place, judged);
  if (asked.length === 0 || left.length > 0) {
    return open(`Nobody on this host has its addresses; ${whyNotAsked(place, judged)}.`);
  }
  const because = 'Nobody on this host and nobody who answered on the LAN has its addresses.';
  return { question, answer: 'no', because, checks: [] };
}

function open(because: string): PreflightAnswer {
  return { question, answer: 'not-decided', because, checks: [] };
}

/** Addresses of its containers that the LAN was asked for and kept silent about, and those that are left. */
function askedFor(
  { children }: NetworkInPlace,
  { snapshot: { observations } }: Judged,
): { readonly asked: readonly string[]; readonly left: readonly string[] } {
  const all = children.flatMap((child) =>
    ipv4Of(child).map((target) => ({
      target,
      isAsked: find(observations, { probe: 'host-child-arp', child: child.name, target }).some(
        (one) => isSilent(one),
      ),
    })),
  );
  const those = (wanted: boolean): string[] =>
    all.filter(({ isAsked }) => isAsked === wanted).map(({ target }) => target);
  return { asked: those(true), left: those(false) };
}
