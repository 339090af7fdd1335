// A bundle of a snapshot, packed as the command packs it, with tools that tell of the same host.
import { gunzipSync } from 'node:zlib';
import { TarReader } from '../../src/core/bundle/tar-reader.js';
import { packRun } from '../../src/cli/workflows/pack-run.js';
import type { CaseFile } from '../../src/edge/bundle/case-store.js';
import type { Host } from '../../src/edge/host/host.js';
import type { RedactionMode } from '../../src/model/bundle.js';
import { known as told, unknown, valueOf } from '../../src/model/fact.js';
import type { NetnsContent } from '../../src/model/netns.js';
import type { Snapshot } from '../../src/model/snapshot.js';

const CASE: CaseFile = { schemaVersion: 1, case: 'T-1', key: '5a'.repeat(32) };

export interface BundleText {
  /** By path. */
  readonly files: ReadonlyMap<string, string>;
  readonly remembered?: CaseFile;
}

/** Throws as the command does when a file would give something away. */
export async function bundleOf(
  snapshot: Snapshot,
  redact: RedactionMode,
  { key = CASE.key, case: caseId = CASE.case }: Partial<Pick<CaseFile, 'key' | 'case'>> = {},
): Promise<BundleText> {
  const run = {
    snapshot,
    events: [
      { atMs: 3, event: 'seen', detail: { observations: snapshot.observations.length } },
      { atMs: 123_456, event: 'done' },
    ],
    isWhole: true,
    endedAt: '2026-01-31T12:00:01.000Z',
  };
  const known: CaseFile = { ...CASE, key, case: caseId };
  const packing = { caseId, isNamed: true, known, redact, flags: [] };
  const { sealed, remembered } = await packRun(run, toolsOf(snapshot), packing);
  const reader = new TarReader(() => true, { entries: 100, fileBytes: 1e7 });
  reader.push(gunzipSync(sealed.archive));
  const texts = [...reader.end().kept].map(
    ([path, bytes]) =>
      [path.slice(path.indexOf('/') + 1), new TextDecoder().decode(bytes)] as const,
  );
  return { files: new Map(texts), ...(remembered === undefined ? {} : { remembered }) };
}

/** What `ip -j`, `bridge -j` and `dmesg` print on the host of a snapshot. */
function toolsOf({ facts }: Snapshot): Pick<Host, 'netns' | 'monotonicMs'> {
  const host = (valueOf(facts.namespaces) ?? []).find(({ isHost }) => isHost);
  const content = host && valueOf(host.content);
  const nothing = unknown('absent', 'not in this test');
  return {
    netns: {
      read: (_netns, [tool, ...rest]) =>
        Promise.resolve(
          content === undefined ? nothing : told(printed(`${tool} ${rest.join(' ')}`, content)),
        ),
      readTexts: () => nothing,
      driverOf: () => nothing,
    },
    monotonicMs: () => 8_388_608,
  };
}

function printed(command: string, content: NetnsContent): string {
  if (command === 'dmesg') return logOf(content);
  if (command.includes(' link ')) return JSON.stringify(linksOf(content));
  if (command.includes(' address ')) return JSON.stringify(addressesOf(content));
  if (command.includes(' route ')) return JSON.stringify(content.routes);
  if (command.includes(' neigh '))
    return JSON.stringify(content.neighbours.map((one) => ({ ...one, probes: 4 })));
  return '[]';
}

function logOf({ links }: NetnsContent): string {
  const lines = links.flatMap(({ ifname, address }) => [
    `[  123.456789] ${ifname}: entered promiscuous mode`,
    `[  169.254001] IPv6: ADDRCONF(NETDEV_CHANGE): ${ifname}: link becomes ready`,
    `[ 8388.608000] macvlan: permission DENIED on device ${ifname} (${address ?? 'no address'})`,
  ]);
  return `${lines.join('\n')}\n`;
}

function linksOf({ links }: NetnsContent): unknown[] {
  return links.map((link) => ({
    ...link,
    qdisc: 'noqueue',
    linkmode: 'DEFAULT',
    group: 'default',
    txqlen: 1000,
    broadcast: 'ff:ff:ff:ff:ff:ff',
    promiscuity: 0,
    min_mtu: 68,
    max_mtu: 65_535,
    inet6_addr_gen_mode: 'eui64',
    num_tx_queues: 1,
    gso_max_size: 65_536,
  }));
}

function addressesOf({ links, addresses }: NetnsContent): unknown[] {
  return links.map(({ ifindex, ifname, flags, operstate }) => ({
    ifindex,
    ifname,
    flags,
    operstate,
    qdisc: 'fq_codel',
    addr_info: addresses
      .filter((one) => one.ifname === ifname)
      .map((one) => ({ ...one, valid_life_time: 4_294_967_295 })),
  }));
}
