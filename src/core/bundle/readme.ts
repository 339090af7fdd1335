// README.txt of a bundle: what is inside, how to look, what is masked, and what never went in.
import type { BundleFile, BundleSkip, Manifest } from '../../model/bundle.js';

type About = Pick<Manifest, 'tool' | 'case' | 'host' | 'startedAt' | 'complete' | 'redaction'>;

export function readmeText(
  about: About,
  files: readonly Pick<BundleFile, 'path' | 'source'>[],
  skipped: readonly BundleSkip[],
): string {
  const width = Math.max(...files.map(({ path }) => path.length));
  return [
    `Support bundle of ${about.tool.name} ${about.tool.version}`,
    `Case ${about.case}, host ${about.host}, ${about.startedAt}.`,
    ...(about.complete ? [] : ['NOT COMPLETE: see "skipped" in manifest.json.']),
    '',
    'How to look',
    `  ${about.tool.name} analyze FILE.tar.gz      on any system, as anybody, without a network`,
    '  Everything else is text: unpack it and read. Nothing in here is ever run.',
    '',
    'What is inside',
    ...files.map(({ path, source }) => `  ${path.padEnd(width)}  ${source}`),
    '  manifest.json has hashes, sizes, times, and what was skipped and why.',
    ...skippedLines(skipped),
    '',
    'What is masked',
    ...MASKED[about.redaction.mode].map((line) => `  ${line}`),
    '',
    'What never went in',
    "  Containers' environment, commands, labels, mounts and secrets; the text of configuration",
    '  files; packets; command lines of processes.',
    '',
  ].join('\n');
}

function skippedLines(skipped: readonly BundleSkip[]): string[] {
  if (skipped.length === 0) return [];
  return ['  Not inside:', ...skipped.map(({ what, detail }) => `    ${what}: ${detail}`)];
}

const MASKED = {
  none: ['Nothing: names and addresses are the real ones.'],
  prefix: [
    'Names, addresses and MACs are stand-ins, the same ones in every bundle of this case.',
    'Subnets, gateways, equal addresses and kinds of MACs keep their meaning.',
    'This hides a network from a passer-by, not from somebody who knows parts of it.',
  ],
  strict: [
    'Names, addresses and MACs are stand-ins, host parts of addresses too; tool output is left out.',
    'This hides a network from a passer-by, not from somebody who knows parts of it.',
  ],
} as const;
