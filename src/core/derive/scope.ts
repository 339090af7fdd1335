// What is left of the topology when the user asked for some parents, networks or containers only.
import type { Link } from '../../model/link.js';
import type { RuntimeNetwork } from '../../model/runtime-network.js';
import type { Scope } from '../../model/snapshot.js';
import type { Child, Parent } from '../../model/topology.js';

/** The parents in scope, with the children and networks in scope. */
export function narrowParents(parents: readonly Parent[], scope: Scope): Parent[] {
  return parents
    .map((parent) => narrow(parent, scope))
    .filter((parent) => isInScope(parent, scope));
}

export function isNetworkInScope({ name, parent }: RuntimeNetwork, scope: Scope): boolean {
  return (
    (scope.networks.length === 0 || scope.networks.includes(name)) &&
    (scope.parents.length === 0 || scope.parents.includes(parent ?? ''))
  );
}

function narrow(parent: Parent, scope: Scope): Parent {
  if (scope.networks.length === 0 && scope.containers.length === 0) return parent;
  const children = parent.children.filter(
    (child) =>
      (scope.networks.length === 0 || scope.networks.includes(child.network?.name ?? '')) &&
      (scope.containers.length === 0 || isNamed(child, scope.containers)),
  );
  const networks = parent.networks.filter(
    (network) => scope.networks.length === 0 || scope.networks.includes(network.name),
  );
  return { ...parent, children, networks };
}

/** By label, by subject name, or by the container's id from 12 digits on. */
export function isNamed(child: Child, names: readonly string[]): boolean {
  return (
    names.includes(child.label) ||
    names.includes(child.name) ||
    (child.container !== undefined &&
      names.some((name) => name.length >= 12 && child.container?.id.startsWith(name) === true))
  );
}

function isInScope(parent: Parent, scope: Scope): boolean {
  if (scope.parents.length > 0 && !scope.parents.some((name) => isCalled(parent.link, name))) {
    return false;
  }
  if (scope.containers.length > 0) return parent.children.length > 0;
  if (scope.networks.length > 0) return parent.networks.length > 0 || parent.children.length > 0;
  return true;
}

function isCalled(link: Link, name: string): boolean {
  return link.ifname === name || link.altnames?.includes(name) === true;
}
