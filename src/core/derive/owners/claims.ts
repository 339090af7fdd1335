// Does a child answer ARP requests for an address that it has? All but one may keep silent about one that several have.
import { isAnswered, isSilent, type Observation } from '../../../model/observation.js';
import type { Evidence } from '../../../model/finding.js';
import type { Address } from '../../../model/address.js';
import type { Child } from '../../../model/topology.js';
import { contains, networkOf } from '../addressing/subnets.js';
import { find } from '../verdicts/reach.js';
import { listOf } from '../wording/victims.js';
import { holdingsOf } from './holders.js';
import type { Look } from './links-here.js';

/** `certain`: it answers, or would be out of reach. `open`: nobody could ask it. `none`: asked, it was silent. */
export type Claim = 'certain' | 'open' | 'none';

/** Whoever could hear the child asked for the address; what the kernel says of IPv6 needs no asking. */
export function claimOf(child: Child, ip: string, look: Pick<Look, 'observations'>): Claim {
  const asked = holderQuestions(child.parent, ip, look).filter(
    ({ from }) => from !== child.endpoint,
  );
  if (asked.some(({ replies }) => replies.some(({ mac }) => mac === child.mac))) return 'certain';
  if (asked.some((one) => isAnswered(one) || isSilent(one))) return 'none';
  return isSpare(child, ip) ? 'open' : 'certain';
}

export function isCertain({ claim }: { readonly claim: Claim }): boolean {
  return claim === 'certain';
}

export function mayAnswer(child: Child, ip: string, look: Pick<Look, 'observations'>): boolean {
  return claimOf(child, ip, look) !== 'none';
}

export function holderQuestions(
  parent: string,
  target: string,
  { observations }: Pick<Look, 'observations'>,
): Observation[] {
  return find(observations, { probe: 'holder-arp', parent, target });
}

/** Who answered a sibling for an address. */
export function heardEvidence(
  parent: string,
  ips: readonly string[],
  look: Pick<Look, 'observations'>,
): Evidence[] {
  const answered = ips
    .flatMap((ip) => holderQuestions(parent, ip, look))
    .filter((one) => isAnswered(one));
  return answered.map(({ from, target, replies }) => ({
    from: 'probe:holder-arp',
    says: `asked for by ${from}, ${target} was answered by ${listOf([...new Set(replies.flatMap(({ mac }) => mac ?? []))])}.`,
  }));
}

/**
 * One more than the child needs to be reached: a second one of its subnet, or one without any. About its only one it
 * could not keep silent and still take part.
 */
export function isSpare(child: Child, ip: string): boolean {
  const own = holdingsOf(child)
    .map(({ address }) => address)
    .filter(({ family }) => family === 'inet');
  const it = own.find(({ local }) => local === ip);
  if (it === undefined) return false;
  const others = own.filter((one) => one !== it);
  return others.some((other) => it.prefixlen === 32 || areNear(it, other));
}

function areNear(a: Address, b: Address): boolean {
  return (
    contains(networkOf(a.local, a.prefixlen), b.local) ||
    contains(networkOf(b.local, b.prefixlen), a.local)
  );
}
