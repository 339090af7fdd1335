// IPv4 settings of a whole namespace (ip-sysctl.rst): what rtnetlink leaves to /proc/sys/net, all of it put together, and
// what sysctl(8) prints.
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

/** Names of links may have dots in them: sysctl(8) writes them as slashes, that of busybox as they are. */
const SETTING =
  /^net\.ipv4\.conf\.(?<link>\S+)\.(?<name>rp_filter|arp_ignore|arp_announce|arp_filter|proxy_arp|forwarding) = (?<value>\d{1,10})$/gmu;
const ECHO = /^net\.ipv4\.icmp_echo_ignore_all = (?<value>\d{1,10})$/mu;
/** Settings of every link. */
const COMPLETE = 6;

/** What sysctl(8) printed of `net.ipv4.conf` and `net.ipv4.icmp_echo_ignore_all`; undefined when it is not whole. */
export function parseSysctl(text: string): Ipv4Settings | undefined {
  const found = new Map<string, Record<string, number>>();
  for (const { groups = {} } of text.matchAll(SETTING)) {
    const { link = '', name = '', value } = groups;
    const ifname = link.replaceAll('/', '.');
    found.set(ifname, { ...found.get(ifname), [name]: Number(value) });
  }
  const confs = new Map(
    [...found].filter((entry): entry is [string, Record<keyof Ipv4Conf, number>] => {
      return Object.keys(entry[1]).length === COMPLETE;
    }),
  );
  const all = confs.get('all');
  const echo = ECHO.exec(text)?.groups?.['value'];
  if (all === undefined || echo === undefined) return undefined;
  const links = [...confs].filter(([name]) => name !== 'all' && name !== 'default');
  return { all, links: Object.fromEntries(links), ignoresEcho: Number(echo) !== 0 };
}

function numberIn(text: Fact<string> | undefined): number | undefined {
  const digits = /^(\d{1,10})\n?$/.exec((text && valueOf(text)) ?? '')?.[1];
  return digits === undefined ? undefined : Number(digits);
}
