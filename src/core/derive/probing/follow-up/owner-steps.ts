// Is whoever answers for an address of ours its owner, or somebody who answers for every address (proxy ARP)?
import type { ProbeStep } from '../../../../model/observation.js';
import type { Parent } from '../../../../model/topology.js';
import { freeAddressCandidates, unclaimedAddresses } from '../../addressing/free-address.js';
import { contestedGateways } from '../../gateways/contested-gateways.js';
import { askersFor, MOST_HOLDER_QUESTIONS, openClaims } from '../../owners/askers.js';
import { isSharedOn } from '../../owners/contested.js';
import { MOST_SUSPECTS, suspectsOn } from '../../owners/foreign-macs.js';
import { macsHere } from '../../owners/links-here.js';
import { sweptStrangers } from '../../owners/range-answers.js';
import { controlsOn, strangersIn, subnetAround, type Stranger } from '../../owners/strangers.js';
import { find } from '../../verdicts/reach.js';
import { arp } from '../sends.js';
import type { SoFar } from './follow-up.js';

/** Addresses that should be nobody's and that are asked for in a subnet: one could be somebody's after all. */
export const MOST_CONTROLS = 2;
/** Subnets of one parent in which that is done. */
export const MOST_CONTROL_SUBNETS = 2;

export function ownerSteps(soFar: SoFar): ProbeStep[] {
  return soFar.topology.parents.flatMap((parent) => {
    const isAsked = soFar.observations.some(
      ({ parent: name, send, error }) =>
        name === parent.name && send.kind === 'arp' && error === undefined,
    );
    if (!isAsked) return [];
    return [
      ...controlSteps(parent, soFar),
      ...suspectSteps(parent, soFar),
      ...freeSteps(parent, soFar),
      ...holderSteps(parent, soFar),
    ];
  });
}

/** Asked with the whole patience: a router that speaks for others may take its time (proxy_delay, arp(7)). */
function controlSteps(parent: Parent, soFar: SoFar): ProbeStep[] {
  if (controlsOn(parent, soFar.observations).length > 0) return [];
  const contested = suspectedOn(parent, soFar).flatMap(({ ip }) => subnetAround(ip, parent) ?? []);
  return [...new Set(contested)]
    .slice(0, MOST_CONTROL_SUBNETS)
    .flatMap((subnet) => unclaimedAddresses(subnet, soFar.facts, MOST_CONTROLS))
    .map((target) => askLan(parent, target, { probe: 'owner-control-arp', expect: 'answer' }));
}

/** Who answers for an address of ours, and who contend for a gateway's. */
function suspectedOn(parent: Parent, soFar: SoFar): Pick<Stranger, 'ip'>[] {
  return [
    ...strangersOn(parent, soFar),
    ...sweptStrangers(parent, soFar),
    ...contestedGateways(parent, soFar).flatMap(({ rivals }) => rivals),
  ];
}

function strangersOn(parent: Parent, soFar: SoFar): Stranger[] {
  const known = macsHere(soFar);
  return (['host-child-arp', 'shim-address-arp'] as const)
    .flatMap((probe) => find(soFar.observations, { probe, parent: parent.name }))
    .flatMap((asked) => strangersIn(asked, parent, soFar, known));
}

/** Addresses that a child's MAC stands for in some table, and that are nobody's here. */
function suspectSteps(parent: Parent, soFar: SoFar): ProbeStep[] {
  return suspectsOn(parent, soFar)
    .slice(0, MOST_SUSPECTS)
    .map(({ ip }) => ip)
    .filter((target) => !isAskedFor(parent, target, soFar))
    .map((target) => askLan(parent, target, { probe: 'neighbour-arp', expect: 'answer' }));
}

/** Whoever has to give an address up needs another one that is free; the first round asked only where a shim may come. */
function freeSteps(parent: Parent, soFar: SoFar): ProbeStep[] {
  const { topology, facts, observations } = soFar;
  const wanted = { probe: 'free-address-arp', parent: parent.name } as const;
  if (find(observations, wanted).length > 0) return [];
  if (strangersOn(parent, soFar).length === 0 && !isSharedOn(parent, soFar)) return [];
  return freeAddressCandidates(topology, parent, facts).map((target) =>
    askLan(parent, target, { probe: 'free-address-arp', expect: 'silence' }),
  );
}

/** Who of several answers for an address that all but one may keep silent about. */
function holderSteps(parent: Parent, soFar: SoFar): ProbeStep[] {
  return openClaims(parent, soFar)
    .flatMap((ip) => askersFor(ip, parent, soFar.topology).map((asker) => ({ ip, asker })))
    .slice(0, MOST_HOLDER_QUESTIONS)
    .map(({ ip, asker: { endpoint, link, netns, mac } }) => ({
      probe: 'holder-arp',
      from: endpoint,
      to: `lan:${ip}`,
      parent: parent.name,
      target: ip,
      send: { ...arp(parent, mac), device: link.ifname, netns },
      expect: 'answer',
    }));
}

function isAskedFor(parent: Parent, target: string, { observations }: SoFar): boolean {
  return find(observations, { probe: 'neighbour-arp', parent: parent.name, target }).length > 0;
}

function askLan(
  parent: Parent,
  target: string,
  as: Pick<ProbeStep, 'probe' | 'expect'>,
): ProbeStep {
  return {
    ...as,
    from: 'host',
    to: `lan:${target}`,
    parent: parent.name,
    target,
    send: arp(parent, parent.link.address ?? ''),
  };
}
