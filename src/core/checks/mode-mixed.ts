// Siblings in modes that exchange no frames.
import { defineCheck, type CheckContext } from '../../model/check.js';
import { indexBy } from '../../model/index-by.js';
import type { Child, Parent } from '../../model/topology.js';
import { shareSubnet, upOnes } from '../derive/topology/parents.js';
import { find, reflects, siblingReach, tally } from '../derive/verdicts/reach.js';
import { HOST } from '../../model/finding.js';
import { listOf, parentSubject } from '../derive/wording/victims.js';
import { counted } from '../derive/wording/words.js';
import { lastingRemedies } from '../fixes/engine/lasting.js';
import setMacvlanMode from '../fixes/set-macvlan-mode.js';
import { whyUnseen } from '../derive/wording/how-to-ask.js';

export default defineCheck({
  meta: {
    id: 'mode-mixed',
    category: 'macvlan',
    severity: 'fail',
    title: {
      pass: 'Siblings are in modes that go together',
      found: 'Siblings are in modes that do not go together',
    },
    needs: ['namespaces'],
    dependsOn: ['parent-down', 'parent-no-carrier'],
    docs: {
      explain: `Two children of one parent talk to each other inside the host only when both are in bridge mode. A vepa child sends everything out by the wire and expects the switch to send it back; a private child never talks to a sibling at all. So a bridge child and a vepa child on one parent are cut off from each other, unless the switch port reflects, and a private one is cut off from all.

It usually comes about by accident: ip link makes a vepa link when no mode is named, Docker a bridge one; Docker's option is called macvlan_mode, Podman's mode, and an option with the wrong name is ignored without a word.

Make them all bridge. A mode can be changed on the living link; what made the link must be corrected too, or it returns. Hairpin for one of them, static ARP entries and promiscuous mode are no cure.`,
      references: ['ip-link(8), type macvlan', 'drivers/net/macvlan.c, macvlan_queue_xmit'],
    },
  },
  messages: {
    mixed: ({ parent, groups }: MixedData) => ({
      what: `Children of ${parent} are in different modes: ${groups.map(({ mode, children }) => `${mode}: ${listOf(children)}`).join('; ')}.`,
      why: 'Siblings talk to each other only when both are in bridge mode; across these modes nothing passes, although each of them reaches the LAN.',
      todo: 'Put them all into bridge mode.',
    }),
  },
  evaluate(_facts, context) {
    const parents = context.topology.parents.filter(({ children }) => children.length > 1);
    if (parents.length === 0) return { notApplicable: 'no parent has two children' };
    const looks = parents.map((parent) => look(parent, context));
    return {
      findings: looks.flatMap(({ parent, cut }) =>
        cut.length === 0 ? [] : [report(parent, cut, context)],
      ),
      undetermined: looks.flatMap(({ parent, cut, open }) =>
        cut.length > 0 || open.length === 0 ? [] : [leaveOpen(parent, open, context)],
      ),
    };
  },
});

interface MixedData {
  readonly parent: string;
  readonly groups: readonly { readonly mode: string; readonly children: readonly string[] }[];
}

interface Look {
  readonly parent: Parent;
  readonly cut: readonly Child[];
  /** They talk if the switch reflects, and nobody knows whether it does. */
  readonly open: readonly Child[];
}

/** passthru stands alone, and source mode filters by its own list. */
const MODES = new Set(['bridge', 'vepa', 'private']);

function look(parent: Parent, context: CheckContext): Look {
  const children = upOnes(parent.children).filter(({ mode }) => MODES.has(mode));
  const reflection = reflects(parent, context);
  const byMode = indexBy(children, ({ mode }) => mode);
  const hasOther = (child: Child, isWanted: (other: Child) => boolean): boolean =>
    [...byMode].some(
      ([mode, ones]) =>
        mode !== child.mode && ones.some((other) => isWanted(other) && shareSubnet(child, other)),
    );
  return {
    parent,
    cut: children.filter((child) =>
      hasOther(child, (other) => reflection === 'no' || isPrivate(child) || isPrivate(other)),
    ),
    open: children.filter((child) => reflection === 'unknown' && hasOther(child, () => true)),
  };
}

function isPrivate({ mode }: Child): boolean {
  return mode === 'private';
}

function report(parent: Parent, cut: readonly Child[], context: CheckContext) {
  const groups = [...MODES].flatMap((mode) => {
    const children = cut.filter((child) => child.mode === mode).map(({ label }) => label);
    return children.length === 0 ? [] : [{ mode, children }];
  });
  const deaf = cut.filter((child) => siblingReach(child, context) === 'silent');
  const { sent } = tally(
    deaf.flatMap(({ name }) => find(context.observations, { probe: 'sibling-icmp', child: name })),
  );
  const pings = {
    from: 'probe:sibling-icmp',
    says: `${counted(sent, 'echo request')} from ${listOf(deaf.map(({ label }) => label))} to the next sibling stayed unanswered`,
  };
  const odd = cut.filter(({ mode }) => mode !== 'bridge');
  return {
    code: 'mixed' as const,
    subject: parentSubject(parent.name),
    data: { parent: parent.name, groups },
    within: [HOST],
    evidence: [
      ...groups.map(({ mode, children }) => ({
        from: 'links',
        says: `mode ${mode}: ${listOf(children)}`,
      })),
      ...(sent > 0 ? [pings] : []),
    ],
    remedies: [
      setMacvlanMode.request({
        where: odd.map(({ name }) => ({ kind: 'child', name })),
        mode: 'bridge',
      }),
      ...lastingRemedies(odd, { mode: 'bridge' }),
    ],
  };
}

function leaveOpen(parent: Parent, open: readonly Child[], context: CheckContext) {
  const modes = [...new Set(open.map(({ mode }) => mode))].sort();
  const why = whyUnseen(context, 'the reflection probe could not be sent');
  return {
    subject: parentSubject(parent.name),
    within: [HOST],
    reason: `children in ${modes.join(' and ')} mode exchange frames only where the switch port reflects, and that is not known: ${why}`,
  };
}
