// What the user narrowed the run to must exist: a typing error is wrong use, not a finding.
import { contentOf, findLink } from '../../core/derive/topology/content.js';
import { isContainerNamed, isNamed } from '../../core/derive/topology/scope.js';
import { wholeTopology } from '../../core/derive/topology/topology.js';
import { nearest } from '../../core/derive/wording/nearest.js';
import { DoctorError } from '../../model/errors.js';
import { valueOf } from '../../model/fact.js';
import type { RuntimeContainer, RuntimeNetwork } from '../../model/runtime-network.js';
import type { Facts, Scope } from '../../model/snapshot.js';
import { printable } from '../../model/text.js';
import type { Child } from '../../model/topology.js';

/** The scope with short container ids spelt out. Throws DoctorError for the first name that is nothing here. */
export function resolveScope(asked: Scope, facts: Facts): Scope {
  const children = asked.containers.length === 0 ? [] : childrenIn(facts);
  const containers = asked.containers.map((name) => fullName(name, facts, children));
  const scope = { ...asked, containers };
  assertParents(scope, facts);
  networksNamed(scope.networks, facts);
  assertContainers(scope, facts, children);
  return scope;
}

/** As the docker client reads it: a name first, else the beginning of one single id. */
function fullName(name: string, facts: Facts, children: readonly Child[]): string {
  const containers = valueOf(facts.runtime)?.containers ?? [];
  if (isThere(name, containers, children)) return name;
  const [first, second] = containers.filter(({ id }) => name !== '' && id.startsWith(name));
  if (first !== undefined && second !== undefined) {
    throw new DoctorError(
      'no-such-container',
      `several containers have an id that begins with ${printable(name)}: ${first.name} and ${second.name}`,
    );
  }
  return first?.id ?? name;
}

function assertParents(scope: Scope, facts: Facts): void {
  const host = valueOf(facts.namespaces)?.find((netns) => netns.isHost);
  if (host === undefined) return;
  const { links } = contentOf(host);
  for (const name of scope.parents) {
    if (findLink(links, name) !== undefined) continue;
    const names = links.filter((link) => link.link_type === 'ether').map(({ ifname }) => ifname);
    const message = `no interface here is called ${printable(name)}`;
    throw new DoctorError('no-such-interface', message, meant(name, names));
  }
}

/** Throws DoctorError for the first name that is no network of the engine's. */
export function networksNamed(names: readonly string[], facts: Facts): RuntimeNetwork[] {
  if (names.length === 0) return [];
  if (facts.runtime.state !== 'known') {
    const { reason } = facts.runtime;
    throw new DoctorError('no-such-network', `--network needs a container engine: ${reason}`);
  }
  const { networks } = facts.runtime.value;
  return names.map((name) => {
    const network = networks.find((one) => one.name === name);
    if (network !== undefined) return network;
    const message = `the container engine has no network called ${printable(name)}`;
    const all = networks.map((one) => one.name);
    throw new DoctorError('no-such-network', message, meant(name, all));
  });
}

function childrenIn(facts: Facts): readonly Child[] {
  return wholeTopology(facts).parents.flatMap((parent) => parent.children);
}

function isThere(
  name: string,
  containers: readonly RuntimeContainer[],
  children: readonly Child[],
): boolean {
  return (
    children.some((child) => isNamed(child, [name])) ||
    containers.some((one) => isContainerNamed(one, [name]))
  );
}

/** A container may be named by the engine, or be a bare namespace with a child in it. */
function assertContainers(scope: Scope, facts: Facts, children: readonly Child[]): void {
  const containers = valueOf(facts.runtime)?.containers ?? [];
  for (const name of scope.containers) {
    if (isThere(name, containers, children)) continue;
    const { runtime } = facts;
    const isSilent = runtime.state === 'failed' || runtime.state === 'denied';
    throw new DoctorError(
      'no-such-container',
      `nothing here with a macvlan link is called ${printable(name)}${isSilent ? ` (containers have no names here: ${printable(runtime.reason)})` : ''}`,
      meant(
        name,
        children.map((child) => child.label),
      ),
    );
  }
}

/** What it may have been a slip of, else all that there is. */
function meant(name: string, names: readonly string[]): readonly string[] {
  const near = nearest(name, names);
  return near.length > 0 ? near : names;
}
