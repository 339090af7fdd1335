// IPv4 settings of a whole namespace: what rtnetlink leaves to /proc/sys/net, and all of it put together (ip-sysctl.rst).
import { type Fact, valueOf } from '../../model/fact.js';
import type { Ipv4Conf, Ipv4Settings } from '../../model/netns.js';
import type { NetconfSettings } from './rtnetlink/ipv4-conf.js';

/** The settings of `all` that rtnetlink does not tell. */
const NAMES = [
  'arp_ignore',
  'arp_announce',
  'arp_filter',
] as const satisfies readonly (keyof Ipv4Conf)[];

/** What is to be read inside the namespace, in the order of {@link parseIpv4Settings}. */
export const IPV4_SETTINGS_FILES: readonly string[] = [
  ...NAMES.map((name) => `/proc/sys/net/ipv4/conf/all/${name}`),
  '/proc/sys/net/ipv4/icmp_echo_ignore_all',
];

interface Told {
  readonly links: Ipv4Settings['links'];
  readonly all: NetconfSettings | undefined;
}

/** Undefined when any part is missing or is no number: half of the settings would mislead. */
export function parseIpv4Settings(
  texts: readonly Fact<string>[],
  { links, all }: Told,
): Ipv4Settings | undefined {
  const [arpIgnore, arpAnnounce, arpFilter, echo] = IPV4_SETTINGS_FILES.map((_path, index) =>
    numberIn(texts[index]),
  );
  if (
    all === undefined ||
    arpIgnore === undefined ||
    arpAnnounce === undefined ||
    arpFilter === undefined ||
    echo === undefined
  ) {
    return undefined;
  }
  return {
    all: { ...all, arp_ignore: arpIgnore, arp_announce: arpAnnounce, arp_filter: arpFilter },
    links,
    ignoresEcho: echo !== 0,
  };
}

function numberIn(text: Fact<string> | undefined): number | undefined {
  const digits = /^(\d{1,10})\n?$/.exec((text && valueOf(text)) ?? '')?.[1];
  return digits === undefined ? undefined : Number(digits);
}
