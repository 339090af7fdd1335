// The words that a fault may use for the names and addresses of the LAN it is staged in: `{parent}`, `{gateway}`, …
import { cidrOf, hostAddress, ipv4, sizeOf } from './addresses.js';
import type { ChildPlan, LanPlan, Segment, Subnet } from './plan.js';

export type Words = Readonly<Record<string, string>>;

const withoutPrefix = (cidr: string): string => cidr.replace(/\/.*/, '');

function childWords(prefix: string, child: ChildPlan | undefined): Words {
  if (child === undefined) return {};
  const [address = ''] = child.addresses;
  return {
    [prefix]: withoutPrefix(address),
    [`${prefix}-cidr`]: address,
    [`${prefix}-link`]: child.link,
    [`${prefix}-mac`]: child.mac,
    [`${prefix}-netns`]: child.netns,
  };
}

/** One half of the subnet, the one without the gateway: what a careless second network overlaps with. */
function halfOf({ subnet, router }: Segment): Subnet {
  const prefixlen = subnet.prefixlen + 1;
  const size = 2 ** (32 - prefixlen);
  const isGatewayBelow = withoutPrefix(router.addresses[0] ?? '') === ipv4(subnet.base + 1);
  return { base: isGatewayBelow ? subnet.base + size : subnet.base, prefixlen };
}

/** Words for the first segment, and for a step inside `child` also that child's own. */
export function wordsOf(plan: LanPlan, child?: ChildPlan): Words {
  const [segment, second] = plan.segments;
  if (segment === undefined) return {};
  const { parent, router, subnet, devices } = segment;
  const [host = ''] = parent.addresses;
  const [device] = devices;
  const half = halfOf(segment);
  return {
    nic: parent.nic,
    parent: parent.parent,
    port: parent.port,
    host: withoutPrefix(host),
    'host-cidr': host,
    gateway: withoutPrefix(router.addresses[0] ?? ''),
    'router-link': router.link,
    'router-mac': router.mac,
    'router-port': router.port,
    'parent-mac': parent.mac,
    device: withoutPrefix(device?.addresses[0] ?? ''),
    'device-link': device?.link ?? '',
    'device-mac': device?.mac ?? '',
    subnet: cidrOf(subnet),
    prefixlen: String(subnet.prefixlen),
    // Four bits wider: the classic slip of 255.255.0.0 for 255.255.255.0 in small.
    'prefixlen-wider': String(subnet.prefixlen - 4),
    // Numbers that no station was given (draw-plan.ts keeps the first and last five free).
    free: hostAddress(subnet, 3),
    'free-too': hostAddress(subnet, 4),
    nobody: hostAddress(subnet, -4),
    // One that no card has (macOf draws from 02:42).
    'nobody-mac': '02:00:5e:10:00:09',
    half: cidrOf(half),
    'half-cidr': `${ipv4(half.base + sizeOf(half))}/${half.prefixlen}`,
    'other-subnet': cidrOf(plan.otherSubnet),
    'other-prefixlen': String(plan.otherSubnet.prefixlen),
    'other-gateway': hostAddress(plan.otherSubnet, 1),
    'other-host': hostAddress(plan.otherSubnet, 9),
    ...secondWords(second),
    shim: parent.shim?.name ?? '',
    'shim-address': parent.shim?.address ?? '',
    ...childWords('first', parent.children[0]),
    ...childWords('second', parent.children[1]),
    ...childWords('self', child),
    ...(child === undefined ? {} : { 'self-other': otherAddress(plan, child) }),
  };
}

/** Words for the second parent and its LAN. */
function secondWords(second: Segment | undefined): Words {
  if (second === undefined) return {};
  const { parent, router, subnet } = second;
  return {
    'lan2-parent': parent.parent,
    'lan2-parent-mac': parent.mac,
    'lan2-host': withoutPrefix(parent.addresses[0] ?? ''),
    'lan2-port': parent.port,
    'lan2-shim': parent.shim?.name ?? '',
    'lan2-router-link': router.link,
    'lan2-gateway': withoutPrefix(router.addresses[0] ?? ''),
    'lan2-free': hostAddress(subnet, 3),
    'lan2-prefixlen': String(subnet.prefixlen),
    ...childWords('lan2-first', parent.children[0]),
    ...childWords('lan2-second', parent.children[1]),
  };
}

/** The child's number in the other subnet: an address like its own, in the wrong place. */
function otherAddress(plan: LanPlan, child: ChildPlan): string {
  const at = plan.segments[0]?.parent.children.indexOf(child) ?? 0;
  return hostAddress(plan.otherSubnet, 20 + at);
}

/** `text` with every `{word}` replaced. An unknown or empty word is a mistake in the scenario. */
export function fill(text: string, words: Words): string {
  return text.replaceAll(/\{([\w-]+)\}/g, (_match, word: string) => {
    const value = words[word];
    if (value === undefined || value === '')
      throw new Error(`no word {${word}} in this LAN: ${text}`);
    return value;
  });
}
