// What the user narrowed the run to must exist: a typing error is wrong use, not a finding.
import { findLink, contentOf } from '../../core/derive/topology.js';
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
        links.filter((link) => link.link_type === 'ether').map((link) => link.ifname),
      );
    }
  }
  assertRuntimeNames(scope, facts);
}

function assertRuntimeNames(scope: Scope, facts: Facts): void {
  if (scope.networks.length === 0) return;
  if (facts.runtime.state !== 'known') {
    const { reason } = facts.runtime;
    throw new DoctorError('no-such-network', `--network needs a container engine: ${reason}`);
  }
  const names = facts.runtime.value.networks.map((network) => network.name);
  for (const name of scope.networks) {
    if (!names.includes(name)) {
      const message = `the container engine has no network called ${printable(name)}`;
      throw new DoctorError('no-such-network', message, names);
    }
  }
}
