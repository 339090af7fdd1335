// A network that has no address left to hand out.
import { defineCheck, type CheckContext } from '../../model/check.js';
import { valueOf } from '../../model/fact.js';
import { HOST } from '../../model/finding.js';
import type { IpamPool, RuntimeNetwork } from '../../model/runtime-network.js';
import { covers, networkOf, overlaps, parseCidr } from '../derive/addressing/subnets.js';
import { membersOf } from '../derive/engine-networks/members.js';
import { handedOut } from '../derive/engine-networks/handouts.js';
import { macvlanNetworks, NO_NETWORKS } from '../derive/engine-networks/networks.js';
import { roomLeft, type RoomLeft } from '../derive/engine-networks/room-left.js';
import { networkSubject } from '../derive/wording/subjects.js';
import { listOf } from '../derive/wording/victims.js';
import recreateNetwork from '../fixes/recreate-network.js';

interface Data {
  readonly network: string;
  readonly range: string;
  readonly size: number;
  readonly waiting: readonly string[];
}

export default defineCheck({
  meta: {
    id: 'ip-range-exhausted',
    category: 'runtime',
    severity: 'fail',
    title: {
      pass: 'Every network has an address for whoever starts next',
      found: 'A network has no address left to hand out',
    },
    needs: ['runtime', 'namespaces'],
    dependsOn: ['network-refused', 'desktop-vm', 'rootless-namespace'],
    docs: {
      explain: `An engine hands out the addresses of the ip-range, or of the subnet where there is none. The gateway, the aux-addresses, the address of a shim that is reserved there, and in Docker also the containers of other networks with the same subnet count against it. When all are taken, the next container fails with "no available IPv4 addresses on this network's address pools", Podman says "could not find free IP in range".

It says who is waiting for an address, if anybody is. Quiet where every container has asked for its own address: then the range is not needed.

Docker tells how many are left since API 1.52. Before, they are counted, and a gateway that the engine took for itself is not told; where that decides, this is left open.

What does not help: removing stopped containers, which hold no address; or deleting the engine's files. A range can only be widened by making the network anew.`,
      references: ['docker network create --ip-range', 'moby, libnetwork/ipam'],
    },
  },
  messages: {
    waiting: ({ network, range, size, waiting }: Data) => ({
      what: `Network ${network} has none left of the ${size.toString()} addresses of ${range}, and ${listOf(waiting)} ${waiting.length === 1 ? 'waits' : 'wait'} for one.`,
      why: `They cannot start: "no available IPv4 addresses on this network's address pools".`,
      todo: 'Make the network anew with a wider ip-range.',
    }),
    full: ({ network, range, size }: Data) => ({
      what: `Network ${network} has none left of the ${size.toString()} addresses of ${range}.`,
      why: 'The next container that wants one does not start.',
      todo: 'Make the network anew with a wider ip-range before that.',
    }),
  },
  evaluate(_facts, context) {
    const networks = macvlanNetworks(context.topology).map(({ network }) => network);
    if (networks.length === 0) return { notApplicable: NO_NETWORKS };
    const judged = networks.flatMap((network) =>
      network.pools.flatMap((pool) => {
        const left = roomLeft(network, pool, context.facts);
        const isUsed = choosers(network, context).length > 0;
        return left === undefined || left.least > 0 || !isUsed ? [] : [{ network, pool, left }];
      }),
    );
    return {
      findings: judged.filter(({ left }) => left.most === 0).map((one) => report(one, context)),
      undetermined: judged
        .filter(({ left }) => left.most > 0)
        .map(({ network, pool, left }) => leaveOpen(network, pool, left)),
    };
  },
});

interface Full {
  readonly network: RuntimeNetwork;
  readonly pool: IpamPool;
  readonly left: RoomLeft;
}

/** Those on it who leave the choice of the address to the engine. */
function choosers(network: RuntimeNetwork, { facts }: CheckContext) {
  const runtime = valueOf(facts.runtime);
  const members = runtime === undefined ? [] : membersOf(network, runtime);
  return members.filter(({ endpoint }) => endpoint.wantedIpv4 === undefined);
}

function report({ network, pool, left }: Full, context: CheckContext) {
  const waiting = choosers(network, context)
    .filter(({ isRunning }) => !isRunning)
    .map(({ name }) => name);
  const wider = widerRange(network, pool, context);
  const withRange = (one: IpamPool, ipRange: string): IpamPool =>
    one.subnet === pool.subnet ? { ...one, ipRange } : one;
  return {
    code: waiting.length > 0 ? ('waiting' as const) : ('full' as const),
    subject: networkSubject(network),
    within: [HOST],
    data: { network: network.name, range: handedOut(pool), size: left.size, waiting },
    evidence: [
      {
        from: 'runtime',
        says:
          left.source === 'told'
            ? `the engine says that ${handedOut(pool)} of ${network.name} has no address left`
            : `of the ${left.size.toString()} addresses of ${handedOut(pool)}, ${listOf(left.taken)} are taken`,
      },
    ],
    remedies:
      wider === undefined
        ? []
        : [
            recreateNetwork.request({
              network,
              change: { pool: (one) => withRange(one, wider) },
            }),
          ],
    advice: [
      wider === undefined
        ? 'The subnet has no more to give: put some of the containers on another network, or give the LAN a wider subnet.'
        : `See first that nobody else on the LAN has addresses of ${wider}, and take it out of the DHCP pool of the router.`,
    ],
  };
}

/** Twice the range, where the subnet goes on and no other network has that part. */
function widerRange(
  network: RuntimeNetwork,
  pool: IpamPool,
  { facts }: CheckContext,
): string | undefined {
  const range = parseCidr(pool.ipRange ?? pool.subnet);
  if (range === undefined) return undefined;
  const wider = networkOf(range.network, range.prefixlen - 1);
  const others = (valueOf(facts.runtime)?.networks ?? []).filter(({ id }) => id !== network.id);
  const isTaken = others.some(({ pools }) => pools.some((one) => overlaps(handedOut(one), wider)));
  return covers(pool.subnet, wider) && !isTaken ? wider : undefined;
}

function leaveOpen(network: RuntimeNetwork, pool: IpamPool, { most, taken }: RoomLeft) {
  return {
    subject: networkSubject(network),
    within: [HOST],
    reason: `whether ${handedOut(pool)} of ${network.name} has an address left is not known: ${listOf(taken)} are taken, and ${most.toString()} is left if the engine took no gateway for itself; the engine tells since API 1.52`,
  };
}
