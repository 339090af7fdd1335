// What whoever makes a network anew should know before pasting: what is not carried over, and who gets another address.
import type { RuntimeNetwork } from '../../../model/runtime-network.js';
import type { Refusal } from '../../derive/engine-networks/refusals/rule.js';
import { isServed, type Member } from '../../derive/engine-networks/members.js';
import { listOf } from '../../derive/wording/victims.js';

interface About {
  readonly members: readonly Member[];
  /** Why the network cannot be put back as it was. */
  readonly back: Refusal | undefined;
}

export function recreateNotes(
  network: RuntimeNetwork,
  after: RuntimeNetwork,
  { members, back }: About,
): string[] {
  const asleep = members.filter(({ isRunning }) => !isRunning).map(({ name }) => name);
  const chosen = members.filter(
    ({ endpoint }) => endpoint.wantedIpv4 === undefined && endpoint.wantedIpv6 === undefined,
  );
  const lost = members.filter(({ endpoint: { wantedIpv4, wantedIpv6 } }) =>
    [wantedIpv4, wantedIpv6].some((ip) => ip !== undefined && !isServed(ip, after)),
  );
  return [
    notKnown(network, members.length),
    ...(lost.length === 0
      ? []
      : [
          `${names(lost)} asked for an address that is in no subnet of the new network, and will be given another one.`,
        ]),
    ...(chosen.length === 0
      ? []
      : [`The engine chooses the address of ${names(chosen)} anew; mostly it is the same.`]),
    ...(asleep.length === 0
      ? []
      : [
          `${listOf(asleep)} ${asleep.length === 1 ? 'does' : 'do'} not run, and would not start on the new network without being reconnected ("network … not found").`,
        ]),
    ...(back === undefined
      ? []
      : [`It cannot be put back as it was: the engine would refuse that ("${back.message}").`]),
  ];
}

/** Named, and not silently lost. */
function notKnown({ otherOptions = [] }: RuntimeNetwork, count: number): string {
  const options =
    otherOptions.length === 0 ? [] : [`the values of its options ${listOf(otherOptions)}`];
  const ofMembers =
    count === 0 ? [] : ['the aliases, links and fixed MACs that its containers have on it'];
  const things = ['labels', 'options of an IPAM driver', ...options, ...ofMembers];
  return `Not carried over, because they are not read: ${listOf(things)}.`;
}

function names(members: readonly Member[]): string {
  return listOf(members.map(({ name }) => name));
}
