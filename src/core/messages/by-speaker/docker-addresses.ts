// What Docker says of subnets, ranges and addresses.
import type { KnownMessage } from '../../../model/manual.js';
import { DEFAULT_ROUTE, NETWORKS, onlyChecks } from '../commands.js';

export const dockerAddresses: readonly KnownMessage[] = [
  {
    wordings: ['Pool overlaps with other one on this address space'],
    saidBy: 'Docker',
    means:
      'Another network of this engine has the same subnet, or one that overlaps with it, and the new one was given no `--ip-range` of its own.',
    about: ['pool-overlap'],
    next: [onlyChecks('pool-overlap'), NETWORKS],
    vain: 'a subnet that the LAN does not have: its containers find no gateway; `--ipam-driver null`',
  },
  {
    wordings: ['failed to allocate gateway ({gateway}): Address already in use'],
    saidBy: 'Docker',
    means:
      'Docker keeps the gateway {gateway} for this network, and another network of this engine, or an `--aux-address`, has it already. Nobody asked the LAN.',
    about: ['ipam-address-taken'],
    next: [NETWORKS],
    vain: 'emptying ARP tables; looking for the address on the LAN',
  },
  {
    wordings: ['Address already in use'],
    saidBy: 'Docker',
    means:
      'If Docker says it of an address of a container: its own books have that address as given away, to another container, to one that is gone, to the gateway or to an `--aux-address`. Nobody asked the LAN.',
    about: ['ipam-address-taken'],
    next: [NETWORKS],
    vain: 'emptying ARP tables; looking for the address on the LAN',
  },
  {
    wordings: ['no configured subnet contains IP address {address}'],
    saidBy: 'Docker',
    means: 'The address {address} lies in none of the subnets of the network.',
    about: ['ipam-address-taken'],
    next: [NETWORKS],
    vain: 'a route to it',
  },
  {
    wordings: ['bind: address already in use', 'bind: cannot assign requested address'],
    saidBy: 'Docker',
    means:
      'A program listens on that port of the host already, or the address to listen on is none of the host. That has nothing to do with macvlan, where a container has an address of its own and publishes no port.',
    about: ['port-taken'],
    next: [['ss', '-lntup']],
    vain: 'another address for the container',
  },
  {
    wordings: [
      'no available addresses on this pool',
      "no available IPv4 addresses on this network's address pools",
    ],
    saidBy: 'Docker',
    means:
      'All addresses that the network may hand out are given away; the gateway and each `--aux-address` count.',
    about: ['ip-range-exhausted'],
    next: [onlyChecks('ip-range-exhausted'), NETWORKS],
    vain: 'restarting the engine',
  },
  {
    wordings: [
      "invalid gateway {gateway}: parent subnet {subnet} doesn't contain this address",
      'invalid gateway {gateway}: parent subnet {subnet} does not contain this address',
    ],
    saidBy: 'Docker',
    means: 'The gateway {gateway} is not within {subnet}: one of the two is mistyped.',
    about: ['gateway-outside-subnet'],
    next: [DEFAULT_ROUTE],
    vain: 'a static route in each container',
  },
  {
    wordings: ['no matching subnet for gateway {gateway}', 'no matching subnet for gateway'],
    saidBy: 'Docker',
    means:
      'The gateway lies in none of the subnets that were given, or there are more gateways than subnets.',
    about: ['gateway-outside-subnet'],
    next: [DEFAULT_ROUTE],
    vain: 'a static route in each container',
  },
  {
    wordings: [
      'invalid subnet {given}: it should be {right}',
      'invalid ip-range {given}: it should be {right}',
    ],
    saidBy: 'Docker',
    means: '{given} is an address within a block, and Docker wants the block itself: {right}.',
    about: ['cidr-host-bits'],
    next: [onlyChecks('cidr-host-bits')],
    vain: 'a range of /32 for several containers',
  },
  {
    wordings: ['auxiliary address: ({name}:{address}) must belong to the master pool'],
    saidBy: 'Docker',
    means: 'The `--aux-address` {name} is {address}, which is in no subnet of the network.',
    about: ['cidr-host-bits'],
    next: [onlyChecks('cidr-host-bits'), NETWORKS],
    vain: 'another name for it',
  },
  {
    wordings: ['driver does not support port mappings'],
    saidBy: 'Docker',
    means:
      'A warning in the log of the daemon: ports that were published with `-p` are not, since a container on macvlan has an address of its own and all its ports are open there.',
    about: ['published-ports-ignored'],
    next: [
      onlyChecks('published-ports-ignored'),
      ['docker', 'ps', '--format', '{{.Names}}: {{.Ports}}'],
    ],
    vain: '`--publish-all`; forwarding rules on the host towards the container',
  },
  {
    wordings: [
      'failed to advertise addresses: {reason*}: sendmsg: network is unreachable',
      'failed to advertise addresses',
    ],
    saidBy: 'Docker',
    means:
      'Docker 28.0.0 and 28.0.1 do not start a container that cannot announce its address, and while its parent has no carrier it cannot.',
    about: ['docker28-parent-down', 'parent-down', 'parent-no-carrier'],
    next: [onlyChecks('parent-down', 'parent-no-carrier')],
    vain: 'a carrier that is only pretended',
  },
  {
    wordings: [
      'configuration network {network} does not exist',
      'cannot create a swarm scoped network when swarm is not active',
      'Cannot create a multi-host network from a worker node',
      'network driver options are not supported if the network depends on a configuration network',
      'cannot create endpoint on configuration-only network',
    ],
    saidBy: 'Docker',
    means:
      'A macvlan network for Swarm is two objects: one with `--config-only` on each node, and one with `--config-from` and `--scope swarm`, made on a manager.',
    about: ['swarm-config-only'],
    next: [
      ['docker', 'node', 'ls'],
      ['docker', 'network', 'ls', '--filter', 'driver=null'],
    ],
    vain: 'subnet and parent as options of the network with `--scope swarm`: they are put aside without a word',
  },
];
