// Devices on the LAN have addresses that the engine would hand out.
import { defineCheck, type CheckContext } from '../../model/check.js';
import type { IpamPool, RuntimeNetwork } from '../../model/runtime-network.js';
import type { SweepAnswer } from '../../model/sweep.js';
import type { Parent } from '../../model/topology.js';
import { parseCidr } from '../derive/addressing/subnets.js';
import { handedOut } from '../derive/engine-networks/handouts.js';
import { macvlanNetworks } from '../derive/engine-networks/networks.js';
import { turnOf } from '../derive/owners/hand-out.js';
import { whoseMac } from '../derive/owners/links-here.js';
import { answersIn, type RangeAnswers } from '../derive/owners/range-answers.js';
import { askedAndFree } from '../derive/owners/range-words.js';
import { networkSubject } from '../derive/wording/subjects.js';
import { listOf, parentSubject } from '../derive/wording/victims.js';

interface Data {
  readonly network: string;
  /** `192.0.2.77 (52:54:00:aa:00:01)`. */
  readonly taken: readonly string[];
  /** The one that is handed out first, and when: absent where that is far away. */
  readonly next?: { readonly ip: string; readonly turn: number };
}

export default defineCheck({
  meta: {
    id: 'range-in-use',
    category: 'address',
    severity: 'fail',
    title: {
      pass: 'Nobody on the LAN has an address that the engine would hand out',
      found: 'Devices on the LAN have addresses that the engine would hand out',
    },
    needs: ['plan', 'namespaces'],
    dependsOn: ['network-refused', 'parent-down', 'parent-no-carrier', 'desktop-vm', 'wsl2'],
    docs: {
      explain: `An engine hands addresses of a macvlan network out from a list of its own, and asks nobody on the LAN. A printer that has one of them is cut off, or the container is, by turns, once the engine comes to it.

\`macvlan-doctor preflight\` asks for each of these addresses on the LAN, by ARP probes that leave no trace in anybody's table (RFC 5227), at most 500 a second, and reports who answers. Up to a /24 that is done untold; a larger range takes --sweep. A failure where one of the next containers would get such an address: the next 32 where there is an ip-range, the next 8 where the whole subnet is handed out. A warning where the engine comes to it later.

Not reported are addresses of this machine and of its engine's networks, the gateway, and what is reserved with --aux-address. Who answers for addresses that are nobody's too (proxy ARP) proves nothing, and this is left open.

What does not help: an address that stays silent may belong to a device that is switched off, or be in a DHCP server's pool. Keep the range out of that pool as well. \`preflight --suggest\` names a range in which nobody answers.`,
      references: ['docker network create --ip-range, --aux-address', 'RFC 826', 'RFC 5227'],
    },
  },
  messages: {
    soon: ({ network, taken, next }: Data) => ({
      what: `${sentenceOf(taken)} on the LAN, and network ${network} hands ${taken.length === 1 ? 'it' : 'them'} out.`,
      why: `The engine asks nobody: container number ${(next?.turn ?? 1).toString()} after what is planned would get ${next?.ip ?? 'one'}, and then sometimes it is reached there, and sometimes the device.`,
      todo: 'Give the network an ip-range in which nobody answers; macvlan-doctor preflight --suggest names one.',
    }),
    later: ({ network, taken }: Data) => ({
      what: `${sentenceOf(taken)} on the LAN, and network ${network} may hand ${taken.length === 1 ? 'it' : 'them'} out one day.`,
      why: 'The engine asks nobody before it gives an address away. It begins at the bottom of the subnet, and is far from these.',
      todo: 'Give the network an ip-range in which nobody answers; macvlan-doctor preflight --suggest names one.',
    }),
  },
  evaluate({ plan }, context) {
    const names = new Set(plan.networks.map(({ name }) => name));
    const pools = macvlanNetworks(context.topology).flatMap(({ network, parent }) =>
      parent === undefined || !names.has(network.name)
        ? []
        : network.pools
            .filter(({ subnet }) => parseCidr(subnet)?.family === 'inet')
            .map((pool): Pool => ({ network, parent, pool })),
    );
    if (pools.length === 0) return { notApplicable: 'no IPv4 range is planned on a link here' };
    const { sweeps } = context.facts;
    if (sweeps.state !== 'known') {
      return { findings: [], undetermined: pools.map((one) => leaveOpen(one, sweeps.reason)) };
    }
    const seen = pools.flatMap((one): Seen[] => {
      const answers = answersIn(handedOut(one.pool), one.parent, context);
      return answers === undefined ? [] : [{ ...one, answers }];
    });
    return {
      findings: seen
        .filter(({ answers }) => answers.taken.length > 0)
        .map((one) => report(one, context)),
      undetermined: seen.flatMap((one) => openIn(one)),
    };
  },
});

interface Pool {
  readonly network: RuntimeNetwork;
  readonly parent: Parent;
  readonly pool: IpamPool;
}

interface Seen extends Pool {
  readonly answers: RangeAnswers;
}

function sentenceOf(who: readonly string[]): string {
  return `${listOf(who)} ${who.length === 1 ? 'answers' : 'answer'}`;
}

function openIn(one: Seen) {
  const { sweep, proxies } = one.answers;
  if (sweep.error !== undefined) return [leaveOpen(one, sweep.error)];
  if (proxies.length === 0) return [];
  return [leaveOpen(one, `${sentenceOf(proxies)} for addresses that are nobody's too (proxy ARP)`)];
}

function leaveOpen({ network, parent, pool }: Pool, why: string) {
  return {
    subject: networkSubject(network),
    within: [parentSubject(parent.name)],
    reason: `whether anybody on the LAN has an address of ${handedOut(pool)} is not decided: ${why}`,
  };
}

function report(one: Seen, context: CheckContext) {
  const { network, parent, answers } = one;
  const { taken } = answers;
  const next = firstTurn(one, context);
  return {
    code: next === undefined ? ('later' as const) : ('soon' as const),
    severity: next === undefined ? ('warn' as const) : ('fail' as const),
    subject: networkSubject(network),
    within: [parentSubject(parent.name)],
    data: {
      network: network.name,
      taken: taken.map((answer) => described(answer, context)),
      ...(next !== undefined && { next }),
    },
    evidence: [{ from: 'probe:sweep', says: askedAndFree(one.pool, answers, context.facts) }],
    advice: [
      'Or give the devices that answer addresses elsewhere, on the router or on themselves; or reserve what they have with --aux-address (`aux_addresses` in a compose file).',
    ],
  };
}

function described({ ip, mac }: SweepAnswer, context: CheckContext): string {
  const whose = whoseMac(mac, context);
  return `${ip} (${whose === '' ? mac : `${mac}, ${whose}`})`;
}

function firstTurn({ network, pool, answers }: Seen, look: CheckContext): Data['next'] {
  const turns = answers.taken.flatMap(({ ip }) => {
    const turn = turnOf(ip, { network, pool, look });
    return turn === undefined ? [] : [{ ip, turn }];
  });
  return turns.toSorted((a, b) => a.turn - b.turn)[0];
}
