// Several Compose files as one (compose-spec, 13-merge): a later file adds to mappings and lists, and replaces the rest.
import type { MapValue, Value } from './tree.js';

/** Lists at these ends of a path are replaced and not added to. */
const REPLACED = new Set(['command', 'entrypoint', 'test']);

/** `over` laid over `under`; `!reset` takes the value away, `!override` puts it in its place whole. */
export function merged(under: Value | undefined, over: Value, key = ''): Value | undefined {
  if (over.tag === '!reset') return undefined;
  if (under === undefined || over.tag === '!override' || REPLACED.has(key)) return over;
  const [a, b] = [under, over].map((value) => inOneForm(value, key));
  if (a === undefined || b === undefined) return over;
  if (a.kind === 'map' && b.kind === 'map') return mergedMaps(a, b);
  if (key === 'config' && a.kind === 'list' && b.kind === 'list') {
    return { ...b, items: mergedPools(a.items, b.items) };
  }
  if (a.kind === 'list' && b.kind === 'list') return { ...b, items: [...a.items, ...b.items] };
  return isEmpty(b) ? a : b;
}

/** Where both a text and a list may stand, and where both a list and a mapping may. */
function inOneForm(value: Value, key: string): Value {
  if (key === 'networks') return asMap(value);
  if (!LISTABLE.has(key) || value.kind !== 'scalar' || value.value === null) return value;
  return { kind: 'list', items: [value], place: value.place };
}

const LISTABLE = new Set(['dns', 'dns_search', 'env_file', 'tmpfs']);

function mergedMaps(under: MapValue, over: MapValue): MapValue {
  const entries = new Map(under.entries);
  for (const [key, value] of over.entries) {
    const both = merged(under.entries.get(key), value, key);
    if (both === undefined) entries.delete(key);
    else entries.set(key, both);
  }
  return { ...under, entries };
}

/** Pools of one subnet are one pool. */
function mergedPools(under: readonly Value[], over: readonly Value[]): Value[] {
  const pools = [...under];
  for (const one of over) {
    const at = pools.findIndex((other) => subnetOf(other) === subnetOf(one));
    const same = at === -1 ? undefined : pools[at];
    if (same === undefined) pools.push(one);
    else pools[at] = merged(same, one) ?? one;
  }
  return pools;
}

function subnetOf(pool: Value): unknown {
  const subnet = pool.kind === 'map' ? pool.entries.get('subnet') : undefined;
  return subnet?.kind === 'scalar' ? subnet.value : undefined;
}

/** `networks: [lan, backend]` of a service says the same as a mapping without values. */
export function asMap(value: Value): Value {
  if (value.kind !== 'list') return value;
  const entries = value.items.flatMap((item) =>
    item.kind === 'scalar'
      ? [[String(item.value), { kind: 'scalar', value: null, place: item.place }] as const]
      : [],
  );
  return { kind: 'map', entries: new Map(entries), place: value.place };
}

function isEmpty(value: Value): boolean {
  return value.kind === 'scalar' && value.value === null;
}
