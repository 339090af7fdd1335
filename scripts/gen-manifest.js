// oclif's list of commands and flags: oclif trusts it instead of loading every command, so it must not lag behind the sources.
import { Plugin } from '@oclif/core';
import { root } from './paths.js';

/** What `oclif manifest` writes, with the commands in alphabetical order wherever the file system lists them in another. */
export async function manifest() {
  const plugin = new Plugin({
    errorOnManifestCreate: true,
    ignoreManifest: true,
    respectNoCacheDefault: true,
    root,
    type: 'core',
  });
  await plugin.load();
  const { commands, ...rest } = plugin.manifest;
  const sorted = Object.fromEntries(
    Object.entries(commands).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
  return [['oclif.manifest.json', `${JSON.stringify({ commands: sorted, ...rest }, null, 2)}\n`]];
}
