// Everything that is asked of one namespace, in which order, and the answers put together.
import type { Link } from '../../../model/link.js';
import type { Ipv4Conf, NetnsContent } from '../../../model/netns.js';
import { addressesRequest, parseAddresses } from './address.js';
import { type NetconfSettings, netconfRequest, parseIpv4Confs, parseNetconf } from './ipv4-conf.js';
import { linkNames, linksRequest, parseLinks } from './link.js';
import { errorOf } from './message.js';
import { neighboursRequest, parseNeighbours } from './neighbour.js';
import { nsidRequest, parseNsid } from './nsid.js';
import { parseRoutes, routesRequest } from './route.js';
import { parseRules, rulesRequest } from './rule.js';

type Answers = readonly (readonly Uint8Array[])[];

/** First look: the links, and the namespace's id for the one that `hostFd` of this process has open. */
export function firstRequests(hostFd: number): Uint8Array[] {
  return [linksRequest(), nsidRequest(hostFd)];
}

/** What the first look tells; the errno when even the links were refused. */
export function parseFirst(
  answers: Answers,
): { readonly links: Link[]; readonly hostNsid: number | null } | { readonly errno: number } {
  const [links = [], nsid = []] = answers;
  const errno = errorOf(links);
  return errno === undefined ? { links: parseLinks(links), hostNsid: parseNsid(nsid) } : { errno };
}

/** Second look, for namespaces that matter: everything else. */
export function restRequests(): Uint8Array[] {
  return [
    addressesRequest(),
    routesRequest(),
    rulesRequest(),
    neighboursRequest(),
    netconfRequest(),
  ];
}

/** A kernel built without rules or without a family refuses those; then there are none. */
export function parseRest(
  answers: Answers,
  links: readonly Link[],
): Pick<NetnsContent, 'addresses' | 'routes' | 'rules' | 'neighbours'> {
  const [addresses = [], routes = [], rules = [], neighbours = []] = answers;
  const names = linkNames(links);
  return {
    addresses: parseAddresses(addresses, names),
    routes: parseRoutes(routes, names),
    rules: parseRules(rules),
    neighbours: parseNeighbours(neighbours, names),
  };
}

/** The IPv4 settings in the answers of both looks; `all` is undefined where the kernel does not tell. */
export function parseSettings(
  first: Answers,
  rest: Answers,
): { readonly links: Record<string, Ipv4Conf>; readonly all: NetconfSettings | undefined } {
  return { links: parseIpv4Confs(first[0] ?? []), all: parseNetconf(rest[4] ?? []) };
}
