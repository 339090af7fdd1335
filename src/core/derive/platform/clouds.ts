// Clouds and rented machines: the fabric knows what was ordered, and forwards nothing else.
import type { PlatformRow } from './platform-row.js';

export const CLOUDS: readonly PlatformRow[] = [
  {
    id: 'aws',
    name: 'an Amazon EC2 instance',
    habit: { source: 'drops', unicast: 'drops' },
    settings: () => [
      'No setting of Amazon EC2 admits other MACs. Assign the addresses to the network interface as secondary private addresses and use ipvlan, which shares the MAC; or attach an interface per container; or use an overlay.',
    ],
    inVain:
      'Disabling the source/destination check does not help: it is about IP addresses. Nor does promiscuous mode.',
  },
  {
    id: 'gcp',
    name: 'a Google Cloud instance',
    habit: { source: 'drops', unicast: 'drops' },
    settings: () => [
      'No setting of Google Cloud admits other MACs. Give the instance alias IP ranges and use ipvlan in mode l3, or an overlay.',
    ],
    inVain:
      '"IP forwarding" (canIpForward) does not help: it is about IP addresses. Nor does promiscuous mode.',
  },
  {
    id: 'azure',
    name: 'an Azure virtual machine',
    habit: { source: 'drops', unicast: 'drops' },
    settings: () => [
      'No setting of Azure admits other MACs; the MAC spoofing of Hyper-V is not offered there. Give the network interface secondary IP configurations and use ipvlan, or an overlay.',
    ],
    inVain:
      '"IP forwarding" of the network interface does not help: it is about IP addresses. Nor does promiscuous mode.',
  },
  {
    id: 'small-cloud',
    name: 'a virtual server of a cloud',
    habit: { source: 'drops', unicast: 'drops' },
    settings: () => [
      'This provider forwards only the MAC that it gave the card, at least on the public side. Publish ports, use ipvlan with addresses that were ordered, or an overlay; some private networks are more liberal: ask the provider.',
    ],
    inVain: 'Promiscuous mode does not help.',
  },
  {
    id: 'hosting-provider',
    name: 'a rented server in a data centre',
    habit: { source: 'drops', unicast: 'drops' },
    settings: () => [
      "Order a virtual MAC for each additional address in the provider's panel, and give exactly that MAC to its container (--mac-address, mac_address in a compose file). Or let the provider route the addresses to this server, and use a bridge or ipvlan in mode l3.",
    ],
    inVain:
      'Do not try other MACs: providers watch for them, warn, and block the port. Promiscuous mode does not help.',
  },
];
