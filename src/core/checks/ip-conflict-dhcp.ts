// The container engine and the LAN's DHCP server hand out addresses of one subnet, and neither knows of the other.
import { defineCheck, type CheckContext } from '../../model/check.js';
import { valueOf } from '../../model/fact.js';
import type { Address } from '../../model/address.js';
import type { IpamPool, RuntimeNetwork } from '../../model/runtime-network.js';
import type { Parent } from '../../model/topology.js';
import { chosenByEngine, freeEighth, leaseIn, type Chosen } from '../derive/addressing/dhcp-lan.js';
import { membersOf } from '../derive/engine-networks/members.js';
import { flavourOf } from '../derive/owners/another-address.js';
import { macvlanNetworksOn } from '../derive/topology/parents.js';
import recreateNetwork from '../fixes/recreate-network.js';
import { networkSubject } from '../derive/wording/subjects.js';
import { listOf, parentSubject } from '../derive/wording/victims.js';

interface Data {
  readonly network: string;
  readonly subnet: string;
  readonly containers: readonly string[];
  readonly engine: string;
}

export default defineCheck({
  meta: {
    id: 'ip-conflict-dhcp',
    category: 'address',
    severity: 'warn',
    title: {
      pass: 'No engine hands out addresses that a DHCP server may hand out too',
      found: 'The engine hands out addresses that the DHCP server may hand out too',
    },
    needs: ['runtime', 'namespaces'],
    dependsOn: ['network-refused', 'parent-missing', 'subnet-mismatch'],
    docs: {
      explain: `A macvlan network puts containers on the LAN, but its addresses come from the engine's own list: it asks no DHCP server, and by default nobody on the wire. Without an ip-range it takes the lowest addresses of the whole subnet, which is where the DHCP server of most routers begins as well. Sooner or later both give the same address away: a container works for an hour, a telephone loses its network, and the trouble comes and goes with leases.

Reported where a network without an ip-range covers the subnet in which this host itself got its address by DHCP, and the engine has chosen an address in it, or no container is on it yet. Containers with an address of their own (--ip, ipv4_address) are taken to be agreed upon with the router. Whether an ip-range lies inside the DHCP server's pool cannot be seen from here. An address that is already in use twice is the check duplicate-ip.

What does not help: a reservation on the router for the MAC of the container, which asks no DHCP server and has another MAC after each start; or "dhcp: true" in the container. Give the engine a part of the subnet with --ip-range, and take that part out of the DHCP server's pool.`,
      references: ['docker network create --ip-range', 'RFC 2131'],
    },
  },
  messages: {
    'no-range': ({ network, subnet, containers, engine }: Data) => ({
      what: `Network ${network} hands out all of ${subnet}, and so does the DHCP server from which this host has its address.`,
      why: `${listOf(containers)} got an address from ${engine}, which does not know what the DHCP server gave to others, nor the other way round.`,
      todo: 'Give the network an ip-range, and take that range out of the DHCP pool of the router.',
    }),
    'nobody-yet': ({ network, subnet, engine }: Data) => ({
      what: `Network ${network} will hand out all of ${subnet}, and so does the DHCP server from which this host has its address.`,
      why: `No container is on it yet. The first will get an address from ${engine}, which does not know what the DHCP server gave to others.`,
      todo: 'Give the network an ip-range before that, and take that range out of the DHCP pool of the router.',
    }),
  },
  evaluate(_facts, context) {
    const networks = context.topology.parents.flatMap((parent) =>
      macvlanNetworksOn(parent)
        .filter(({ isConfigOnly }) => !isConfigOnly)
        .map((network) => ({ parent, network })),
    );
    if (networks.length === 0) return { notApplicable: 'no macvlan network of an engine here' };
    const open = networks.flatMap(({ parent, network }) =>
      network.pools.flatMap((pool) => {
        const lease = leaseIn(pool, parent);
        const chosen = lease === undefined ? [] : chosenByEngine(network, pool, context.facts);
        return lease === undefined ? [] : [{ parent, network, pool, lease, chosen }];
      }),
    );
    // Podman does not tell who asked for an address.
    if (flavourOf(context) === 'podman') {
      return {
        findings: [],
        undetermined: open
          .filter(({ chosen }) => chosen.length > 0)
          .map(({ network, parent }) => ({
            subject: networkSubject(network),
            within: [parentSubject(parent.name)],
            reason: `${network.name} has no ip-range in a subnet with a DHCP server; whether its addresses were chosen by hand, Podman does not tell`,
          })),
      };
    }
    const found = open
      .map((one) => ({ ...one, chosen: one.chosen.filter(({ isWanted }) => !isWanted) }))
      .filter(({ network, chosen }) => chosen.length > 0 || isEmpty(network, context));
    return { findings: found.map((one) => report(one, context)) };
  },
});

interface Found {
  readonly parent: Parent;
  readonly network: RuntimeNetwork;
  readonly pool: IpamPool;
  readonly lease: Address;
  readonly chosen: readonly Chosen[];
}

function gotOf(chosen: readonly Chosen[]): string {
  if (chosen.length === 0) return 'no container is on it yet';
  return `${listOf(chosen.map(({ name, ip }) => `${name} got ${ip}`))} without asking for it`;
}

function isEmpty(network: RuntimeNetwork, { facts }: CheckContext): boolean {
  const runtime = valueOf(facts.runtime);
  return runtime !== undefined && membersOf(network, runtime).length === 0;
}

function report({ parent, network, pool, lease, chosen }: Found, context: CheckContext) {
  const range = freeEighth(pool, context);
  const withRange = (one: IpamPool, ipRange: string): IpamPool =>
    one.subnet === pool.subnet ? { ...one, ipRange } : one;
  return {
    code: chosen.length > 0 ? ('no-range' as const) : ('nobody-yet' as const),
    subject: networkSubject(network),
    within: [parentSubject(parent.name)],
    data: {
      network: network.name,
      subnet: pool.subnet,
      containers: chosen.map(({ name }) => name),
      engine: flavourOf(context),
    },
    evidence: [
      {
        from: 'addresses',
        says: `${lease.local}/${lease.prefixlen.toString()} on ${lease.ifname} has a lifetime: a DHCP server gave it.`,
      },
      {
        from: 'runtime',
        says: `network ${network.name} has the subnet ${pool.subnet} and no ip-range; ${gotOf(chosen)}.`,
      },
    ],
    remedies:
      range === undefined
        ? []
        : [
            recreateNetwork.request({
              network,
              change: { pool: (one) => withRange(one, range) },
            }),
          ],
    advice: [
      ...(range === undefined
        ? []
        : [
            `Take ${range} out of the DHCP pool of the router first; if another part is free there, name that one instead.`,
          ]),
      'Or give each container an address of its own outside the DHCP pool (--ip, `ipv4_address` in a compose file).',
    ],
  };
}
