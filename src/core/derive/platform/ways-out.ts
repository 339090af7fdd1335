// What to do instead where an engine lives in a virtual machine of a desktop product, by product and by system.
import type { Product } from '../verdicts/engine-product.js';

/** The way out per product; what all of them share comes after it. */
const BY_PRODUCT: Readonly<Record<Product, readonly string[]>> = {
  'Docker Desktop': [
    'On Linux, install Docker Engine beside Docker Desktop and switch to it: docker context use default.',
  ],
  OrbStack: ['OrbStack has no network that is bridged to the LAN; publish the ports instead.'],
  'Rancher Desktop': [
    'On macOS, Rancher Desktop can give its virtual machine an address of the LAN (Preferences, Virtual Machine, Network); that still carries one MAC only.',
  ],
  Colima: [
    'Recent versions can put the virtual machine on the LAN (colima start --network-address --network-mode bridged); use the interface that this adds (col0) as the parent, and expect that macOS filters foreign MACs. Let the doctor prove it from inside: colima ssh.',
  ],
  Lima: [
    'A Lima instance with a bridged socket_vmnet network has an interface on the LAN (lima0); use that as the parent, and expect that macOS filters foreign MACs. Let the doctor prove it from inside: limactl shell.',
  ],
  'Podman machine': [
    'On Linux, leave the machine and run rootful Podman itself: sudo podman network create -d macvlan.',
  ],
};

const FOR_ALL = [
  'Run Docker Engine on a Linux host, or in a virtual machine whose network is bridged to a wired card and lets foreign MACs through.',
  'Or do without macvlan: publish the ports (-p) and use the address of this machine.',
  '-o parent=eth0 is accepted only because the virtual machine has an eth0: it is a link to the product, not to the LAN. --net=host and a newer version of the product do not change that.',
];

/** Where the messages and the virtual machines are that system's own. */
const BY_SYSTEM: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    darwin: [
      '-o parent=en0 is refused there ("invalid subinterface vlan name en0, example formatting is eth0.10"): en0 is a link of macOS, and the virtual machine has none of that name.',
      'On a Mac, a Linux virtual machine of UTM, Parallels, VMware Fusion or VirtualBox can be bridged to a wired card; Wi-Fi passes one MAC only.',
    ],
    win32: [
      'On Windows, a Hyper-V virtual machine on an external switch does it, with Set-VMNetworkAdapter -MacAddressSpoofing On.',
    ],
  }),
);

/** The product's own way first; `product` is undefined for one that nobody knows. */
export function waysOut(product: Product | undefined, system: string): readonly string[] {
  return [
    ...(product === undefined ? [] : BY_PRODUCT[product]),
    ...(BY_SYSTEM.get(system) ?? []),
    ...FOR_ALL,
  ];
}
