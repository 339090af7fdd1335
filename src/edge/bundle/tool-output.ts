// What the system's own tools say of the host's namespace, for a reader who wants to see it in their words. Tools that are not there are
// no loss: the facts do not come from them.
import { linesAbout } from '../../core/bundle/kernel-log.js';
import type { Section } from '../../core/bundle/section.js';
import { projectedText } from '../../core/bundle/tool-projection.js';
import type { BundleSkip, SkipReason } from '../../model/bundle.js';
import type { Fact } from '../../model/fact.js';
import type { Host } from '../host/host.js';

export interface ToolOutput {
  readonly sections: readonly Section[];
  readonly skipped: readonly BundleSkip[];
}

type Argv = readonly [string, ...string[]];

/** Parents whose neighbours are listed; those of other links are nobody's business. */
const MOST_PARENTS = 8;

const COMMANDS: readonly (readonly [name: string, argv: Argv])[] = [
  ['ip-link', ['ip', '-d', '-j', 'link', 'show']],
  ['ip-address', ['ip', '-j', 'address', 'show']],
  ['ip-route', ['ip', '-j', 'route', 'show', 'table', 'all']],
  ['ip-6-route', ['ip', '-6', '-j', 'route', 'show', 'table', 'all']],
  ['ip-rule', ['ip', '-j', 'rule', 'show']],
  ['bridge-fdb', ['bridge', '-j', 'fdb', 'show']],
];

/** `links` are the host's links that matter, parents first. */
export async function toolOutput(
  host: Pick<Host, 'netns' | 'monotonicMs'>,
  links: { readonly parents: readonly string[]; readonly all: readonly string[] },
): Promise<ToolOutput> {
  const neighbours = links.parents
    .slice(0, MOST_PARENTS)
    .map((dev, at): [string, Argv] => [
      `ip-neigh-${at + 1}`,
      ['ip', '-j', 'neigh', 'show', 'dev', dev],
    ]);
  const taken = await Promise.all([
    ...[...COMMANDS, ...neighbours].map(([name, argv]) =>
      take(host, argv, jsonSection(name, argv)),
    ),
    take(host, ['dmesg'], logSection(links.all)),
  ]);
  return {
    sections: taken.flatMap(({ section }) => section ?? []),
    skipped: taken.flatMap(({ skip }) => skip ?? []),
  };
}

interface Taken {
  readonly section?: Section;
  readonly skip?: BundleSkip;
}

async function take(
  { netns, monotonicMs }: Pick<Host, 'netns' | 'monotonicMs'>,
  argv: Argv,
  made: (text: string, ms: number) => Section | string,
): Promise<Taken> {
  const what = argv.join(' ');
  if (netns === null) return { skip: { what, why: 'not-applicable', detail: 'this is no Linux' } };
  const startedMs = monotonicMs();
  const said = await netns.read(null, argv);
  if (said.state !== 'known') {
    return { skip: { what, why: REASONS[said.state], detail: said.reason } };
  }
  const section = made(said.value, Math.round(monotonicMs() - startedMs));
  return typeof section === 'string'
    ? { skip: { what, why: 'failed', detail: section } }
    : { section };
}

const REASONS: Readonly<Record<Exclude<Fact<never>['state'], 'known'>, SkipReason>> = {
  absent: 'absent',
  denied: 'denied',
  failed: 'failed',
  skipped: 'unwanted',
};

function jsonSection(name: string, argv: Argv): (text: string, ms: number) => Section | string {
  return (text, ms) => {
    let value: unknown;
    try {
      // Older versions print nothing at all for an empty list.
      value = JSON.parse(text.trim() === '' ? '[]' : text);
    } catch {
      return 'what it printed is no JSON';
    }
    return {
      path: `raw/${name}.json`,
      source: argv.join(' '),
      text: (mask) => projectedText(value, mask),
      exit: 0,
      ms,
      isMasked: false,
      worth: 0,
    };
  };
}

function logSection(links: readonly string[]): (text: string, ms: number) => Section {
  return (text, ms) => ({
    path: 'raw/kernel-log.txt',
    source: 'dmesg, lines about links of ours only',
    text: linesAbout(text, links)
      .map((line) => `${line}\n`)
      .join(''),
    exit: 0,
    ms,
    isFreeText: true,
    isMasked: false,
    worth: 0,
    isCuttable: true,
  });
}
