// A child that is administratively down.
import { aboutChild, aboutChildren, groupBy, listOf } from '../derive/wording/victims.js';
import setChildUp from '../fixes/set-child-up.js';
import { defineCheck } from '../../model/check.js';
import { isAdminUp } from '../../model/link.js';
import type { Child, Parent } from '../../model/topology.js';

interface Down {
  readonly children: readonly string[];
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

What does not help: bringing the parent up or down. A link that carries the MAC of a sibling cannot be brought up at all: the kernel answers "Address already in use", and one of the two needs another MAC.`,
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
  },
  evaluate(_facts, context) {
    const { parents } = context.topology;
    const all = parents.flatMap((parent) => parent.children.filter(({ isTap }) => !isTap));
    if (all.length === 0) return { notApplicable: 'no macvlan children here' };
    const findings = parents.flatMap((parent) => {
      const down = parent.children.filter((child) => !child.isTap && !isAdminUp(child.link));
      const groups = groupBy(down, (child) =>
        twinOf(child, parent) === undefined ? 'down' : 'down-by-mac',
      );
      return groups.map(([code, children]) => findingFor(code, children, parent));
    });
    return { findings };
  },
});

function twinOf(child: Child, parent: Parent): string | undefined {
  const others = [...parent.children, ...parent.shims].filter((end) => end.link !== child.link);
  const twin = others.find((end) => isAdminUp(end.link) && end.mac !== '' && end.mac === child.mac);
  return twin?.name;
}

function findingFor(code: string, children: readonly Child[], parent: Parent) {
  const base = {
    ...aboutChildren(children, parent),
    data: { children: children.map(({ label }) => label) },
    evidence: children.slice(0, 3).map((child) => ({
      from: 'links',
      says: `${child.name} (${child.mac}) has the flags ${child.link.flags.join(', ')}: no UP.`,
    })),
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
