// How a runtime network is made anew with another parent or mode: its engine changes neither on a living one.
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
  const name = shellWord(network.name);
  const key = change.parent === undefined ? 'macvlan_mode' : 'parent';
  const value = change.parent ?? change.mode ?? '';
  const create = [
    engine,
    'network',
    'create',
    '-d',
    network.driver,
    ...optionsOf(network, change),
    network.name,
  ];
  return [
    `Network ${network.name}: stop its containers, then \`${engine} network rm ${name}\` and`,
    `\`${create.map((word) => shellWord(word)).join(' ')}\`,`,
    `then start them again. Where a compose file makes it: \`${key}: ${value}\` under driver_opts.`,
  ].join(' ');
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
