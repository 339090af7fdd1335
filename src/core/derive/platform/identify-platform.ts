// What kind of machine and port a parent's frames leave by, as far as firmware, drivers, addresses and MACs tell.
import { valueOf } from '../../../model/fact.js';
import type { Evidence } from '../../../model/finding.js';
import type { Appliance, Machine } from '../../../model/machine.js';
import type { Facts } from '../../../model/snapshot.js';
import type { Parent } from '../../../model/topology.js';
import { cardsBelow, allBelow, type Card } from './cards.js';
import { CLOUDS } from './clouds.js';
import { HYPERVISORS } from './hypervisors.js';
import type { PlatformId, PlatformRow } from './platform-row.js';
import { PORTS, UNKNOWN } from './ports.js';
import { rentedSigns } from './rented.js';
import { DRIVERS, EMULATED, SIGNS, VENDOR_PARTS, type Sign, type TextKey } from './signs.js';
import { hostLinks } from '../../../model/netns.js';

/** How far it can be relied on: firmware is; a driver or an address mostly; the vendor part of a MAC hardly. */
export type Confidence = 'certain' | 'likely' | 'hint';

/** What a parent's frames have around them. */
export interface Surroundings {
  readonly id: PlatformId;
  /** To follow "this is": `a virtual machine on VMware`. */
  readonly name: string;
  readonly row: PlatformRow;
  readonly confidence: Confidence;
  /** What it may be as well, as far as anybody can tell from inside. */
  readonly also?: PlatformRow;
  /** What that rests on; empty where nothing is known. */
  readonly evidence: readonly Evidence[];
}

const ROWS: ReadonlyMap<PlatformId, PlatformRow> = new Map(
  [...HYPERVISORS, ...CLOUDS, ...PORTS, UNKNOWN].map((row) => [row.id, row]),
);

/** Drivers of many cards serve their virtual functions as well. */
const FUNCTION = ROWS.get('sriov-vf');

/** Without a parent: the machine alone, whatever its links are. */
export function identifyPlatform(facts: Facts, parent?: Parent): Surroundings {
  if (parent === undefined) return identifyMachine(facts, []);
  const wireless = valueOf(facts.wireless) ?? [];
  const below = allBelow(parent.link, hostLinks(valueOf(facts.namespaces) ?? []) ?? []);
  const radio = below.find(({ ifname }) => wireless.includes(ifname));
  if (radio !== undefined) {
    return surroundings('wifi', 'certain', [`${radio.ifname} is a wireless link`, 'links']);
  }
  const cards = cardsBelow(parent, facts);
  if (cards.length === 0) {
    const kind = parent.link.linkinfo?.info_kind ?? parent.link.link_type;
    return surroundings('local-link', 'certain', [
      `${parent.name} (${kind}) has no network card below it`,
      'links',
    ]);
  }
  const machine = identifyMachine(facts, cards);
  return rented(parent, facts, machine) ?? functionOf(cards, machine) ?? machine;
}

/** A cloud knows its virtual functions; anywhere else they obey the physical one. */
function functionOf(cards: readonly Card[], machine: Surroundings): Surroundings | undefined {
  const card = cards.find(({ isVirtualFunction }) => isVirtualFunction);
  if (card === undefined || CLOUDS.includes(machine.row)) return undefined;
  const says = `${card.link.ifname} is a virtual function (driver ${card.driver ?? 'unknown'})`;
  return surroundings('sriov-vf', 'certain', [says, 'nics']);
}

/** Public addressing as data centres do it, on a machine that is no known cloud's. */
function rented(parent: Parent, facts: Facts, machine: Surroundings): Surroundings | undefined {
  if (CLOUDS.includes(machine.row)) return undefined;
  const signs = rentedSigns(parent, facts);
  if (signs === undefined) return undefined;
  return {
    ...surroundings('hosting-provider', signs.isNamed ? 'certain' : 'likely'),
    evidence: [...signs.evidence, ...machine.evidence],
  };
}

function identifyMachine(facts: Facts, cards: readonly Card[]): Surroundings {
  if (valueOf(facts.platform)?.isWsl === true) {
    return surroundings('wsl2', 'certain', ['the kernel is the one of WSL2', 'platform']);
  }
  const machine = valueOf(facts.machine) ?? {};
  const byName = bySign(machine);
  if (byName !== undefined) return refined(byName, cards);
  if (machine.hasHypervisorFlag === false) return onIron(machine);
  const isNamed = nameOf(machine) !== '' && machine.hasHypervisorFlag !== true;
  return (
    byDriver(cards) ?? byXen(machine) ?? (isNamed ? undefined : byMac(cards)) ?? onIron(machine)
  );
}

function bySign(machine: Machine): Surroundings | undefined {
  const sign = SIGNS.find((one) =>
    keysOf(one).every((key) => one.says[key]?.test(machine[key] ?? '')),
  );
  if (sign === undefined) return undefined;
  const found = surroundings(sign.id, 'certain');
  const says = keysOf(sign).map((key) => `${WORDS[key]} is ${machine[key] ?? ''}`);
  return {
    ...found,
    name: sign.name ?? found.name,
    evidence: [{ from: 'machine', says: says.join(', ') }],
  };
}

function keysOf({ says }: Sign): readonly TextKey[] {
  return Object.keys(says) as TextKey[];
}

const WORDS: Readonly<Record<TextKey, string>> = {
  systemVendor: 'the system vendor',
  productName: 'the product name',
  productVersion: 'the product version',
  boardVendor: 'the board vendor',
  biosVendor: 'the BIOS vendor',
  chassisAssetTag: 'the chassis asset tag',
  hypervisorType: 'the hypervisor type',
  deviceTreeModel: 'the device tree model',
};

/** What the card adds to the name of the machine. */
function refined(machine: Surroundings, cards: readonly Card[]): Surroundings {
  const proxmox = machine.id === 'kvm' ? byMac(cards) : undefined;
  if (proxmox?.id === 'proxmox-guest') {
    return {
      ...proxmox,
      confidence: 'likely',
      evidence: [...machine.evidence, ...proxmox.evidence],
    };
  }
  const [card] = cards;
  if (!HYPERVISORS.includes(machine.row) || card?.driver === undefined) return machine;
  if (DRIVERS.has(card.driver) || EMULATED.has(card.driver) || card.isVirtualFunction)
    return machine;
  const says = `${card.link.ifname} has the driver ${card.driver}, of a real card`;
  return {
    ...surroundings('bare-metal', 'likely'),
    name: `${machine.name} with a real card handed through to it`,
    ...(FUNCTION !== undefined && { also: FUNCTION }),
    evidence: [...machine.evidence, { from: 'nics', says }],
  };
}

function byDriver(cards: readonly Card[]): Surroundings | undefined {
  const card = cards.find(({ driver }) => DRIVERS.has(driver ?? ''));
  const id = DRIVERS.get(card?.driver ?? '');
  if (card === undefined || id === undefined) return undefined;
  const says = `${card.link.ifname} has the driver ${card.driver ?? ''}`;
  return surroundings(id, 'likely', [says, 'nics']);
}

/** The first domain of Xen says so as well, but its vendor is the one of the hardware. */
function byXen({ hypervisorType, systemVendor }: Machine): Surroundings | undefined {
  return hypervisorType === 'xen' && systemVendor === undefined
    ? surroundings('xen', 'likely', ['the hypervisor type is xen', 'machine'])
    : undefined;
}

function byMac(cards: readonly Card[]): Surroundings | undefined {
  const card = cards.find(({ link }) => vendorOf(link.address) !== undefined);
  const id = vendorOf(card?.link.address);
  if (card === undefined || id === undefined) return undefined;
  const says = `the MAC of ${card.link.ifname} (${card.link.address ?? ''}) begins as this hypervisor's do`;
  return surroundings(id, 'hint', [says, 'links']);
}

function vendorOf(mac: string | undefined): PlatformId | undefined {
  return VENDOR_PARTS.get(mac?.slice(0, 8) ?? '');
}

const APPLIANCES: Readonly<Record<Appliance, string>> = {
  unraid: 'an Unraid server',
  synology: 'a Synology NAS',
  qnap: 'a QNAP NAS',
  truenas: 'a TrueNAS server',
  openwrt: 'an OpenWrt router',
  proxmox: 'a Proxmox VE host',
  'home-assistant': 'a Home Assistant machine',
};

/** No sign of a hypervisor: that is known where the processor says so, likely where the hardware has a name. */
function onIron(machine: Machine): Surroundings {
  const { hasHypervisorFlag, appliance } = machine;
  const model = nameOf(machine);
  const evidence = (text: string): Evidence[] => [{ from: 'machine', says: text }];
  if (hasHypervisorFlag === true) {
    const says =
      'the processor says that it is a virtual one, of a hypervisor that has no name here';
    return {
      ...surroundings('unknown', 'hint'),
      name: 'a virtual machine',
      evidence: evidence(says),
    };
  }
  if (hasHypervisorFlag === undefined && model === '' && appliance === undefined) {
    return surroundings('unknown', 'hint');
  }
  const named =
    model === '' ? 'nothing says that it is a virtual machine' : `the hardware is ${model}`;
  return {
    ...surroundings('bare-metal', hasHypervisorFlag === false ? 'certain' : 'likely'),
    ...(appliance !== undefined && { name: APPLIANCES[appliance] }),
    evidence: evidence(named),
  };
}

/** Empty where it has none. */
function nameOf({ systemVendor, productName, deviceTreeModel }: Machine): string {
  return deviceTreeModel ?? [systemVendor, productName].filter(Boolean).join(' ');
}

function surroundings(
  id: PlatformId,
  confidence: Confidence,
  ...evidence: readonly (readonly [says: string, from: string])[]
): Surroundings {
  const row = ROWS.get(id) ?? UNKNOWN;
  return {
    id,
    name: row.name,
    row,
    confidence,
    evidence: evidence.map(([says, from]) => ({ from, says })),
  };
}
