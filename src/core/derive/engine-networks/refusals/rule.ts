// What a rule of an engine looks at, and what it says.
import type { Link } from '../../../../model/link.js';
import type { Engine, RuntimeNetwork } from '../../../../model/runtime-network.js';

/** Which rule refused: stable, checks ask for some of them. */
export type RuleId =
  'parent-missing' | 'vlan-name' | 'parent-shared' | 'pool-overlap' | 'gateway-taken' | 'cidr';

/** Why an engine does not make a network. */
export interface Refusal {
  readonly rule: RuleId;
  /** As the engine says it. */
  readonly message: string;
  /** A whole sentence: why, and what goes instead. */
  readonly instead: string;
  /** The network that is in the way, where it is one. */
  readonly other?: RuntimeNetwork;
}

/** Where the network would be made: beside which others, on which links. */
export interface Ground {
  readonly engine: Engine;
  readonly others: readonly RuntimeNetwork[];
  readonly links: readonly Link[];
}

export type Rule = (network: RuntimeNetwork, ground: Ground) => Refusal | undefined;

/** The first number of a version; NaN, which is less than nothing, for what is none. */
export function majorOf({ serverVersion }: Engine): number {
  return Number.parseInt(serverVersion, 10);
}
