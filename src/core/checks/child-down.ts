// A child that is administratively down.
import { takenOver, type TakenOver } from '../derive/owners/taken-over.js';
import { aboutChild, aboutChildren, groupBy, listOf } from '../derive/wording/victims.js';
import setChildUp from '../fixes/set-child-up.js';
import { defineCheck, type CheckContext } from '../../model/check.js';
import { isAdminUp } from '../../model/link.js';
import type { Child, Parent } from '../../model/topology.js';

interface Down {
  readonly children: readonly string[];
}

interface Reserve {
  readonly child: string;
  readonly ip: string;
  readonly owner: string;
}

export default defineCheck({
  meta: {
    id: 'child-down',
    category: 'address',
    severity: 'fail',
    title: { pass: 'Every child is up', found: 'A child is down' },
    needs: ['namespaces'],
    dependsOn: ['passthru-shared', 'duplicate-mac'],
    docs: {
      explain: `The macvlan link inside the namespace was made and never brought up, or somebody took it down. It keeps its IPv4 address and loses its routes; nothing gets in or out.

Told apart from a child without carrier, which is up while its parent is not, and from a stopped container, which has no link at all. A macvtap link belongs to a virtual machine that may simply be off, and is not judged.

What does not help: bringing the parent up or down. A link that carries the MAC of a sibling cannot be brought up at all: the kernel answers "Address already in use", and one of the two needs another MAC. One whose address somebody else has by now is only a warning, without a command: it may stand in for that one, and up at the same time the two would be in each other's way.`,
      references: ['ip-link(8)', 'netdevice(7), IFF_UP'],
    },
  },
  messages: {
    down: ({ children }: Down) => ({
      what:
        children.length === 1
          ? `The macvlan link of ${listOf(children)} is down.`
          : `The macvlan links of ${listOf(children)} are down.`,
      why: 'A link that was never brought up, or was taken down, passes no frame, and its routes are gone.',
      todo: `Bring ${children.length === 1 ? 'it' : 'them'} up; a default route has to be given back as well.`,
    }),
    'down-by-mac': ({ children }: Down) => ({
      what: `${listOf(children)}: the macvlan link is down, and a sibling that is up has the same MAC.`,
      why: 'The kernel lets only one link of a parent be up with one MAC ("Address already in use").',
      todo: 'Give one of the two another MAC, then bring it up.',
    }),
    'in-reserve': ({ child, ip, owner }: Reserve) => ({
      what: `The macvlan link of ${child} is down, and ${owner} has its address ${ip}.`,
      why: `Two things look like this from here: ${child} stands in for ${owner} and is down on purpose, or it was replaced and left over.`,
      todo: `Nothing, if it stands in; else give ${child} another address before it is brought up, or remove it.`,
    }),
  },
  evaluate(_facts, context) {
    const { parents } = context.topology;
    const all = parents.flatMap((parent) => parent.children.filter(({ isTap }) => !isTap));
    if (all.length === 0) return { notApplicable: 'no macvlan children here' };
    const findings = parents.flatMap((parent) => {
      const down = parent.children.filter((child) => !child.isTap && !isAdminUp(child.link));
      const judged = down.map((child) => ({ child, taken: reserveOf(child, parent, context) }));
      const rest = judged.filter(({ taken }) => taken === undefined).map(({ child }) => child);
      const groups = groupBy(rest, (child) =>
        twinOf(child, parent) === undefined ? 'down' : 'down-by-mac',
      );
      return [
        ...groups.map(([code, children]) => findingFor(code, children, parent)),
        ...judged.flatMap(({ taken }) => (taken === undefined ? [] : [reportReserve(taken)])),
      ];
    });
    return { findings };
  },
});

/** One that cannot even be brought up is another matter. */
function reserveOf(child: Child, parent: Parent, context: CheckContext): TakenOver | undefined {
  return twinOf(child, parent) === undefined ? takenOver(child, parent, context) : undefined;
}

function twinOf(child: Child, parent: Parent): string | undefined {
  const others = [...parent.children, ...parent.shims].filter((end) => end.link !== child.link);
  const twin = others.find((end) => isAdminUp(end.link) && end.mac !== '' && end.mac === child.mac);
  return twin?.name;
}

function flagsOf({ name, mac, link }: Child) {
  return { from: 'links', says: `${name} (${mac}) has the flags ${link.flags.join(', ')}: no UP.` };
}

function reportReserve({ child, ip, owner }: TakenOver) {
  const has = `${ip} is on the link of ${child.label}, which is down, and ${owner} has it, up.`;
  return {
    ...aboutChild(child),
    code: 'in-reserve' as const,
    severity: 'warn' as const,
    data: { child: child.label, ip, owner },
    evidence: [flagsOf(child), { from: 'addresses', says: has }],
    advice: [
      `Do not bring ${child.label} up as long as ${owner} is up with ${ip}: the neighbours would send to whichever of the two they heard last.`,
    ],
  };
}

function findingFor(code: string, children: readonly Child[], parent: Parent) {
  const base = {
    ...aboutChildren(children, parent),
    data: { children: children.map(({ label }) => label) },
    evidence: children.slice(0, 3).map((child) => flagsOf(child)),
  };
  if (code === 'down-by-mac') {
    const advice = children.map(
      (child) =>
        `${child.label} and ${twinOf(child, parent) ?? 'a sibling'} both have ${child.mac}.`,
    );
    const within = [...base.within, ...children.map((child) => aboutChild(child).subject)];
    return { ...base, within, code: 'down-by-mac' as const, advice };
  }
  const remedies = children.map((child) => setChildUp.request({ child: child.name }));
  return { ...base, code: 'down' as const, remedies };
}
