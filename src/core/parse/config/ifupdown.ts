// Stanzas of ifupdown's files (interfaces(5)): which links they configure, and which macvlan links they make.
import type { ConfiguredMacvlan } from '../../../model/platform.js';
import type { ConfigFile } from './config-file.js';
import { macvlanNames } from './ip-link-add.js';

interface Stanza {
  readonly ifname: string;
  readonly path: string;
  readonly lines: readonly string[];
}

/** ifnames that have a stanza, the loopback left out, sorted. */
export function ifupdownLinks(files: readonly ConfigFile[]): readonly string[] {
  const names = stanzas(files).map(({ ifname }) => ifname);
  return [...new Set(names)].filter((name) => name !== 'lo').toSorted();
}

/** One entry per macvlan link that a stanza makes; without `auto` nothing brings the stanza up at boot. */
export function ifupdownMacvlans(files: readonly ConfigFile[]): readonly ConfiguredMacvlan[] {
  const automatic = automaticNames(files);
  return stanzas(files).flatMap(({ ifname, path, lines }) =>
    macvlanNames(lines.join('\n')).map((name) => {
      // Inside the stanza of a link, ifupdown puts that link's name in $IFACE.
      const made = /^\$\{?IFACE\}?$/.test(name) ? ifname : name;
      const base = { name: made, manager: 'ifupdown', path } as const;
      return automatic.has(ifname)
        ? { ...base, isComplete: true }
        : {
            ...base,
            isComplete: false,
            gap: `no line "auto ${ifname}": nothing brings it up at boot`,
          };
    }),
  );
}

function stanzas(files: readonly ConfigFile[]): readonly Stanza[] {
  return files.flatMap(({ path, text }) =>
    text
      .split(/^(?=[ \t]*(?:iface|auto|allow-\w+|mapping|source|source-directory|no-auto-down)\b)/m)
      .flatMap((part) => {
        const ifname = /^[ \t]*iface[ \t]+(\S+)/.exec(part)?.[1];
        return ifname === undefined ? [] : [{ ifname, path, lines: optionLines(part) }];
      }),
  );
}

/** `pre-up ip link add …` → `ip link add …`. */
function optionLines(stanza: string): readonly string[] {
  return stanza
    .replaceAll(/\\\r?\n/g, ' ')
    .split(/\r?\n/)
    .slice(1)
    .flatMap((line) => /^\s*(?:pre-up|up|post-up)\s+(.*)$/.exec(line)?.[1] ?? []);
}

function automaticNames(files: readonly ConfigFile[]): ReadonlySet<string> {
  const lines = files.flatMap(({ text }) => text.split(/\r?\n/));
  return new Set(
    lines.flatMap((line) => {
      const names = /^\s*(?:auto|allow-auto|allow-hotplug)\s+(.*)$/.exec(line)?.[1];
      return names === undefined ? [] : names.split(/\s+/);
    }),
  );
}
