// What of a tool's JSON may go into a bundle: numbers and switches, and of its texts those that are listed here. What a person wrote as a
// remark (`ifalias`), and whatever a later version of the tool may add, stays out.

/** Keys of iproute2's JSON whose texts are names that stand-ins are known for, addresses, or words of the kernel's. */
const TEXTS: ReadonlySet<string> = new Set(
  `ifname link master dev oif iif flags operstate linkmode link_type address broadcast permaddr qdisc
  info_kind info_slave_kind mode vlan_mode xmit_hash_policy state lladdr
  family local peer label type dst src gateway via from prefsrc metric iifname oifname
  mac vlan nexthop`.split(/\s+/u),
);

/**
 * Keys whose numbers the tool turns into words that whoever runs the host may have written (`rt_tables`, `rt_protos`,
 * `rt_scopes`, `rt_dsfield` and `group` of iproute2, ip-route(8)): only the words that it brings along.
 */
const WORDS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    table: 'main local default unspec',
    scope: 'global link host site nowhere',
    group: 'default',
    protocol: `unspec redirect kernel boot static gated ra mrt zebra bird dnrouted xorp ntk dhcp mrouted keepalived babel
      ovn openr bgp isis ospf rip eigrp`,
    tos: '',
  }).map(([key, words]) => [key, new Set(words.split(/\s+/u))] as const),
);

/** The same value with only what is listed; undefined where nothing is left. */
export function projected(value: unknown, key?: string): unknown {
  if (typeof value === 'string')
    return key !== undefined && mayBeTold(key, value) ? value : undefined;
  if (Array.isArray(value)) {
    return value.map((one) => projected(one, key)).filter((one) => one !== undefined);
  }
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).map(([name, one]) => [name, projected(one, name)] as const);
  return Object.fromEntries(kept.filter(([name, one]) => one !== undefined && isKey(name)));
}

/** InfiniBand and its like: the finder of addresses in a text knows MACs of six bytes, so these have no stand-in there. */
const LONG_HARDWARE_ADDRESS = /^(?:[\da-f]{2}[:-]){6,}[\da-f]{2}$/iu;

function mayBeTold(key: string, text: string): boolean {
  const words = WORDS.get(key);
  if (words !== undefined) return words.has(text) || /^(?:\d+|0x[\da-f]+)$/u.test(text);
  return TEXTS.has(key) && !LONG_HARDWARE_ADDRESS.test(text);
}

/** A key is the tool's own word, never something that was found. */
function isKey(name: string): boolean {
  return /^[\w-]{1,40}$/.test(name);
}
