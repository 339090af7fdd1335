// What of a tool's JSON may go into a bundle: numbers and switches, and of its texts those that are listed here. What a person wrote as a
// remark (`ifalias`), and whatever a later version of the tool may add, stays out.

/** Keys of iproute2's JSON whose texts are names, addresses or words of a closed list. */
const TEXTS: ReadonlySet<string> = new Set(
  `ifname link master dev oif iif flags operstate linkmode link_type address broadcast permaddr qdisc group
  info_kind info_slave_kind mode vlan_mode xmit_hash_policy state lladdr
  family local peer scope label protocol type dst src gateway via from prefsrc metric table tos iifname oifname
  mac vlan nexthop`.split(/\s+/u),
);

/** The same value with only what is listed; undefined where nothing is left. */
export function projected(value: unknown, key?: string): unknown {
  if (typeof value === 'string') return key !== undefined && TEXTS.has(key) ? value : undefined;
  if (Array.isArray(value)) {
    return value.map((one) => projected(one, key)).filter((one) => one !== undefined);
  }
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).map(([name, one]) => [name, projected(one, name)] as const);
  return Object.fromEntries(kept.filter(([name, one]) => one !== undefined && isKey(name)));
}

/** A key is the tool's own word, never something that was found. */
function isKey(name: string): boolean {
  return /^[\w-]{1,40}$/.test(name);
}
