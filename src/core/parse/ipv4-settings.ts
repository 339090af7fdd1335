// IPv4 settings of a whole namespace, out of /proc/sys/net (kernel: ip-sysctl.rst).
import { type Fact, valueOf } from '../../model/fact.js';
import type { Ipv4Conf, Ipv4Settings } from '../../model/netns.js';

const NAMES = [
  'rp_filter',
  'arp_ignore',
  'arp_announce',
  'arp_filter',
  'proxy_arp',
  'forwarding',
] as const satisfies readonly (keyof Ipv4Conf)[];

/** What is to be read inside the namespace, in the order of {@link parseIpv4Settings}. */
export const IPV4_SETTINGS_FILES: readonly string[] = [
  ...NAMES.map((name) => `/proc/sys/net/ipv4/conf/all/${name}`),
  '/proc/sys/net/ipv4/icmp_echo_ignore_all',
];

/** Undefined when any of the texts is missing or is no number: half of the settings would mislead. */
export function parseIpv4Settings(
  texts: readonly Fact<string>[],
  links: Ipv4Settings['links'],
): Ipv4Settings | undefined {
  const numbers = IPV4_SETTINGS_FILES.map((_path, index) => numberIn(texts[index]));
  const named = NAMES.map((name, index) => [name, numbers[index]] as const);
  const echo = numbers[NAMES.length];
  if (echo === undefined || named.some(([, value]) => value === undefined)) return undefined;
  return {
    all: Object.fromEntries(named) as unknown as Ipv4Conf,
    links,
    ignoresEcho: echo !== 0,
  };
}

function numberIn(text: Fact<string> | undefined): number | undefined {
  const digits = /^(\d{1,10})\n?$/.exec((text && valueOf(text)) ?? '')?.[1];
  return digits === undefined ? undefined : Number(digits);
}
