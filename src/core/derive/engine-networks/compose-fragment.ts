// The `networks:` part of a compose file that describes a network, with what differs from before marked by a comment.
import { Document, isMap, isScalar, isSeq, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import type { Engine, IpamPool, RuntimeNetwork } from '../../../model/runtime-network.js';
import { printable } from '../../../model/text.js';
import { driverOptionsOf, hasIpv6 } from './create-options.js';

/**
 * Undefined for what a compose file cannot say (templates, and networks made from one) and for what no file of one host
 * is the place for (the swarm's). Without `before` nothing is marked; `key` is what services call it by.
 */
export function composeFragment(
  network: RuntimeNetwork,
  flavour: Engine['flavour'],
  before?: RuntimeNetwork,
  key = keyOf(network.name),
): string | undefined {
  const { isConfigOnly, configFrom, scope } = network;
  if (isConfigOnly || configFrom !== undefined || scope === 'swarm') return undefined;
  const entry = entryOf(network, flavour);
  if (before !== undefined) mark(entry, entryOf(before, flavour));
  const fragment = mapOf({ networks: mapOf({ [key]: entry }) });
  // Compose reads YAML 1.1 in places: `yes` and `1:30` are quoted as well.
  const document = new Document(fragment, { compat: 'yaml-1.1' });
  const whole = { lineWidth: 0, doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER };
  return escaped(document.toString(whole));
}

/** Compose takes these characters for keys; the name itself stands under `name`. */
function keyOf(name: string): string {
  return name.replaceAll(/[^\w.-]+/gu, '-');
}

function entryOf(network: RuntimeNetwork, flavour: Engine['flavour']): YAMLMap {
  const { name, driver, pools, isInternal, isAttachable = false } = network;
  const options = driverOptionsOf(network, flavour);
  return mapOf({
    name: text(name),
    driver: text(driver),
    ...(options.length === 0 ? {} : { driver_opts: textsOf(options) }),
    ...(hasIpv6(network) ? { enable_ipv6: new Scalar(true) } : {}),
    ...(isInternal ? { internal: new Scalar(true) } : {}),
    ...(isAttachable ? { attachable: new Scalar(true) } : {}),
    ...(pools.length === 0
      ? {}
      : { ipam: mapOf({ config: listOf(pools.map((pool) => poolOf(pool))) }) }),
  });
}

function poolOf({ subnet, gateway, ipRange, auxAddresses }: IpamPool): YAMLMap {
  const aux = Object.entries(auxAddresses);
  return mapOf({
    subnet: text(subnet),
    ...(gateway === undefined ? {} : { gateway: text(gateway) }),
    ...(ipRange === undefined ? {} : { ip_range: text(ipRange) }),
    ...(aux.length === 0 ? {} : { aux_addresses: textsOf(aux) }),
  });
}

/** Notes behind each value that is another one than before, or new; and above a map what it has lost. */
function mark(now: YAMLMap, old: YAMLMap): void {
  for (const { key, value } of now.items) {
    const before = old.get(key, true);
    if (isScalar(value) && plain(value) !== plain(before)) {
      value.comment = before === undefined ? ' new' : ` was ${plain(before)}`;
    } else if (isMap(value)) {
      mark(value, isMap(before) ? before : mapOf({}));
    } else if (isSeq(value)) {
      markItems(value, isSeq(before) ? before : listOf([]));
    }
  }
  const lost = old.items.filter(({ key }) => !now.has(key));
  if (lost.length > 0) {
    const said = lost.map(({ key, value }) => ` without ${plain(key)}: ${plain(value)}`);
    now.comment = said.join('\n');
  }
}

/** Pools go by their place in the list. */
function markItems(now: YAMLSeq, old: YAMLSeq): void {
  for (const [at, item] of now.items.entries()) {
    const before = old.items[at];
    if (isMap(item)) mark(item, isMap(before) ? before : mapOf({}));
  }
}

function plain(node: unknown): string {
  if (isScalar(node)) return printable(String(node.value));
  return node === undefined ? '' : printable(JSON.stringify(node));
}

/** Compose replaces `$NAME` in values; a dollar that is meant stands twice. */
function text(value: string): Scalar<string> {
  return spelt(value.replaceAll('$', '$$$$'));
}

/** What cannot be seen is spelt out, and that needs double quotes. */
function spelt(value: string): Scalar<string> {
  const scalar = new Scalar(value);
  if (printable(value) !== value) scalar.type = Scalar.QUOTE_DOUBLE;
  return scalar;
}

/** They stand between double quotes, where YAML knows these escapes. */
function escaped(yaml: string): string {
  return yaml
    .split('\n')
    .map((line) =>
      printable(line).replaceAll(
        /\\u\{([\da-f]+)\}/gu,
        (_whole, code: string) => String.raw`\U${code.padStart(8, '0')}`,
      ),
    )
    .join('\n');
}

function mapOf(entries: Readonly<Record<string, Scalar | YAMLMap | YAMLSeq>>): YAMLMap {
  const map = new YAMLMap();
  for (const [key, value] of Object.entries(entries)) map.set(spelt(key), value);
  return map;
}

function textsOf(entries: readonly (readonly [string, string])[]): YAMLMap {
  return mapOf(Object.fromEntries(entries.map(([key, value]) => [key, text(value)])));
}

function listOf(items: readonly YAMLMap[]): YAMLSeq {
  const list = new YAMLSeq();
  list.items = [...items];
  return list;
}
