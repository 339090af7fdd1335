// What the user narrowed the run to must exist: a typing error is wrong use, not a finding.
import { contentOf, findLink } from '../../core/derive/content.js';
import { isNamed } from '../../core/derive/scope.js';
import { buildTopology } from '../../core/derive/topology.js';
import { nearest } from '../../core/derive/nearest.js';
import { DoctorError } from '../../model/errors.js';
import { valueOf } from '../../model/fact.js';
import type { Facts, Scope } from '../../model/snapshot.js';
import { printable } from '../../model/text.js';

/** Throws DoctorError for the first name that is nothing here. */
export function assertScope(scope: Scope, facts: Facts): void {
  const host = valueOf(facts.namespaces)?.find((netns) => netns.isHost);
  const links = host === undefined ? undefined : contentOf(host).links;
  for (const name of scope.parents) {
    if (links !== undefined && findLink(links, name) === undefined) {
      throw new DoctorError(
        'no-such-interface',
        `no interface here is called ${printable(name)}`,
        meant(
          name,
          links.filter((link) => link.link_type === 'ether').map((link) => link.ifname),
        ),
      );
    }
  }
  assertNetworks(scope, facts);
  assertContainers(scope, facts);
}

function assertNetworks(scope: Scope, facts: Facts): void {
  if (scope.networks.length === 0) return;
  if (facts.runtime.state !== 'known') {
    const { reason } = facts.runtime;
    throw new DoctorError('no-such-network', `--network needs a container engine: ${reason}`);
  }
  const names = facts.runtime.value.networks.map((network) => network.name);
  for (const name of scope.networks) {
    if (!names.includes(name)) {
      const message = `the container engine has no network called ${printable(name)}`;
      throw new DoctorError('no-such-network', message, meant(name, names));
    }
  }
}

/** A container may be named by the engine, or be a bare namespace with a child in it. */
function assertContainers(scope: Scope, facts: Facts): void {
  if (scope.containers.length === 0) return;
  const everything: Scope = { parents: [], networks: [], containers: [] };
  const children = buildTopology({ facts, scope: everything }).parents.flatMap(
    (parent) => parent.children,
  );
  const containers = valueOf(facts.runtime)?.containers ?? [];
  for (const name of scope.containers) {
    const isKnown =
      containers.some((container) => container.name === name || container.id.startsWith(name)) ||
      children.some((child) => isNamed(child, [name]));
    if (!isKnown) {
      throw new DoctorError(
        'no-such-container',
        `nothing here with a macvlan link is called ${printable(name)}`,
        meant(
          name,
          children.map((child) => child.label),
        ),
      );
    }
  }
}

/** What it may have been a slip of, else all that there is. */
function meant(name: string, names: readonly string[]): readonly string[] {
  const near = nearest(name, names);
  return near.length > 0 ? near : names;
}
