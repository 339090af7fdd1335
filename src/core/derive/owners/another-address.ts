// How a child gets another address, or a container another MAC: by a command each, or by its engine's own, whole.
import type { CheckContext } from '../../../model/check.js';
import { valueOf } from '../../../model/fact.js';
import { shellWord } from '../../../model/text.js';
import type { Child } from '../../../model/topology.js';
import { provenFreeAddresses } from '../addressing/free-address.js';
import { contains, isIpv4, networkOf } from '../addressing/subnets.js';
import { enterArgv } from '../topology/enter.js';

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
  if (child.netns.isPlanned === true) {
    const one =
      free === undefined
        ? 'one that is free'
        : `${free}, which is nobody's that is known, and nobody answered for it`;
    return `Give ${container.name} another address in the plan (--ip, or \`ipv4_address\` in a Compose file): ${one}.`;
  }
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

/** A child whose address is to be changed, if somebody wants to run the command. */
export interface Move {
  readonly child: string;
  readonly address: string;
  /** The subnet that the address is in. */
  readonly subnet: string;
}

/** Those that no engine made and that a command gets into: for the others their engine has to be asked. */
export function movesOf(children: readonly Child[], ip: string): Move[] {
  return children.flatMap((child) => {
    const own = child.addresses.find(({ local }) => local === ip);
    const isPlain = child.container === undefined && enterArgv(child) !== undefined;
    if (!isPlain || own?.family !== 'inet') return [];
    return [{ child: child.name, address: ip, subnet: networkOf(ip, own.prefixlen) }];
  });
}

/** The first of them keeps the address, unless somebody does whom no command moves. */
export function allButOne(children: readonly Child[], others: number, ip: string): Move[] {
  const moves = movesOf(children, ip);
  return moves.length === children.length + others ? moves.slice(1) : moves.slice(-1);
}

/** Each with the number of those before it that want a free address of the same subnet. */
export function inTurn(moves: readonly Move[]): (Move & { readonly turn: number })[] {
  return moves.map((move, at) => {
    const before = moves.slice(0, at).filter(({ subnet }) => contains(subnet, move.address));
    return { ...move, turn: before.length };
  });
}
