// What is said of a MAC with two owners: who they are, from where that was seen, and who could have another one.
import type { CheckContext } from '../../../model/check.js';
import type { Subject, Undecided } from '../../../model/finding.js';
import { isAnswered, isSilent } from '../../../model/observation.js';
import type { Child, Parent } from '../../../model/topology.js';
import { enterArgv } from '../topology/enter.js';
import { errorsOf, reflects, tally } from '../verdicts/reach.js';
import { aboutChild, aboutShim, groupBy, listOf } from '../wording/victims.js';
import { counted } from '../wording/words.js';
import { anotherMac, findByMac } from './another-address.js';
import type { ForeignAnswer, Suspect } from './foreign-macs.js';
import { crossingsBetween } from './one-lan.js';
import type { Refused, Twin } from './shared-macs.js';
import { whyUnseen } from '../wording/how-to-ask.js';

export interface RefusedLinkData {
  readonly end: string;
  readonly by: string;
  readonly mac: string;
  readonly parent: string;
}

export interface ParentData {
  readonly child: string;
  readonly parent: string;
  readonly mac: string;
}

export interface TwinData {
  readonly child: string;
  readonly other: string;
  readonly mac: string;
}

export interface ForeignData {
  readonly child: string;
  readonly mac: string;
  readonly ips: readonly string[];
}

/** The child whose MAC a command could change: one that no engine made. */
interface Change {
  readonly child: string;
}

function changeOf(child: Child): Change | undefined {
  const isPlain = child.container === undefined && enterArgv(child) !== undefined;
  return isPlain ? { child: child.name } : undefined;
}

function adviceFor(child: Child): string[] {
  return [
    anotherMac(child) ??
      `Change the MAC of ${child.label} where its link is made, or name none there.`,
  ];
}

export function reportRefusedLink({ end, by }: Refused, parent: Parent) {
  const child = 'label' in end ? end : undefined;
  const name = child?.label ?? end.name;
  const shim = child === undefined ? parent.shims.find((one) => one.name === end.name) : undefined;
  const about = child === undefined ? shim && aboutShim(shim) : aboutChild(child);
  const place: { readonly subject: Subject; readonly within: readonly Subject[] } = about ?? {
    subject: { kind: 'shim', name },
    within: [],
  };
  return {
    code: 'refused' as const,
    ...place,
    data: { end: name, by, mac: end.mac, parent: parent.name },
    evidence: [
      {
        from: 'links',
        says: `${end.link.ifname} of ${name} (${end.mac}) has the flags ${listOf(end.link.flags)}: no UP; ${by} has ${end.mac} and is up.`,
      },
    ],
    change: child === undefined ? undefined : changeOf(child),
    advice:
      child === undefined
        ? [`Make ${name} anew without naming a MAC, here and where it is configured.`]
        : [
            ...adviceFor(child),
            `If ${name} belongs to a container that is long gone, its namespace is a left-over of a crash: restarting the engine removes it.`,
          ],
  };
}

export function reportParents(child: Child, { name, link }: Parent) {
  return {
    code: 'parent' as const,
    ...aboutChild(child),
    data: { child: child.label, parent: name, mac: child.mac },
    evidence: [
      {
        from: 'links',
        says: `${child.link.ifname} of ${child.label} has ${child.mac} in ${child.mode} mode; ${name} has ${link.address ?? ''}.`,
      },
    ],
    change: changeOf(child),
    advice: adviceFor(child),
  };
}

/** Twins are each other's: one of them is the subject, and the other is meant as well. */
export function reportTwins([first, ...others]: readonly Twin[], context: CheckContext) {
  if (first === undefined) return [];
  const also = others.map((one) => aboutChild(one.child).subject);
  return [{ ...reportTwin(first, context), also }];
}

function reportTwin({ child, other, by }: Twin, context: CheckContext) {
  const hasCrossed = crossingsBetween(child.parent, by, context).some((one) => isAnswered(one));
  return {
    code: 'here' as const,
    ...aboutChild(child),
    data: { child: child.label, other: other.name, mac: child.mac },
    evidence: [
      {
        from: 'links',
        says: `${child.mac} on ${child.link.ifname} of ${child.label} (by ${child.parent}) and on ${other.name} (by ${by}).`,
      },
      {
        from: hasCrossed ? 'probe:crossing' : 'probe:arp',
        says: hasCrossed
          ? `a frame to all that was sent at one of ${child.parent} and ${by} came in at the other: one LAN.`
          : `one of ${child.parent} and ${by} asked, and a link on the other answered: one LAN.`,
      },
    ],
    change: changeOf(child),
    advice: adviceFor(child),
  };
}

/** Of one device several answers are one finding; an answer for the child's own address says the most. */
export function reportForeign(answers: readonly ForeignAnswer[]) {
  return groupBy(answers, ({ child }) => child.name).flatMap(([, ones]) => {
    const copies = ones.filter(({ isCopy }) => isCopy);
    const shown = copies.length > 0 ? copies : ones;
    const [first] = shown;
    if (first === undefined) return [];
    const { child } = first;
    const probes = [...new Set(shown.map(({ asked }) => asked.probe))];
    const ips = [...new Set(shown.map(({ asked }) => asked.target))];
    const { rttMs } = tally(shown.map(({ asked }) => asked));
    return [
      {
        code: copies.length > 0 ? ('copy' as const) : ('lan' as const),
        ...aboutChild(child),
        data: { child: child.label, mac: child.mac, ips },
        evidence: [
          ...probes.map((probe) => ({
            from: `probe:${probe}`,
            says: `asked for by ${child.parent}, ${listOf(ips)} was answered by ${child.mac}${rttMs === undefined ? '' : ` in ${rttMs.toFixed(1)} ms`}: the MAC of ${child.label}, which does not hear ${child.parent}.`,
          })),
          {
            from: 'probe:reflection',
            says: `the switch sends nothing back to ${child.parent}, so it was not ${child.label} itself.`,
          },
        ],
        change: changeOf(child),
        advice: [findByMac([child.mac]), ...adviceFor(child)],
      },
    ];
  });
}

export function twinLeftOpen({ child, other, by, lans }: Twin, context: CheckContext): Undecided {
  const crossings = crossingsBetween(child.parent, by, context);
  if (lans === 'open' && crossings.some((one) => isSilent(one))) {
    return {
      ...aboutChild(child),
      reason: `${child.label} and ${other.name} have one MAC, and one machine seems to answer on ${child.parent} and on ${by}, but no frame went from the one to the other: two LANs whose routers were made from one template, where the MAC harms nobody, or one switch that keeps these two ports apart, where it does`,
    };
  }
  return {
    ...aboutChild(child),
    reason: `${child.label} and ${other.name} have one MAC; whether ${child.parent} and ${by} lead to one LAN, where that matters, was not seen: ${whyUnseen(context, errorsOf(crossings)[0] ?? 'nobody asked')}`,
  };
}

export function copiesLeftOpen(answers: readonly ForeignAnswer[]): Undecided[] {
  const children = [...new Map(answers.map(({ child }) => [child.name, child])).values()];
  return children.map((child) => ({
    ...aboutChild(child),
    reason: `${child.mac} answers by the wire for the address of ${child.label}, and so do ${counted(children.length, 'child', 'children')} here: either the switch sends some frames back, or they all have a copy on another host`,
  }));
}

export function suspectLeftOpen(
  { child, ip, table }: Suspect,
  parent: Parent,
  context: CheckContext,
): Undecided {
  const isSwitchOpen = reflects(parent, context) === 'unknown';
  const otherwise = isSwitchOpen ? 'the switch could not be asked' : 'it was not asked for';
  return {
    ...aboutChild(child),
    reason: `in the neighbour table of ${table}, ${ip} has the MAC of ${child.label}: its former address, or a device on the LAN with that MAC; which was not seen: ${whyUnseen(context, otherwise)}`,
  };
}
