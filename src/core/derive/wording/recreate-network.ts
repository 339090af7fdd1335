// How a runtime network is made anew with another parent or mode: its engine changes neither on a living one.
import type { CheckContext } from '../../../model/check.js';
import { valueOf } from '../../../model/fact.js';
import type { IpamPool, RuntimeNetwork } from '../../../model/runtime-network.js';
import { shellWord } from '../../../model/text.js';

interface Change {
  readonly parent?: string;
  readonly mode?: string;
  readonly flavour?: 'docker' | 'podman';
  /** What becomes of each of its pools; default: they stay. */
  readonly pool?: (pool: IpamPool) => IpamPool;
}

/** One sentence with both commands whole, and what to change where a compose file made the network. */
export function recreateAdvice(network: RuntimeNetwork, change: Change): string {
  return `Network ${network.name}: ${recreateSteps(network, change)}`;
}

/**
 * The same, to go on after a colon. A stopped container that is still on the old network does not start on the new one:
 * it remembers the id ("network … not found").
 */
function recreateSteps(network: RuntimeNetwork, change: Change): string {
  const engine = change.flavour ?? 'docker';
  const options = ['-d', network.driver, ...optionsOf(network, change)];
  const create = [engine, 'network', 'create', ...options, ...operand(network.name)];
  const remove = [engine, 'network', 'rm', ...operand(network.name)];
  return `take its containers off it (stop and disconnect them, or remove them), then ${quoted(remove)} and ${quoted(create)}, then connect and start them, or make them, again. Where a compose file makes it: ${composeHint(change)}.`;
}

function quoted(words: readonly string[]): string {
  return `\`${words.map((word) => shellWord(word)).join(' ')}\``;
}

function composeHint({ parent, mode, pool }: Change): string {
  if (pool !== undefined) return 'the same under ipam.config';
  const entry = parent === undefined ? `macvlan_mode: ${mode ?? ''}` : `parent: ${parent}`;
  return `\`${entry}\` under driver_opts`;
}

/** A name that looks like an option must not be read as one. */
function operand(name: string): string[] {
  return name.startsWith('-') ? ['--', name] : [name];
}

/** Docker took one macvlan network per parent until 27.0 ("is already using parent interface"). */
const SHARES_PARENTS_SINCE = 27;

/** For the note of a fix inside a container: it is gone with the next start, unless the network is made anew. */
export function keepNote(
  network: RuntimeNetwork,
  wanted: string,
  change: Change & { readonly facts: CheckContext['facts'] },
): string {
  const flavour = valueOf(change.facts.runtime)?.engine.flavour ?? 'docker';
  return `This lasts until the container restarts. To keep it, make the network ${network.name} anew with ${wanted}: ${recreateSteps(network, { ...change, flavour })}`;
}

/** As {@link recreateAdvice} with another parent; where the engine would refuse that, what goes instead. */
export function moveAdvice(network: RuntimeNetwork, parent: string, context: CheckContext): string {
  const runtime = valueOf(context.facts.runtime);
  const flavour = runtime?.engine.flavour ?? 'docker';
  const version = runtime?.engine.serverVersion ?? '';
  const other = runtime?.networks.find(
    (one) => one.driver === 'macvlan' && one.parent === parent && one.id !== network.id,
  );
  const isOne = flavour === 'docker' && Number.parseInt(version, 10) < SHARES_PARENTS_SINCE;
  if (other === undefined || !isOne) return recreateAdvice(network, { parent, flavour });
  return `Docker ${version} takes one macvlan network per parent, and ${parent} has ${other.name}: put the containers of ${network.name} on ${other.name} instead, or update to Docker ${SHARES_PARENTS_SINCE.toString()}.`;
}

function optionsOf(network: RuntimeNetwork, change: Change): string[] {
  const { parent, mode, flavour } = change;
  const pool = change.pool ?? ((same: IpamPool): IpamPool => same);
  const pools = network.pools
    .map((one) => pool(one))
    .flatMap(({ subnet, gateway, ipRange, auxAddresses }) => [
      `--subnet=${subnet}`,
      ...(gateway === undefined ? [] : [`--gateway=${gateway}`]),
      ...(ipRange === undefined ? [] : [`--ip-range=${ipRange}`]),
      ...Object.entries(auxAddresses).map(([name, ip]) => `--aux-address=${name}=${ip}`),
    ]);
  const device = parent ?? network.parent;
  const wanted = mode ?? network.mode;
  return [
    ...(network.pools.some(({ subnet }) => subnet.includes(':')) ? ['--ipv6'] : []),
    ...pools,
    ...(network.isInternal ? ['--internal'] : []),
    ...(device === undefined ? [] : ['-o', `parent=${device}`]),
    ...(wanted === undefined
      ? []
      : ['-o', `${flavour === 'podman' ? 'mode' : 'macvlan_mode'}=${wanted}`]),
  ];
}
