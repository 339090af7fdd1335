// What is said of an address with two owners: who they are, from where each was seen, and who could move.
import type { CheckContext } from '../../../model/check.js';
import type { Evidence, Subject } from '../../../model/finding.js';
import { isAdminUp } from '../../../model/link.js';
import type { Child, Parent } from '../../../model/topology.js';
import { reflects } from '../verdicts/reach.js';
import { aboutChild, listOf } from '../wording/victims.js';
import { allButOne, anotherAddress, findByMac, movesOf, type Move } from './another-address.js';
import { heardEvidence } from './claims.js';
import {
  holderOnParent,
  type HostAddress,
  type LanOwner,
  type SharedAddress,
} from './duplicates.js';
import { whoseMac } from './links-here.js';
import { controlsOn } from './strangers.js';

export interface SharedData {
  readonly children: readonly string[];
  readonly ips: readonly string[];
}

export interface HostData {
  readonly child: string;
  readonly ips: readonly string[];
  readonly device: string;
}

export interface LanData {
  readonly children: readonly string[];
  readonly ips: readonly string[];
  readonly macs: readonly string[];
}

export interface RefusedData {
  readonly child: string;
  readonly ips: readonly string[];
  readonly owner: string | undefined;
}

function placeOf(children: readonly Child[]): {
  readonly subject: Subject;
  readonly within: readonly Subject[];
  readonly also: readonly Subject[];
} {
  const abouts = children.map((child) => aboutChild(child));
  const [first] = abouts;
  return {
    subject: first?.subject ?? { kind: 'host', name: 'host' },
    within: first?.within ?? [],
    also: abouts.slice(1).map(({ subject }) => subject),
  };
}

export function reportShared(shared: readonly SharedAddress[], context: CheckContext) {
  const children = shared[0]?.children ?? [];
  const others = shared[0]?.others ?? [];
  const ips = shared.map(({ ip }) => ip);
  const seen = shared.flatMap(({ ip, heard }): Evidence[] => [
    ...children.map((child) => standsOn(child, ip)),
    ...others.map((name) => ({
      from: 'runtime',
      says: `container ${name}, whose namespace was not looked into, has ${ip} by its engine.`,
    })),
    ...heard.map(({ parent, target, replies }) => ({
      from: 'probe:host-child-arp',
      says: `asked for by ${parent}, ${target} was answered by ${listOf(replies.map(({ mac }) => mac ?? ''))}: both parents are on one LAN.`,
    })),
    ...heardEvidence(children[0]?.parent ?? '', [ip], context),
  ]);
  return {
    code: 'siblings' as const,
    ...placeOf(children),
    data: { children: [...children.map(({ label }) => label), ...others], ips },
    evidence: seen,
    moves: allButOne(children, others.length, ips[0] ?? ''),
    advice: adviceFor(children, ips[0] ?? '', context),
  };
}

function standsOn({ label, link, parent, mode, mac }: Child, ip: string): Evidence {
  return {
    from: 'addresses',
    says: `${ip} stands on ${link.ifname} of ${label} (${mac}, ${mode} mode on ${parent}).`,
  };
}

function adviceFor(children: readonly Child[], ip: string, context: CheckContext): string[] {
  const ways = children.flatMap((child) => anotherAddress(child, ip, context) ?? []);
  // One way is enough, and the second would offer the very same address.
  return ways.length > 0
    ? ways.slice(-1)
    : ['Change the address where it was given: a script, a netns configuration, a static lease.'];
}

export function reportHost(ones: readonly HostAddress[], context: CheckContext) {
  const children = ones.slice(0, 1).map(({ child }) => child);
  const ips = ones.map(({ ip }) => ip);
  return {
    code: 'host' as const,
    ...placeOf(children),
    data: { child: children[0]?.label ?? '', ips, device: ones[0]?.device ?? '' },
    evidence: ones.flatMap(({ ip, child, device }): Evidence[] => [
      standsOn(child, ip),
      { from: 'addresses', says: `${ip} stands on ${device} of this host as well.` },
      ...heardEvidence(child.parent, [ip], context),
    ]),
    moves: movesOf(children, ips[0] ?? ''),
    advice: adviceFor(children, ips[0] ?? '', context),
  };
}

/** Owners of addresses of children that are all up, or all down. */
export function reportLan(parent: Parent, owners: readonly LanOwner[], context: CheckContext) {
  const children = [...new Map(owners.map(({ child }) => [child.name, child])).values()];
  const macs = [...new Set(owners.map(({ mac }) => mac))];
  const named = macs.map((mac) => {
    const name = whoseMac(mac, context);
    return name === '' ? mac : `${mac} (${name})`;
  });
  const [first] = owners;
  const deaf = reflects(parent, context) === 'yes' ? '' : `, and does not hear ${parent.name}`;
  const isAwaited = children.every(({ link }) => !isAdminUp(link));
  return {
    code: isAwaited ? ('awaited' as const) : ('lan' as const),
    ...placeOf(children),
    data: {
      children: children.map(({ label }) => label),
      ips: [...new Set(owners.map(({ ip }) => ip))],
      macs: named,
    },
    evidence: [
      ...owners.map(({ ip, mac, rttMs, child }) => ({
        from: 'probe:host-child-arp',
        says: `asked for by ${parent.name}, ${ip} was answered by ${mac} in ${rttMs.toFixed(1)} ms; ${child.label} has ${child.mac}${deaf}.`,
      })),
      ...heardEvidence(parent.name, [...new Set(owners.map(({ ip }) => ip))], context),
      ...controlEvidence(parent, macs, context),
    ],
    moves: owners.flatMap(({ child, ip }) => movesOf([child], ip)).filter(isFirstOfChild),
    advice: [
      findByMac(macs),
      ...children
        .slice(0, 1)
        .flatMap((child) => anotherAddress(child, first?.ip ?? '', context) ?? []),
    ],
  };
}

/** Two rivals of one child ask for one move; a second address of the same child takes a second run. */
function isFirstOfChild({ child }: Move, at: number, all: readonly Move[]): boolean {
  return all.findIndex((one) => one.child === child) === at;
}

/** That it is no proxy: for addresses that are nobody's it kept silent. */
export function controlEvidence(
  parent: Parent,
  macs: readonly string[],
  { observations }: CheckContext,
): Evidence[] {
  const controls = controlsOn(parent, observations).filter(
    ({ replies }) => !replies.some(({ mac }) => macs.includes(mac ?? '')),
  );
  if (controls.length === 0) return [];
  const says = `asked for ${listOf(controls.map(({ target }) => target))}, which should be nobody's, ${macs.length === 1 ? 'it' : 'they'} did not answer: this is no proxy ARP.`;
  return [{ from: 'probe:owner-control-arp', says }];
}

/** None where a sibling or the host is said to share it already. */
export function reportRefused(
  ones: readonly { readonly child: Child; readonly ip: string }[],
  parent: Parent,
  context: CheckContext,
) {
  const [first] = ones;
  if (first === undefined) return [];
  const { child } = first;
  const owner = holderOnParent(first.ip, child, context);
  const isLooped = reflects(parent, context) === 'yes';
  return [
    {
      code: 'refused' as const,
      ...placeOf([child]),
      data: { child: child.label, ips: ones.map(({ ip }) => ip), owner },
      evidence: ones.map(({ ip }) => ({
        from: 'addresses',
        says: `${ip} on ${child.link.ifname} of ${child.label} has the flag dadfailed.`,
      })),
      moves: [],
      advice: [
        `Once the address has one owner, give it to ${child.label} anew, or restart it: the kernel does not try again by itself.`,
        ...(isLooped
          ? [
              `The switch at ${parent.name} sends frames back, so the kernel may also have heard its own question (RFC 7527).`,
            ]
          : []),
      ],
    },
  ];
}
