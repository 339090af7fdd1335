// resolv.conf(5): whom its reader asks for names, and whom Docker's embedded resolver asks in its place.
import ipaddr from 'ipaddr.js';
import type { Resolvers, UpstreamServer } from '../../model/resolver.js';

/** The C libraries ask the first three; more than this is nobody's resolv.conf. */
const MOST_SERVERS = 16;
/** What Docker notes below its generated lines: `# ExtServers: [host(192.0.2.53) 192.0.2.54]`. */
const NOTED = /^#\s*ExtServers:\s*\[([^\]]*)\]/;
const NAMESERVER = /^nameserver\s+(\S+)/;

/** Whatever is no address is passed over, as resolvers do. */
export function parseResolvConf(text: string): Resolvers {
  const lines = text.split('\n').map((line) => line.trim());
  const nameservers = lines.flatMap((line) => NAMESERVER.exec(line)?.[1] ?? []).filter(isAddress);
  const noted = lines.flatMap((line) => NOTED.exec(line)?.[1] ?? []).at(-1);
  return {
    nameservers: nameservers.slice(0, MOST_SERVERS),
    ...(noted !== undefined && { upstream: parseNoted(noted) }),
  };
}

function parseNoted(list: string): readonly UpstreamServer[] {
  return list
    .split(/[\s,]+/)
    .map((word) => {
      const fromHost = /^host\((.*)\)$/.exec(word)?.[1];
      return { ip: fromHost ?? word, isAskedFromHost: fromHost !== undefined };
    })
    .filter(({ ip }) => isAddress(ip))
    .slice(0, MOST_SERVERS);
}

/** Four decimal parts, or IPv6; a link-local one may name its link: `fe80::1%eth0`. */
function isAddress(text: string): boolean {
  return ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text);
}
