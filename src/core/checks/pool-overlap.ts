// Two networks of the engine that want the same addresses.
import { defineCheck, type CheckContext } from '../../model/check.js';
import { HOST } from '../../model/finding.js';
import type { RuntimeNetwork } from '../../model/runtime-network.js';
import { freeEighth } from '../derive/addressing/dhcp-lan.js';
import { overlaps } from '../derive/addressing/subnets.js';
import { handedOutTwice, type Twice } from '../derive/engine-networks/handed-out-twice.js';
import { handedOut } from '../derive/engine-networks/handouts.js';
import { isPlanned, macvlanNetworks, NO_NETWORKS } from '../derive/engine-networks/networks.js';
import { refusalsOf } from '../derive/engine-networks/refusals/refusals.js';
import type { Refusal } from '../derive/engine-networks/refusals/rule.js';
import { flavourOf } from '../derive/owners/another-address.js';
import { networkSubject } from '../derive/wording/subjects.js';
import recreateNetwork from '../fixes/recreate-network.js';

interface Overlap {
  readonly network: string;
  readonly other: string;
  readonly range: string;
  readonly otherRange: string;
}

export default defineCheck({
  meta: {
    id: 'pool-overlap',
    category: 'runtime',
    severity: 'fail',
    title: {
      pass: 'No two networks of the engine want the same addresses',
      found: 'Two networks of the engine want the same addresses',
    },
    needs: ['runtime', 'namespaces'],
    dependsOn: ['network-refused', 'desktop-vm', 'rootless-namespace'],
    docs: {
      explain: `Docker refuses a network whose subnet runs into that of another one, of whatever driver: "Pool overlaps with other one on this address space". Networks of compose projects that are stopped count, and so do those that nobody remembers; routes of the host do not. With an --ip-range the network may lie in another's subnet, as long as it is not the very same range; two networks with the same subnet and the same --gateway fail with "Address already in use" all the same.

What is accepted is not always sound. Docker keeps one list of addresses for each subnet: two networks of 192.0.2.0/24 never give an address away twice, while one of 192.0.2.0/24 and one of 192.0.2.128/25 do. Podman keeps a list for each network. Where two networks of one parent can hand out the same address, this check warns.

The cures: use one network for both (external: true in the second compose file), remove what is left over (docker network prune), or give each network an ip-range of its own in the same subnet. Popular and wrong: inventing another subnet, in which the router has no address, so that the containers get no further than their siblings; and --ipam-driver null.`,
      references: ['docker network create --ip-range', 'libnetwork issue 2334', 'moby issue 46756'],
    },
  },
  messages: {
    refused: ({ network, other, range, otherRange }: Overlap) => ({
      what: `The engine will not make network ${network}: ${range} runs into ${otherRange} of network ${other}.`,
      why: 'Each address is given away once, by one network.',
      todo: `Use ${other} for these containers, or give ${network} an ip-range of its own.`,
    }),
    twice: ({ network, other, range, otherRange }: Overlap) => ({
      what: `Network ${network} hands out ${range}, and network ${other} hands out ${otherRange} on the same wire.`,
      why: 'The engine keeps a list for each of them, so that one day two containers get the same address.',
      todo: `Give one of them an ip-range of its own, or put all containers on ${other}.`,
    }),
  },
  evaluate(_facts, context) {
    const placed = macvlanNetworks(context.topology);
    if (placed.length === 0) return { notApplicable: NO_NETWORKS };
    const refused = placed.flatMap(({ network }) => refusedOf(network, context));
    const planned = new Set(refused.map(({ subject }) => subject.name));
    const accepted = placed.filter(({ network }) => !planned.has(network.name));
    const twice = handedOutTwice(accepted, flavourOf(context));
    return { findings: [...refused, ...twice.map((one) => reportTwice(one, context))] };
  },
});

/** What stands was accepted once; only of what is planned it is known that the others are there first. */
function refusedOf(network: RuntimeNetwork, context: CheckContext) {
  if (!isPlanned(network)) return [];
  const refusal = refusalsOf(network, context).find(
    ({ rule }) => rule === 'pool-overlap' || rule === 'gateway-taken',
  );
  return refusal === undefined ? [] : [reportRefused(network, refusal)];
}

function rangesOf({ pools }: RuntimeNetwork): string {
  return pools.map((pool) => handedOut(pool)).join(', ');
}

function reportRefused(network: RuntimeNetwork, { message, instead, other = network }: Refusal) {
  return {
    code: 'refused' as const,
    subject: networkSubject(network),
    within: [HOST],
    data: {
      network: network.name,
      other: other.name,
      range: rangesOf(network),
      otherRange: rangesOf(other),
    },
    evidence: [
      {
        from: 'runtime',
        says: `network ${other.name} (${other.driver}) has ${other.pools.map(({ subnet }) => subnet).join(', ')}; the engine answers "${message}".`,
      },
    ],
    advice: [
      instead,
      `If nobody needs ${other.name} any more, remove it: docker network prune takes all networks without containers.`,
    ],
  };
}

function reportTwice({ network, other, pool, otherPool }: Twice, context: CheckContext) {
  const free = freeEighth(pool, context);
  const range = free !== undefined && !overlaps(free, handedOut(otherPool)) ? free : undefined;
  return {
    code: 'twice' as const,
    severity: 'warn' as const,
    subject: networkSubject(network),
    within: [HOST],
    data: {
      network: network.name,
      other: other.name,
      range: handedOut(pool),
      otherRange: handedOut(otherPool),
    },
    evidence: [network, other].map(({ name, pools }) => ({
      from: 'runtime',
      says: `network ${name}: ${pools.map(({ subnet, ipRange }) => `subnet ${subnet}, ${ipRange === undefined ? 'no ip-range' : `ip-range ${ipRange}`}`).join('; ')}.`,
    })),
    remedies:
      range === undefined
        ? []
        : [
            recreateNetwork.request({
              network,
              change: {
                pool: (one) => (one.subnet === pool.subnet ? { ...one, ipRange: range } : one),
              },
            }),
          ],
    advice: [
      `Or use ${other.name} for all of these containers: in a compose file with external: true and its name.`,
    ],
  };
}
