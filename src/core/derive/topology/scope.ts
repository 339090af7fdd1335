// What is left of the topology when the user asked for some parents, networks or containers only.
import { isCalled } from '../../../model/link.js';
import type { RuntimeContainer, RuntimeNetwork } from '../../../model/runtime-network.js';
import type { Scope } from '../../../model/snapshot.js';
import type { Child, Parent } from '../../../model/topology.js';

/** Nothing in particular was asked about. */
export function isEverything({ parents, networks, containers }: Scope): boolean {
  return parents.length + networks.length + containers.length === 0;
}

/** The parents in scope, with the children and networks in scope. */
export function narrowParents(
  parents: readonly Parent[],
  scope: Scope,
  containers: readonly RuntimeContainer[],
): Parent[] {
  const plugged = pluggedInto(scope, containers);
  return parents
    .map((parent) => narrow(parent, scope, plugged))
    .filter((parent) => isInScope(parent, scope));
}

export function isNetworkInScope(
  { id, name, parent }: RuntimeNetwork,
  scope: Scope,
  containers: readonly RuntimeContainer[],
): boolean {
  return (
    (scope.networks.length === 0 || scope.networks.includes(name)) &&
    (scope.parents.length === 0 || scope.parents.includes(parent ?? '')) &&
    (scope.containers.length === 0 || pluggedInto(scope, containers).has(id))
  );
}

/** Ids of the networks that the named containers are on: of one that does not run, the engine alone knows. */
function pluggedInto(scope: Scope, containers: readonly RuntimeContainer[]): ReadonlySet<string> {
  return new Set(
    containers
      .filter((container) => isContainerNamed(container, scope.containers))
      .flatMap(({ endpoints }) => endpoints.map(({ networkId }) => networkId)),
  );
}

function narrow(parent: Parent, scope: Scope, plugged: ReadonlySet<string>): Parent {
  if (scope.networks.length === 0 && scope.containers.length === 0) return parent;
  const children = parent.children.filter(
    (child) =>
      (scope.networks.length === 0 || scope.networks.includes(child.network?.name ?? '')) &&
      (scope.containers.length === 0 || isNamed(child, scope.containers)),
  );
  const ipvlans = parent.ipvlans.filter(
    (ipvlan) =>
      (scope.networks.length === 0 || scope.networks.includes(ipvlan.network?.name ?? '')) &&
      (scope.containers.length === 0 || isNamed(ipvlan, scope.containers)),
  );
  const isAnyones = scope.containers.length === 0 || children.length > 0;
  const networks = parent.networks.filter(
    (network) =>
      (scope.networks.length === 0 || scope.networks.includes(network.name)) &&
      (isAnyones || plugged.has(network.id)),
  );
  return { ...parent, children, ipvlans, networks };
}

/** By label, by the place that it shares with others (`web` for `web/eth0`), by subject name, or as its container. */
export function isNamed(
  child: Pick<Child, 'label' | 'name' | 'container'>,
  names: readonly string[],
): boolean {
  return (
    names.includes(child.label) ||
    names.includes(child.label.split('/')[0] ?? '') ||
    names.includes(child.name) ||
    (child.container !== undefined && isContainerNamed(child.container, names))
  );
}

/** By name, or by its id from 12 digits on. */
export function isContainerNamed(
  { id, name }: RuntimeContainer,
  names: readonly string[],
): boolean {
  return names.some((wanted) => wanted === name || (wanted.length >= 12 && id.startsWith(wanted)));
}

function isInScope(parent: Parent, scope: Scope): boolean {
  if (scope.parents.length > 0 && !scope.parents.some((name) => isCalled(parent.link, name))) {
    return false;
  }
  if (scope.containers.length + scope.networks.length > 0)
    return parent.networks.length + parent.children.length + parent.ipvlans.length > 0;
  return true;
}
