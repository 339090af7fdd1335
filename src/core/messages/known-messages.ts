// All known messages, in the order of the list that `npm run gen` makes of them.
import type { KnownMessage } from '../../model/manual.js';
import { cni } from './by-speaker/cni.js';
import { dockerAddresses } from './by-speaker/docker-addresses.js';
import { dockerParents } from './by-speaker/docker-parents.js';
import { incus } from './by-speaker/incus.js';
import { kernel } from './by-speaker/kernel.js';
import { libvirt } from './by-speaker/libvirt.js';
import { podman } from './by-speaker/podman.js';

export const knownMessages: readonly KnownMessage[] = [
  ...dockerParents,
  ...dockerAddresses,
  ...podman,
  ...cni,
  ...incus,
  ...libvirt,
  ...kernel,
];
