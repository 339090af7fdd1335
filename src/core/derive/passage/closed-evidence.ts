// What is quoted, and advised, of a child that lets nobody in.
import type { Evidence } from '../../../model/finding.js';
import { shellWord } from '../../../model/text.js';
import type { Child } from '../../../model/topology.js';
import { networkOf } from '../addressing/subnets.js';
import { insideArgv } from '../topology/enter.js';
import { listOf } from '../wording/victims.js';
import { counted } from '../wording/words.js';
import type { ClosedChild } from './closed-child.js';
import { acceptLine, filterEvidence } from './filters.js';

export function closedEvidence(one: ClosedChild): Evidence[] {
  const { child, callers, rules, rulesOut, hostRules } = one;
  return [
    ...(callers.length === 0 ? [] : callEvidence(one)),
    ...lostEvidence(one),
    ...filterEvidence(
      `inside ${child.label}`,
      callers.length === 0 ? rules : [...rules, ...rulesOut],
    ),
    ...filterEvidence('on the host', callers.length === 0 ? hostRules : []),
  ];
}

function callEvidence({ child, callers, echoes, connections, ports }: ClosedChild): Evidence[] {
  const whose = callers.length === 1 ? 'knows its MAC' : 'know its MAC';
  const seen: Evidence[] = [
    { from: 'neighboursAfter', says: `${listOf(callers)} ${whose}, ${child.mac}: ARP works` },
    {
      from: 'probe:sibling-icmp',
      says: `${counted(echoes, 'echo request')} to ${child.label} stayed unanswered`,
    },
  ];
  if (connections === 0) return seen;
  const where = `${ports.length === 1 ? 'port' : 'ports'} ${listOf(ports.map(String))}`;
  const says = `${counted(connections, 'connection')} to ${where} ${connections === 1 ? 'was' : 'were'} neither taken nor refused`;
  return [...seen, { from: 'probe:service-tcp', says }];
}

function lostEvidence({ child, lost }: ClosedChild): Evidence[] {
  if (lost === undefined) return [];
  const says = `${counted(lost.frames, 'echo reply', 'echo replies')} of ${lost.gateway} for ${child.mac} came in on ${child.parent}; ${child.label} got none`;
  return [{ from: 'probe:gateway-icmp', says }];
}

/** Where to look, and the rule that lets the neighbours in where a chain for it was seen. */
export function closedAdvice({ child, callers, rules }: ClosedChild): string[] {
  const own = child.addresses.find(({ family }) => family === 'inet');
  const net = own === undefined ? '' : networkOf(own.local, own.prefixlen);
  const accept = rules
    .map((rule) => acceptLine(rule, { nft: `ip saddr ${net}`, iptables: ['-s', net] }))
    .find((line) => line !== undefined);
  const isElsewhere = callers.length === 0;
  return [
    `${commandInside(child, 'nft list ruleset')} shows the rules of ${child.label}${isElsewhere ? `, \`nft list ruleset\` and \`tc filter show dev ${shellWord(child.parent)} ingress\` those of this host` : ''}.`,
    ...(accept === undefined || net === ''
      ? []
      : [
          `${commandInside(child, accept)} lets ${net} in until the rules are set anew; to keep it, change what sets them.`,
        ]),
  ];
}

/** Whole, to be pasted on the host; or to be typed inside, where nothing leads there. */
export function commandInside(child: Child, command: string): string {
  const way = insideArgv(child);
  if (way === undefined) return `Inside ${child.label}, \`${command}\``;
  const words = way.map((word) => shellWord(word));
  return `\`${[...words, command].join(' ')}\``;
}
