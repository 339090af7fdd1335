// What the model expects of the probes and what came of it (`-v`): one entry per kind of pair and reason, however many pairs.
import type { Predicted, Reachability, Report } from '../../model/report.js';
import type { Style } from './style.js';
import { wrap } from './width.js';

const INDENT = '  ';
/** Where the reason begins, under its heading. */
const REASON_INDENT = '    ';

interface Group {
  readonly heading: string;
  readonly predicted: Predicted;
  readonly members: Reachability[];
}

export function expectedLines(report: Report, style: Style): string[] {
  if (!style.verbose) return [];
  const groups = groupsOf(report);
  if (groups.length === 0) return [];
  return [
    style.bold(`${INDENT}what the model expects, why, and what was seen`),
    ...groups.flatMap((group) => groupLines(group, style)),
    '',
  ];
}

function groupsOf({ reachability }: Report): Group[] {
  const groups = new Map<string, Group>();
  for (const probe of reachability) {
    const { predicted } = probe;
    if (predicted === undefined) continue;
    const heading = `${kindOf(probe.from)} to ${kindOf(probe.to)}, ${METHOD.get(probe.method) ?? probe.method}`;
    const key = [heading, predicted.outcome, predicted.reason].join(' ');
    const group = groups.get(key) ?? { heading, predicted, members: [] };
    group.members.push(probe);
    groups.set(key, group);
  }
  return [...groups.values()];
}

const METHOD: ReadonlyMap<string, string> = new Map(
  Object.entries({
    arp: 'ARP',
    icmp: 'ping',
    tcp: 'TCP',
    relay: 'relayed ping',
    reflection: 'frame',
  }),
);
const KIND: ReadonlyMap<string, string> = new Map(
  Object.entries({ container: 'child', lan: 'LAN address' }),
);

/** `container:web` is a child, `gateway:192.0.2.1` a gateway. */
function kindOf(end: string): string {
  const [kind = end] = end.split(':');
  return KIND.get(kind) ?? kind;
}

const OUTCOME: Readonly<Record<Predicted['outcome'], string>> = {
  answer: 'an answer',
  silence: 'silence',
  either: 'open',
};

function groupLines({ heading, predicted, members }: Group, style: Style): string[] {
  const head = `${heading}: ${OUTCOME[predicted.outcome]}; ${seenIn(members)}.`;
  return [
    ...wrap(head, style.width - INDENT.length).map((line) => INDENT + line),
    ...wrap(predicted.because, style.width - REASON_INDENT.length).map((line) =>
      style.dim(REASON_INDENT + line),
    ),
  ];
}

function seenIn(members: readonly Reachability[]): string {
  const asked = members.filter(({ error, sent }) => error === undefined && sent > 0);
  const answered = asked.filter((one) => one.answered).length;
  if (asked.length === 0) return 'not sent';
  const all = asked.length.toString();
  return answered === 0 ? `${all} of ${all} silent` : `${answered.toString()} of ${all} answered`;
}
