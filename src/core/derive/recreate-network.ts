// How a runtime network is made anew with another parent or mode: its engine changes neither on a living one.
import type { CheckContext } from '../../model/check.js';
import { valueOf } from '../../model/fact.js';
import type { RuntimeNetwork } from '../../model/runtime-network.js';
import { shellWord } from '../../model/text.js';

interface Change {
  readonly parent?: string;
  readonly mode?: string;
  readonly flavour?: 'docker' | 'podman';
}

/** One sentence with both commands whole, and what to change where a compose file made the network. */
export function recreateAdvice(network: RuntimeNetwork, change: Change): string {
  const engine = change.flavour ?? 'docker';
  const key = change.parent === undefined ? 'macvlan_mode' : 'parent';
  const value = change.parent ?? change.mode ?? '';
  const create = [
    engine,
    'network',
    'create',
    '-d',
    network.driver,
    ...optionsOf(network, change),
    ...operand(network.name),
  ];
  const remove = [engine, 'network', 'rm', ...operand(network.name)];
  return [
    `Network ${network.name}: stop its containers, then \`${remove.map((word) => shellWord(word)).join(' ')}\` and`,
    `\`${create.map((word) => shellWord(word)).join(' ')}\`,`,
    `then start them again. Where a compose file makes it: \`${key}: ${value}\` under driver_opts.`,
  ].join(' ');
}

/** A name that looks like an option must not be read as one. */
function operand(name: string): string[] {
  return name.startsWith('-') ? ['--', name] : [name];
}

/** Docker took one macvlan network per parent until 27.0 ("is already using parent interface"). */
const SHARES_PARENTS_SINCE = 27;

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

function optionsOf(network: RuntimeNetwork, { parent, mode, flavour }: Change): string[] {
  const pools = network.pools.flatMap(({ subnet, gateway, ipRange, auxAddresses }) => [
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
