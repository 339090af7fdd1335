// Steps that would put a foreign MAC on a wire whose owner watches for those: kept back, and on record as not sent.
import type { Observation, ProbeStep } from '../../../model/observation.js';
import type { Facts } from '../../../model/snapshot.js';
import type { Parent, Topology } from '../../../model/topology.js';
import { hostRouteDevice } from '../addressing/host-route.js';
import { identifyPlatform } from '../platform/identify-platform.js';

/** Why there is no answer, for the checks to quote. */
export const WITHHELD =
  'not sent, since this looks like a rented server, whose provider may block a port that shows foreign MACs (--foreign-macs sends it)';

export interface Around {
  readonly topology: Topology;
  readonly facts: Facts;
  /** The user says that foreign MACs may be sent anywhere. */
  readonly foreignMacs?: boolean | undefined;
}

/** The steps that may be sent, and the others as observations of nothing. */
export function withhold(
  planned: readonly ProbeStep[],
  around: Around,
): { readonly steps: readonly ProbeStep[]; readonly withheld: readonly Observation[] } {
  if (around.foreignMacs === true) return { steps: planned, withheld: [] };
  const watched = new Map(
    around.topology.parents
      .filter((parent) => isWatched(parent, around.facts))
      .map((parent) => [parent.name, parent]),
  );
  const isKept = (step: ProbeStep): boolean => {
    const parent = watched.get(step.parent);
    return parent !== undefined && showsForeignMac(step, parent, around);
  };
  return {
    steps: planned.filter((step) => !isKept(step)),
    withheld: planned
      .filter((step) => isKept(step))
      .map((step) => ({ ...step, sent: 0, replies: [], error: WITHHELD })),
  };
}

/** A provider stands behind this parent that gives out MACs and watches for others. */
export function isWatched(parent: Parent, facts: Facts): boolean {
  return identifyPlatform(facts, parent).id === 'hosting-provider';
}

/**
 * Even what two siblings say to each other begins with a question to all, which leaves by the wire; and so does what is
 * asked by way of a shim. Reflection frames have a MAC that nobody owns.
 */
function showsForeignMac(
  { send, target }: ProbeStep,
  parent: Parent,
  { topology, facts }: Around,
): boolean {
  const own = parent.link.address;
  switch (send.kind) {
    case 'arp': {
      return send.ethernetSource !== own || send.senderMac !== own;
    }
    case 'relay': {
      return send.ethernetSource !== own;
    }
    case 'reflection': {
      return true;
    }
    default: {
      if (send.netns !== topology.host.inode) return true;
      const device = send.device ?? hostRouteDevice(topology, facts, target);
      return parent.shims.some(({ name }) => name === device);
    }
  }
}
