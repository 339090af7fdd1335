// What the host's kernel would do with a packet to each child: every rule, table and route counts, as in real traffic.
import { linkNames } from '../../../core/parse/rtnetlink/link.js';
import { parseRouteLookup, routeLookupRequest } from '../../../core/parse/rtnetlink/route.js';
import { known, unknown } from '../../../model/fact.js';
import { isMacvlanKind } from '../../../model/link.js';
import { hostLinks, isOnHostLink, type Netns } from '../../../model/netns.js';
import { defineGatherer } from '../define-gatherer.js';

export default defineGatherer({
  meta: {
    id: 'route-lookups',
    title: 'The host’s way to each child',
    provides: ['routeLookups'],
    reads: ['RTM_GETROUTE for each IPv4 address of a child, in the host’s network namespace'],
  },
  gather({ netlink }, { namespaces }) {
    if (!netlink) return { routeLookups: unknown('absent', 'routes are looked up on Linux only') };
    if (namespaces?.state !== 'known') {
      return { routeLookups: unknown('failed', namespaces?.reason ?? 'namespaces were not read') };
    }
    const asked = childAddresses(namespaces.value).flatMap((dst) => {
      const request = routeLookupRequest(dst);
      return request ? [{ dst, request }] : [];
    });
    const answers = netlink.ask(
      null,
      asked.map(({ request }) => request),
    );
    if (answers.state !== 'known') return { routeLookups: answers };
    const names = linkNames(hostLinks(namespaces.value) ?? []);
    return {
      routeLookups: known(
        asked.map(({ dst }, index) => parseRouteLookup(answers.value[index] ?? [], dst, names)),
      ),
    };
  },
});

/** IPv4 addresses on macvlan links whose parent is in the host's namespace, each once, in text order. */
function childAddresses(namespaces: readonly Netns[]): string[] {
  const found = namespaces.flatMap(({ isHost, content }) => {
    if (isHost || content.state !== 'known') return [];
    const { addresses, links } = content.value;
    const children = new Set(
      links
        .filter((link) => isMacvlanKind(link) && isOnHostLink(link, content.value))
        .map(({ ifname }) => ifname),
    );
    return addresses
      .filter(({ family, ifname }) => family === 'inet' && children.has(ifname))
      .map(({ local }) => local);
  });
  return [...new Set(found)].toSorted();
}
