// Signs of a rented server in a data centre: public addresses that are not shared as a LAN is, and the provider's name.
import type { Address } from '../../../model/address.js';
import { valueOf } from '../../../model/fact.js';
import type { Evidence } from '../../../model/finding.js';
import type { Route } from '../../../model/route.js';
import type { Facts } from '../../../model/snapshot.js';
import type { Parent } from '../../../model/topology.js';
import { contains, isPublicIpv4, networkOf } from '../addressing/subnets.js';

export interface RentedSigns {
  /** The firmware names the provider. */
  readonly isNamed: boolean;
  readonly evidence: readonly Evidence[];
}

/** Providers of dedicated servers that bind a port to the MACs that they gave out. */
const PROVIDERS = /\b(Hetzner|OVH(cloud)?|SoYouStart|Kimsufi|Online SAS|Scaleway|LeaseWeb)\b/iu;

/**
 * Undefined where it looks like an ordinary LAN. A public address alone proves nothing: universities and companies have
 * them by the thousand. With the provider's name, or where even the own subnet is reached by the gateway, it does.
 */
export function rentedSigns(parent: Parent, facts: Facts): RentedSigns | undefined {
  const ends = [parent, ...parent.shims, ...parent.children];
  const open = ends.flatMap(({ addresses }) => addresses).filter((address) => isPublic(address));
  const [first] = open;
  if (first === undefined) return undefined;
  const provider = providerOf(facts);
  const isolation = singleAddress(open) ?? throughGateway(parent, facts);
  if (provider === undefined && isolation === undefined) return undefined;
  const address = `public address ${first.local}/${first.prefixlen.toString()} on ${parent.name}`;
  return {
    isNamed: provider !== undefined,
    evidence: [
      { from: 'addresses', says: isolation ?? address },
      ...(provider === undefined
        ? []
        : [{ from: 'machine', says: `the firmware names ${provider}` }]),
    ],
  };
}

function isPublic({ family, local, scope }: Address): boolean {
  return family === 'inet' && scope === 'global' && isPublicIpv4(local);
}

function singleAddress(open: readonly Address[]): string | undefined {
  const single = open.find(({ prefixlen }) => prefixlen === 32);
  return single && `${single.local}/32 is public, and alone in its subnet`;
}

/** The router is outside the subnet, or the subnet itself is behind it. */
function throughGateway(parent: Parent, facts: Facts): string | undefined {
  const own = parent.addresses.filter((address) => isPublic(address));
  const nets = own.map(({ local, prefixlen }) => networkOf(local, prefixlen));
  const routes = hostRoutes(facts).filter(({ dev }) => dev === parent.name);
  for (const { dst, gateway } of routes) {
    if (gateway === undefined || own.length === 0) continue;
    if (nets.includes(dst)) return `the own subnet ${dst} is reached by the gateway ${gateway}`;
    if (dst === 'default' && !nets.some((net) => contains(net, gateway))) {
      return `the gateway ${gateway} is outside ${nets.join(' and ')}`;
    }
  }
  return undefined;
}

function hostRoutes(facts: Facts): readonly Route[] {
  const host = valueOf(facts.namespaces)?.find(({ isHost }) => isHost);
  const content = host && valueOf(host.content);
  return content?.routes.filter(({ family }) => family === 'inet') ?? [];
}

function providerOf(facts: Facts): string | undefined {
  const { systemVendor, productName, boardVendor, biosVendor, chassisAssetTag } =
    valueOf(facts.machine) ?? {};
  return [systemVendor, productName, boardVendor, biosVendor, chassisAssetTag].find(
    (text) => text !== undefined && PROVIDERS.test(text),
  );
}
