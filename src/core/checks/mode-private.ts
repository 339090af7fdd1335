// Children in private mode that would have neighbours.
import { defineCheck, type CheckContext } from '../../model/check.js';
import type { Child, Parent } from '../../model/topology.js';
import { shareSubnet, upOnes } from '../derive/topology/parents.js';
import { find, siblingReach, tally } from '../derive/verdicts/reach.js';
import { HOST } from '../../model/finding.js';
import { counted } from '../derive/wording/words.js';
import { listOf, parentSubject } from '../derive/wording/victims.js';
import { lastingRemedies } from '../fixes/engine/lasting.js';
import setMacvlanMode from '../fixes/set-macvlan-mode.js';

export default defineCheck({
  meta: {
    id: 'mode-private',
    category: 'macvlan',
    severity: 'warn',
    title: {
      pass: 'No child is cut off from its siblings by private mode',
      found: 'Children are cut off from their siblings by private mode',
    },
    needs: ['namespaces'],
    dependsOn: ['parent-down', 'parent-no-carrier', 'mode-mixed'],
    failsUnder: 'sibling-access',
    docs: {
      explain: `In private mode a child never exchanges a frame with another child of the same parent, not even when the switch sends it back. The rest of the LAN reaches each of them as usual. That is what the mode is for: guests that share a card and must not see each other.

It surprises when two services were meant to talk, a web server and its database for instance: both answer everybody but each other. A shim on the host does not reach private children either.

The mode can be changed on the living link, in the namespace where the link lives; a container engine sets it again at the next start, so its network must be made anew with macvlan_mode=bridge to keep it. A reflecting (hairpin) switch port, static ARP entries and firewall rules do not open private mode.`,
      references: [
        'ip-link(8), type macvlan',
        'drivers/net/macvlan.c',
        'Docker: Macvlan network driver',
      ],
    },
  },
  messages: {
    private: ({ parent, children }: PrivateData) => ({
      what: `${listOf(children)} on ${parent} ${children.length === 1 ? 'is' : 'are'} in private mode.`,
      why: 'A private child reaches the LAN, but none of its siblings on this host, by design.',
      todo: 'Nothing, if they are meant to be apart. If they should talk, put them into bridge mode.',
    }),
  },
  evaluate(_facts, context) {
    const parents = context.topology.parents.filter(({ children }) => children.length > 0);
    if (parents.length === 0) return { notApplicable: 'no macvlan children' };
    return {
      findings: parents.flatMap((parent) => {
        const apart = cutOff(parent, context);
        return apart.length === 0 ? [] : [report(parent, apart, context)];
      }),
    };
  },
});

interface PrivateData {
  readonly parent: string;
  readonly children: readonly string[];
}

/** Private, with a sibling in the same subnet, and not seen to reach it. */
function cutOff({ children }: Parent, context: CheckContext): Child[] {
  const up = upOnes(children);
  return up.filter(
    (child) =>
      child.mode === 'private' &&
      siblingReach(child, context) !== 'answered' &&
      up.some((other) => isSiblingOf(child, other)),
  );
}

function isSiblingOf(child: Child, other: Child): boolean {
  return other !== child && other.netns.inode !== child.netns.inode && shareSubnet(child, other);
}

function report(parent: Parent, apart: readonly Child[], { observations }: CheckContext) {
  const names = apart.map(({ label }) => label);
  const asked = apart.flatMap(({ name }) =>
    find(observations, { probe: 'sibling-icmp', child: name }),
  );
  const silent = asked.filter(({ replies }) => replies.length === 0);
  const { sent } = tally(silent);
  const pings = {
    from: 'probe:sibling-icmp',
    says: `${counted(sent, 'echo request')} from ${listOf(names)} to their siblings stayed unanswered`,
  };
  return {
    code: 'private' as const,
    subject: parentSubject(parent.name),
    data: { parent: parent.name, children: names },
    within: [HOST],
    evidence: [
      { from: 'links', says: `mode private: ${listOf(names)}` },
      ...(sent > 0 ? [pings] : []),
    ],
    remedies: [
      setMacvlanMode.request({
        where: apart.map(({ name }) => ({ kind: 'child', name })),
        mode: 'bridge',
      }),
      ...lastingRemedies(apart, { mode: 'bridge' }),
    ],
  };
}
