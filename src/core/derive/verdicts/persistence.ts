// What the boot configuration of this machine says of a macvlan link.
import type { ConfiguredMacvlan, PersistentConfig } from '../../../model/platform.js';
import type { Shim } from '../../../model/topology.js';

/** Unraid makes these itself at every boot ("Host access to custom networks"). */
const MADE_BY_UNRAID = /^(?:shim-|vhost\d)/;

/** True for a link that its maker brings back by itself, outside every configuration that is read. */
export function isMadeAtBoot(shim: Shim): boolean {
  return MADE_BY_UNRAID.test(shim.name);
}

function entriesFor(
  name: string,
  config: PersistentConfig | undefined,
): readonly ConfiguredMacvlan[] {
  return (config?.macvlans ?? []).filter((entry) => entry.name === name);
}

export function isMentioned(shim: Shim, config: PersistentConfig | undefined): boolean {
  return entriesFor(shim.name, config).length > 0;
}

/** One complete form is enough, whatever else lies around. */
export function incompleteEntry(
  name: string,
  config: PersistentConfig | undefined,
): ConfiguredMacvlan | undefined {
  const entries = entriesFor(name, config);
  return entries.some(({ isComplete }) => isComplete) ? undefined : entries[0];
}
