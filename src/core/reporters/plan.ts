// The plan of a run (`--dry-run`): every probe that would be sent, from where, to whom; nothing was sent.
import type { ProbeStep } from '../../model/observation.js';
import type { RunPlan } from '../../model/report.js';
import { printable } from '../../model/text.js';
import { makeStyle, plural, type TextOptions } from './style.js';
import { tableLines } from './table.js';
import { wrap } from './width.js';

export function renderPlan(run: RunPlan, options: TextOptions): string {
  const plan = run.steps;
  const style = makeStyle(options);
  const [first = 'Nothing', ...rest] =
    plan.length === 0 ? [] : [plural(plan.length, 'probe'), ...parentsOf(plan)];
  const lead =
    plan.length === 0
      ? 'Nothing would be sent: no macvlan link here can be asked anything.'
      : `${first} would be sent on ${rest.join(', ')}; nothing was sent now. ${outlook(run)}`;
  const lines = wrap(lead, style.width);
  if (options.quiet || plan.length === 0) return `${lines.join('\n')}\n`;
  const rows = plan.map((step) => [step.probe, step.from, step.target || step.to, wayOf(step)]);
  const table = tableLines(
    {
      head: ['probe', 'from', 'to', 'as'],
      rows: rows.map((row) => row.map((cell) => printable(cell))),
      flexible: [1],
    },
    style,
  );
  return `${[...lines, '', ...table].join('\n')}\n`;
}

function outlook({ frameLimit, mostRounds }: RunPlan): string {
  const later = (mostRounds - 1).toString();
  return `Where answers are missing, up to ${later} more rounds ask on; together at most ${plural(frameLimit.frames, 'frame')}.`;
}

function parentsOf(plan: readonly ProbeStep[]): string[] {
  return [...new Set(plan.map((step) => printable(step.parent)))];
}

function wayOf({ send }: ProbeStep): string {
  switch (send.kind) {
    case 'arp': {
      return `ARP ${send.ethernetSource}`;
    }
    case 'icmp': {
      return send.device === undefined ? 'ICMP' : `ICMP by ${send.device}`;
    }
    case 'reflection': {
      return send.destination;
    }
    case 'tcp': {
      return `TCP port ${send.port.toString()}`;
    }
    case 'relay': {
      return `ICMP through ${send.ethernetDestination}`;
    }
  }
}
