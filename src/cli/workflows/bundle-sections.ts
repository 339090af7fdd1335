// What goes into a bundle, from the run and from what was made of it.
import { FACTS_PATH } from '../../core/bundle/layout.js';
import type { Mask } from '../../core/bundle/mask.js';
import type { Section } from '../../core/bundle/section.js';
import { renderJson } from '../../core/reporters/json.js';
import { renderText } from '../../core/reporters/text.js';
import { PROBES, type Observation } from '../../model/observation.js';
import type { Report } from '../../model/report.js';
import type { Snapshot } from '../../model/snapshot.js';
import type { RunEvent } from './bundle-run.js';

/** A file is read anywhere: no colour, and the width of a ticket. */
const ON_PAPER = { color: false, width: 80, verbose: true, quiet: false };

/** Everything that follows from facts which have their stand-ins already. */
export function sectionsOfRun(snapshot: Snapshot, report: Report): Section[] {
  const made = (path: string, source: string, text: string, worth?: number): Section => ({
    path,
    source,
    text,
    isMasked: true,
    ...(worth === undefined ? {} : { worth }),
  });
  return [
    made(FACTS_PATH, 'all that was seen; `analyze` reads this file alone', lines([snapshot])),
    made('report.json', 'the report, as `run --json` prints it', renderJson(report), 4),
    made('report.txt', 'the report, as `run --verbose` prints it', renderText(report, ON_PAPER), 5),
    made('topology.json', 'who is on which parent', json(report.topology), 3),
    ...probeSections(snapshot.observations).map(([path, text]) => ({
      ...made(path, 'what this probe sent, and what came back', text, 2),
      isCuttable: true,
    })),
  ];
}

/** One file per probe, one line per time that it was tried. */
function probeSections(observations: readonly Observation[]): [path: string, text: string][] {
  return PROBES.flatMap((probe) => {
    const own = observations.filter((observation) => observation.probe === probe);
    return own.length === 0 ? [] : [[`probes/${probe}.jsonl`, lines(own)]];
  });
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

export function eventSection(events: readonly RunEvent[], sources: Snapshot['sources']): Section {
  const gathered = sources.map(({ id, durationMs, reads }) => ({
    gatherer: id,
    durationMs,
    reads,
  }));
  return {
    path: 'events.jsonl',
    source: 'what the run did and how long it took',
    text: (mask) => ({ text: lines([...events, ...gathered].map((one) => worded(one, mask))) }),
    isMasked: true,
    worth: 1,
    isCuttable: true,
  };
}

/** The value with stand-ins in all its texts. */
function worded(value: unknown, mask: Pick<Mask, 'text'>): unknown {
  if (typeof value === 'string') return mask.text(value);
  if (Array.isArray(value)) return value.map((one) => worded(one, mask));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, worded(one, mask)]));
}

function lines(values: readonly unknown[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join('');
}
