// Which driver stands behind each of the host's cards and parents, and whether it is a virtual function.
import { known, unknown } from '../../../model/fact.js';
import type { Nic } from '../../../model/machine.js';
import type { Host } from '../../host/host.js';
import { carriersOf } from '../carriers.js';
import { defineGatherer } from '../define-gatherer.js';

/** `0000:03:00.0`: domain, bus, device, function. */
const PCI_ADDRESS = /^[\da-f]{4,8}:[\da-f]{2}:[\da-f]{2}\.[0-7]$/i;

export default defineGatherer({
  meta: {
    id: 'nics',
    title: 'Drivers of the host’s network cards',
    provides: ['nics'],
    reads: ['ETHTOOL_GDRVINFO for each card and parent', '/sys/bus/pci/devices/*/physfn'],
  },
  gather(host, soFar) {
    const { netns } = host;
    if (!netns) return { nics: unknown('absent', 'drivers are asked for on Linux only') };
    if (soFar.namespaces?.state !== 'known') {
      const reason = soFar.namespaces?.reason ?? 'namespaces were not read';
      return { nics: unknown('failed', reason) };
    }
    const found = carriersOf(soFar).flatMap(({ ifname }) => {
      const told = netns.driverOf(ifname);
      return told.state === 'known' ? [[ifname, nicOf(host, told.value)] as const] : [];
    });
    return { nics: known(Object.fromEntries(found)) };
  },
});

/** Devices on the bus belong to no namespace; /sys/class/net shows those of the one that /sys was mounted in. */
function nicOf({ files }: Host, told: Omit<Nic, 'isVirtualFunction'>): Nic {
  const { busInfo } = told;
  const isVirtualFunction =
    PCI_ADDRESS.test(busInfo) &&
    files.inode(`/sys/bus/pci/devices/${busInfo}/physfn`).state === 'known';
  return { ...told, isVirtualFunction };
}
