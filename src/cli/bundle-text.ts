// What a user should know of a bundle: what is inside, what was masked, how to look, and what never went in.
import path from 'node:path';
import { makeStyle, plural, type Style, type TextOptions } from '../core/reporters/style.js';
import { padEnd, wrap } from '../core/reporters/width.js';
import type { BundleFile } from '../model/bundle.js';
import { valueOf } from '../model/fact.js';
import { hostLinks } from '../model/netns.js';
import type { Snapshot } from '../model/snapshot.js';
import { printable, shellWord } from '../model/text.js';
import type { Packed } from './workflows/bundle.js';

const MARGIN = 11;

/** The bundle was written. */
export function bundleText(packed: Packed, options: TextOptions): string {
  const { file, sha256, archive, manifest, mapFile } = packed;
  if (options.quiet) return `${printable(file)}\n`;
  const style = makeStyle(options);
  const state = manifest.complete ? '' : ', NOT COMPLETE';
  return textOf([
    style.bold(`${printable(file)}   ${kB(archive.length)}${state}`),
    ...block('sha256', `${sha256}, also in ${printable(path.basename(file))}.sha256`, style),
    ...block('Inside', insideOf(manifest.files), style),
    ...block('Masked', maskedOf(packed), style),
    ...(mapFile === undefined ? [] : block('Map', mapSentence(mapFile), style)),
    ...block('Left out', leftOutOf(packed), style),
    command('To look', `macvlan-doctor analyze ${shellWord(file)}`),
    ...block('Verdict', verdictOf(packed), style),
    ...(mapFile === undefined ? [] : block('Answers', translateCommand(manifest.case), style)),
  ]);
}

/** What would be written. */
export function previewText(packed: Packed, options: TextOptions): string {
  const style = makeStyle(options);
  const { manifest, archive, file } = packed;
  const width = Math.max(...manifest.files.map((one) => one.path.length));
  const files = manifest.files.map(
    (one) => `  ${padEnd(one.path, width)}  ${kB(one.bytes).padStart(9)}  ${printable(one.source)}`,
  );
  return textOf([
    style.bold(`Nothing was written. ${printable(file)} would have ${kB(archive.length)}:`),
    ...files,
    ...block('Masked', maskedOf(packed), style),
    ...sampleLines(packed),
    ...block('Left out', leftOutOf(packed), style),
  ]);
}

const textOf = (lines: readonly string[]): string => `${lines.join('\n')}\n`;

function block(name: string, text: string, { width }: Style): string[] {
  return wrap(text, width - MARGIN).map(
    (line, at) => `  ${padEnd(at === 0 ? name : '', MARGIN - 2)}${line}`,
  );
}

/** To be pasted: never broken. */
function command(name: string, text: string): string {
  return `  ${padEnd(name, MARGIN - 2)}${text}`;
}

function kB(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}

function insideOf(files: readonly BundleFile[]): string {
  const inFolder = (name: string): number =>
    files.filter((file) => file.path.startsWith(`${name}/`)).length;
  return [
    'all that was seen (facts), the report, the topology',
    plural(inFolder('probes'), 'file of probes', 'files of probes'),
    plural(inFolder('raw'), 'tool output', 'tool outputs'),
    'the events of the run, a manifest with hashes, a README',
  ].join(', ');
}

function maskedOf({ manifest, mask: { renamed } }: Packed): string {
  const { mode, masked } = manifest.redaction;
  if (mode === 'none') return 'NOTHING: names and addresses are the real ones (--redact none)';
  const { names = 0, addresses = 0, macs = 0, ids = 0 } = masked;
  const counts = [
    plural(names, 'name'),
    plural(addresses, 'address', 'addresses'),
    plural(macs, 'MAC'),
    plural(ids, 'id'),
  ].join(', ');
  const same = `${counts}: stand-ins of case ${manifest.case}, the same in each of its bundles`;
  if (renamed === 0) return same;
  const are = renamed === 1 ? 'is' : 'are';
  return `${same}, but for ${plural(renamed, 'address', 'addresses')} that ${are} called otherwise than before, since a subnet around them is known only now: to compare, make the earlier bundles anew`;
}

function mapSentence(mapFile: string): string {
  return `${printable(mapFile)} holds the real names, and stays with you`;
}

function translateCommand(caseId: string): string {
  return `macvlan-doctor bundle translate ANSWER.txt --case ${shellWord(caseId)} turns stand-ins back into real names`;
}

function leftOutOf({ manifest: { skipped } }: Packed): string {
  const never =
    "containers' environment, commands, labels, mounts and secrets; the text of configuration files; packets";
  const others = skipped.map(({ what, detail }) => `${printable(what)} (${printable(detail)})`);
  return [...others, never].join('; ');
}

function verdictOf({ report: { summary } }: Packed): string {
  return [
    plural(summary.fail, 'problem'),
    plural(summary.warn, 'warning'),
    `${summary.undetermined} not decided`,
  ].join(', ');
}

/** One of each kind, before and after. */
function sampleLines({ snapshot, mask }: Packed): string[] {
  if (mask.mode === 'none') return [];
  const real = samplesOf(snapshot).map((text) => printable(text));
  const others = samplesOf(mask.snapshot).map((text) => printable(text));
  const width = Math.max(0, ...real.map((text) => text.length));
  return real.map(
    (text, at) => `  ${' '.repeat(MARGIN - 2)}${padEnd(text, width)}  → ${others[at] ?? ''}`,
  );
}

function samplesOf({ facts }: Snapshot): string[] {
  const namespaces = valueOf(facts.namespaces) ?? [];
  const host = valueOf(namespaces.find(({ isHost }) => isHost)?.content ?? NOTHING);
  const link = hostLinks(namespaces)?.find((one) => one.link_type === 'ether');
  const address = host?.addresses.find(({ ifname }) => ifname === link?.ifname);
  const container = valueOf(facts.runtime)?.containers[0];
  return [
    valueOf(facts.platform)?.hostname,
    container?.name,
    address?.local,
    link?.address,
  ].flatMap((one) => one ?? []);
}

const NOTHING = { state: 'absent', reason: '' } as const;
