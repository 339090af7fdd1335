// What a user should know of the bundle just written: where it is, what is inside, how to look, what never went in.
import { makeStyle, plural, type TextOptions } from '../core/reporters/style.js';
import { wrap } from '../core/reporters/width.js';
import { printable, shellWord } from '../model/text.js';
import type { Bundled } from './workflows/bundle.js';

export function bundleText(
  { file, sha256, packedBytes, manifest }: Bundled,
  options: TextOptions,
): string {
  if (options.quiet) return `${printable(file)}\n`;
  const { width, bold } = makeStyle(options);
  const size = `${(packedBytes / 1000).toFixed(0)} kB, ${plural(manifest.files.length + 1, 'file')}`;
  return `${[
    bold(`${printable(file)}   ${size}`),
    ...wrap(`sha256 ${sha256}`, width - 2).map((line) => `  ${line}`),
    `  To look: macvlan-doctor analyze ${shellWord(file)}`,
  ].join('\n')}\n`;
}
