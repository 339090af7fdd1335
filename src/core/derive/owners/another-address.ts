// How a container gets another address, or another MAC: its engine's own commands, whole.
import type { CheckContext } from '../../../model/check.js';
import { valueOf } from '../../../model/fact.js';
import { shellWord } from '../../../model/text.js';
import type { Child } from '../../../model/topology.js';
import { provenFreeAddresses } from '../addressing/free-address.js';
import { contains, isIpv4 } from '../addressing/subnets.js';

/** Undefined for a child that no engine made: there the address itself can be changed. */
export function anotherAddress(
  child: Child,
  ip: string,
  context: CheckContext,
): string | undefined {
  const { container, network } = child;
  if (container === undefined) return undefined;
  const engine = flavourOf(context);
  const keep = "a compose file has `ipv4_address` under the service's network";
  const parent = context.topology.parents.find(({ name }) => name === child.parent);
  const subnets = network?.pools.map(({ subnet }) => subnet) ?? [];
  const free =
    parent === undefined || !isIpv4(ip)
      ? undefined
      : provenFreeAddresses(context, parent)
          .slice(1)
          .findLast((candidate) => subnets.some((subnet) => contains(subnet, candidate)));
  if (network === undefined || free === undefined) {
    return `To give ${container.name} another address, make it anew with --ip and one that is free; ${keep}.`;
  }
  const commands = [
    [engine, 'network', 'disconnect', network.name, container.name],
    [engine, 'network', 'connect', '--ip', free, network.name, container.name],
  ].map((words) => `\`${words.map((word) => shellWord(word)).join(' ')}\``);
  return `To give ${container.name} another address: ${commands.join(', then ')} (${free} is nobody's that is known, and nobody answered for it; its connections break). So that it stays: ${keep}.`;
}

/** How the MAC of a child is set by whoever made it. */
export function anotherMac({ container, label }: Child): string | undefined {
  return container === undefined
    ? undefined
    : `Make ${label} anew without --mac-address (\`mac_address\` in a compose file), or with one that nobody else has.`;
}

export function flavourOf({ facts }: CheckContext): 'docker' | 'podman' {
  return valueOf(facts.runtime)?.engine.flavour ?? 'docker';
}

/** How the other owner is found when all that is known of it is its MAC. */
export function findByMac(macs: readonly string[]): string {
  const list = macs.join(', ');
  return `To find the device with ${list}: the client list of the router or access point, or the MAC table of a managed switch; the first three bytes tell its maker.`;
}
