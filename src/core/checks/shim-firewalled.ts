// A shim behind the host's own firewall: the children find it by ARP, and get no further.
import { defineCheck } from '../../model/check.js';
import { HOST, type Evidence } from '../../model/finding.js';
import { shellWord } from '../../model/text.js';
import { acceptLine, filterEvidence } from '../derive/passage/filters.js';
import { shutShims, type ShutShim } from '../derive/passage/shut-shim.js';
import { activeShims } from '../derive/verdicts/shim-service.js';
import { aboutShim, listOf } from '../derive/wording/victims.js';
import { counted } from '../derive/wording/words.js';
import { howToAsk } from '../derive/wording/how-to-ask.js';

export default defineCheck({
  meta: {
    id: 'shim-firewalled',
    category: 'shim',
    severity: 'fail',
    title: {
      pass: 'The host lets the children in by its shims',
      found: "The host's firewall keeps the children out of the shim",
    },
    needs: ['namespaces'],
    dependsOn: [
      'parent-down',
      'parent-no-carrier',
      'shim-down',
      'shim-mode',
      'shim-route-missing',
      'shim-route-shadowed',
      'shim-address-collision',
      'rp-filter',
      'neighbour-table-full',
    ],
    docs: {
      explain: `A shim is a new interface of the host, and firewalls treat a new interface like a stranger: firewalld puts it into the default zone, ufw denies what comes in, a VPN with a kill switch drops all that is not its own. The children then find the shim's MAC, and everything that they send to the host by it is dropped. What the host asks the children for may work all the same, because the answers belong to a connection that the host has made.

Told apart from isolation by ARP: there the host's address is not found at all, here it is. Pings and connections of several children must all stay unanswered; a host that drops pings alone is well.

Only the shim has to be let in. What does not help: opening the firewall for the parent, or switching it off. Nobody beyond the parent can come in by the shim's rule who could not before, for LAN traffic for the host comes in by the parent.`,
      references: ['firewall-cmd(1), zones', 'ufw(8)', 'nft(8)'],
    },
  },
  messages: {
    shut: ({ shim, ip, children, hostReaches }: ShutData) => ({
      what: `${shim} (${ip}) answers neither ping nor connection of ${listOf(children)}, although ARP works.`,
      why: `The host's own packet filter drops what comes in by ${shim}.${hostReaches ? ' What the host itself asks for is let in, so it works in that direction.' : ''}`,
      todo: `Let ${shim} in, and nothing else.`,
    }),
  },
  evaluate(_facts, context) {
    const { topology, notProbed, observations, facts } = context;
    const parents = topology.parents.filter((parent) => activeShims(parent).length > 0);
    if (parents.length === 0) return { notApplicable: 'no shim that is up' };
    if (notProbed !== undefined) {
      const shims = parents.flatMap((parent) => activeShims(parent));
      const reason = `whether the host's firewall lets the children in was not seen: ${notProbed}${howToAsk(context)}`;
      return { findings: [], undetermined: shims.map((shim) => ({ ...aboutShim(shim), reason })) };
    }
    const verdicts = parents.map((parent) => shutShims(parent, topology, { observations, facts }));
    return {
      findings: verdicts.flatMap(({ shut }) => shut.map((one) => report(one))),
      undetermined: verdicts.flatMap(({ open }) =>
        open.map(({ shim, reason }) => ({ ...aboutShim(shim), reason })),
      ),
    };
  },
});

interface ShutData {
  readonly shim: string;
  readonly ip: string;
  readonly children: readonly string[];
  readonly hostReaches: boolean;
}

function report(one: ShutShim) {
  const { shim, ip, shutOut, hostReaches } = one;
  const about = aboutShim(shim);
  const children = shutOut.map(({ label }) => label);
  return {
    code: 'shut' as const,
    ...about,
    within: [...about.within, HOST],
    data: { shim: shim.name, ip, children, hostReaches },
    evidence: evidenceOf(one),
    advice: adviceFor(one),
  };
}

function evidenceOf({
  shim,
  shutOut,
  ip,
  echoes,
  connections,
  ports,
  rules,
}: ShutShim): Evidence[] {
  const whom = counted(shutOut.length, 'child', 'children');
  const where = `${ports.length === 1 ? 'port' : 'ports'} ${listOf(ports.map(String))}`;
  return [
    {
      from: 'neighboursAfter',
      says: `${whom} found ${ip} by ARP at ${shim.mac}, the MAC of ${shim.name}`,
    },
    {
      from: 'probe:child-shim-icmp',
      says: `${counted(echoes, 'echo request')} of ${whom} to ${ip} stayed unanswered`,
    },
    {
      from: 'probe:service-tcp',
      says: `${counted(connections, 'connection')} to ${where} ${connections === 1 ? 'was' : 'were'} neither taken nor refused`,
    },
    ...filterEvidence('on the host', rules),
  ];
}

/** The line for nft only where its chain was seen; the usual managers would undo it with their next reload. */
function adviceFor({ shim, rules }: ShutShim): string[] {
  const name = shellWord(shim.name);
  const what = { nft: `iifname '"${shim.name}"'`, iptables: ['-i', name] };
  const isPlain = /^[\w.-]+$/u.test(shim.name);
  const line = rules.map((rule) => acceptLine(rule, what)).find((one) => one !== undefined);
  return [
    `With firewalld: \`firewall-cmd --zone=trusted --add-interface=${name}\`, and the same once more with \`--permanent\`.`,
    `With ufw: \`ufw allow in on ${name}\`.`,
    ...(line === undefined || !isPlain
      ? [
          `With rules of your own: accept what comes in by ${shim.name}, before the rule that drops.`,
        ]
      : [`With rules of your own: \`${line}\`, until they are loaded anew.`]),
  ];
}
