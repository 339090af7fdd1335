// What drops packets in some namespaces, once all is sent: nftables, and iptables where that is what is used.
import { parseIptablesSave } from '../../../core/parse/filter/iptables-save.js';
import { mostTelling } from '../../../core/parse/filter/most-telling.js';
import { parseNftRuleset } from '../../../core/parse/filter/nft-ruleset.js';
import { type Fact, known, unknown, valueOf } from '../../../model/fact.js';
import type { DroppingRule, NetnsRules } from '../../../model/filter.js';
import type { Netns } from '../../../model/netns.js';
import type { Host, NetnsDoor } from '../../host/host.js';
import { netnsPath, readInNetns } from '../../host/netns-path.js';
import { defineGatherer } from '../define-gatherer.js';
import { lookInto } from './look-into.js';

/** Tables of iptables that are in use in the namespace of the reader; to list others would make the kernel load them. */
const LEGACY_TABLES = '/proc/thread-self/net/ip_tables_names';
const MODULES_LIMIT_BYTES = 8 * 1024 * 1024;
/** kallsyms of a kernel with everything in it is below 20 MiB; it is read only when nothing else tells. */
const KALLSYMS_LIMIT_BYTES = 32 * 1024 * 1024;

export function filters(inodes: readonly number[]) {
  return defineGatherer({
    meta: {
      id: 'filters',
      title: 'What drops packets where an answer was missing',
      provides: ['filters'],
      reads: [
        'nft -j list ruleset in the namespaces where an answer was missing',
        `${LEGACY_TABLES} there, and iptables-save where it names any`,
      ],
    },
    async gather(host, soFar) {
      const { netns: door } = host;
      if (!door) return { filters: unknown('absent', 'packet filters are read on Linux only') };
      // Without the module there are no rules of it, and to ask would load it.
      const hasNft = inodes.length > 0 && isNftLoaded(host);
      const look = (netns: Netns) => filterOf({ host, door, netns, hasNft });
      return { filters: await lookInto(inodes, soFar, look) };
    },
  });
}

interface Place {
  readonly host: Host;
  readonly door: NetnsDoor;
  readonly netns: Netns;
  readonly hasNft: boolean;
}

/** Of two filters of which one could not be read, the other's rules are worth showing, and their lack proves nothing. */
async function filterOf(place: Place): Promise<Fact<NetnsRules>> {
  const path = netnsPath(place.host.files, place.netns);
  if (path === undefined) return unknown('failed', 'the network namespace has vanished');
  const parts = await Promise.all([
    place.hasNft ? nftRules(place.door, path) : known([]),
    legacyRules(place, path),
  ]);
  const rules = parts.flatMap((part) => valueOf(part) ?? []);
  const trouble = parts.find((part) => part.state !== 'known');
  if (trouble !== undefined && rules.length === 0) return trouble;
  return known({ dropping: mostTelling(rules) });
}

async function nftRules(door: NetnsDoor, path: string | null): Promise<Fact<DroppingRule[]>> {
  const text = await door.read(path, ['nft', '-j', '-t', 'list', 'ruleset']);
  if (text.state === 'known') return parseNftRuleset(text.value);
  if (text.state !== 'absent') return text;
  const saved = await door.read(path, ['iptables-nft-save', '-c']);
  return saved.state === 'known' ? known(parseIptablesSave(saved.value)) : text;
}

async function legacyRules(place: Place, path: string | null): Promise<Fact<DroppingRule[]>> {
  const names = readInNetns(place.host, place.netns, [LEGACY_TABLES]);
  if (names.state !== 'known') return names;
  const [table] = names.value;
  // No such file: the kernel has no iptables of the old kind, or has not loaded it.
  if (table?.state !== 'known' || table.value.trim() === '') return known([]);
  const named = await place.door.read(path, ['iptables-legacy-save', '-c']);
  const saved =
    named.state === 'absent' ? await place.door.read(path, ['iptables-save', '-c']) : named;
  return saved.state === 'known' ? known(parseIptablesSave(saved.value)) : saved;
}

/** nf_tables is there already, as a module or within the kernel. */
function isNftLoaded({ files, kernel }: Host): boolean {
  if (files.inode('/sys/module/nf_tables').state === 'known') return true;
  // A kernel that takes no modules loads none.
  if (files.readText('/proc/modules').state === 'absent') return true;
  const folder = `/lib/modules/${kernel}`;
  const builtin = valueOf(files.readText(`${folder}/modules.builtin`, MODULES_LIMIT_BYTES));
  if (builtin !== undefined) return /\/nf_tables\.ko/.test(builtin);
  const symbols = valueOf(files.readText('/proc/kallsyms', KALLSYMS_LIMIT_BYTES));
  return symbols !== undefined && / nf_tables_newrule\b/.test(symbols);
}
