// Gateways whose address two machines on the LAN answer for, when they are asked for it once.
import type { Evidence } from '../../../model/finding.js';
import type { Child, Parent } from '../../../model/topology.js';
import type { Look } from '../owners/links-here.js';
import { macsHere } from '../owners/links-here.js';
import { strangersIn, type Stranger } from '../owners/strangers.js';
import { gatewayPairs } from '../passage/gateway-echo.js';
import { find, neighboursAfter } from '../verdicts/reach.js';
import { groupBy, listOf } from '../wording/victims.js';
import { machinesBehind, machinesEvidence } from './rival-machines.js';

export interface ContestedGateway {
  readonly parent: Parent;
  readonly gateway: string;
  readonly users: readonly Child[];
  /** At least two. */
  readonly rivals: readonly Stranger[];
  /** Who sent the question that both answered. */
  readonly asker: string;
}

/** Both must answer one and the same question: routers that stand in for each other answer one after the other. */
export function contestedGateways(parent: Parent, look: Look): ContestedGateway[] {
  const known = macsHere(look);
  const pairs = gatewayPairs(parent, look.topology);
  return groupBy(pairs, ({ gateway }) => gateway).flatMap(([gateway, users]) => {
    const first = (['gateway-arp-parent', 'gateway-arp-child'] as const)
      .flatMap((probe) => find(look.observations, { probe, parent: parent.name, target: gateway }))
      .map((asked) => ({ asked, rivals: strangersIn(asked, parent, look, known) }))
      .find(({ rivals }) => rivals.length > 1);
    if (first === undefined) return [];
    const { asked, rivals } = first;
    const children = users.map(({ child }) => child);
    return [{ parent, gateway, users: children, rivals, asker: asked.from }];
  });
}

/** Neither answers for others, so that each takes the address for its own, and they are two machines. */
export function isCertainlyContested(one: ContestedGateway, look: Look): boolean {
  return areOwners(one) && machinesBehind(one, look) === 'two';
}

/** Whoever answers for every address is meant to: of two such nothing is to be said, nor of one machine. */
export function mayBeContested(one: ContestedGateway, look: Look): boolean {
  const isMeant = one.rivals.every(({ standing }) => standing === 'proxy');
  return !isMeant && machinesBehind(one, look) !== 'one';
}

/** At least two of them, who do not answer for addresses that are nobody's. */
export function areOwners({ rivals }: ContestedGateway): boolean {
  return rivals.filter(({ standing }) => standing === 'owner').length > 1;
}

export function contestedEvidence(one: ContestedGateway, look: Look): Evidence[] {
  const { gateway, rivals, users, asker } = one;
  const answers = rivals.map(({ mac, rttMs }) => `${mac} in ${rttMs.toFixed(1)} ms`);
  const held = users.flatMap((child) => {
    const mac = neighboursAfter(child, look)?.find(({ dst }) => dst === gateway)?.lladdr;
    return mac === undefined ? [] : [{ child, mac }];
  });
  const tables = groupBy(held, ({ mac }) => mac).map(([mac, those]) => {
    const labels = those.map(({ child }) => child.label);
    return `${listOf(labels)} ${labels.length === 1 ? 'holds' : 'hold'} ${mac}`;
  });
  return [
    {
      from: asker === 'host' ? 'probe:gateway-arp-parent' : 'probe:gateway-arp-child',
      says: `one ARP request for ${gateway} was answered by ${listOf(answers)}`,
    },
    machinesEvidence(one, look),
    ...(tables.length === 0 ? [] : [{ from: 'neighboursAfter', says: tables.join('; ') }]),
  ];
}
