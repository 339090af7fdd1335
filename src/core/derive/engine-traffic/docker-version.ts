// What Docker's versions do differently, by the number of the release that changed it.
import type { Engine } from '../../../model/runtime-network.js';

/** `gw-priority`: a user can say which network gives a container its default route (moby 48936). */
export const HAS_GW_PRIORITY = 28;
/** No gateway is invented for a macvlan network that names none (moby 50929, in no 28). */
export const INVENTS_NO_GATEWAY = 29;

/** The major release of a Docker engine; undefined for Podman, and for a version that is no number. */
export function dockerMajor({ flavour, serverVersion }: Engine): number | undefined {
  const major = Number.parseInt(serverVersion, 10);
  return flavour === 'docker' && Number.isSafeInteger(major) ? major : undefined;
}
