// Networks as people ask for them: good, bad, and subtly bad. What an engine makes of them is not written here, but asked.

export interface Row {
  readonly name: string;
  /** As typed for `preflight`; the client gets the same. */
  readonly flags?: readonly string[];
  /** Instead, a Compose file. */
  readonly compose?: string;
  /** Questions that are left open on purpose; all others must be answered. */
  readonly open?: readonly string[];
}

const LAN = ['--parent=eth0', '--subnet=192.0.2.0/24'];
const SOUND = [...LAN, '--gateway=192.0.2.1', '--ip-range=192.0.2.192/27'];

/** Flags alone, on the bench that the test builds: see there who has what. */
const BY_FLAGS: Readonly<Record<string, readonly string[]>> = {
  sound: SOUND,
  'no range': [...LAN, '--gateway=192.0.2.1'],
  'gateway that nobody has': [...LAN, '--gateway=192.0.2.9', '--ip-range=192.0.2.192/27'],
  'gateway outside': [...LAN, '--gateway=198.51.100.1'],
  'gateway is the host': [...LAN, '--gateway=192.0.2.10', '--ip-range=192.0.2.192/27'],
  'gateway is the network itself': [...LAN, '--gateway=192.0.2.0'],
  'gateway is the broadcast address': [...LAN, '--gateway=192.0.2.255'],
  'gateway is no address': [...LAN, '--gateway=router'],
  'no gateway named': [...LAN, '--ip-range=192.0.2.192/27'],
  'two gateways': [...LAN, '--gateway=192.0.2.1', '--gateway=192.0.2.2'],
  'host bits': [
    '--parent=eth0',
    '--subnet=192.0.2.7/24',
    '--gateway=192.0.2.1',
    '--ip=192.0.2.200',
  ],
  'no prefix': ['--parent=eth0', '--subnet=192.0.2.0'],
  'no subnet at all': ['--parent=eth0', '--gateway=192.0.2.1'],
  'range outside': [...LAN, '--ip-range=198.51.100.0/28'],
  'range with host bits': [...LAN, '--gateway=192.0.2.1', '--ip-range=192.0.2.200/28'],
  'range of one': [...LAN, '--gateway=192.0.2.1', '--ip-range=192.0.2.200/32'],
  'range that is reserved': [
    ...LAN,
    '--gateway=192.0.2.1',
    '--ip-range=192.0.2.200/32',
    '--aux-address=tv=192.0.2.200',
  ],
  'reserved address is the gateway': [...LAN, '--gateway=192.0.2.1', '--aux-address=a=192.0.2.1'],
  'reserved address outside': [...LAN, '--gateway=192.0.2.1', '--aux-address=a=10.0.0.1'],
  'reserved address in the way': [...SOUND, '--aux-address=a=192.0.2.192', '--ip=192.0.2.192'],
  'half of the subnet': ['--parent=eth0', '--subnet=192.0.2.128/25', '--gateway=192.0.2.129'],
  'pool of a bridge': ['--parent=eth0', '--subnet=10.77.3.0/24'],
  'range in the pool of a bridge': [
    '--parent=eth0',
    '--subnet=10.77.0.0/16',
    '--ip-range=10.77.9.0/24',
    '--gateway=10.77.0.1',
  ],
  'pool of a macvlan network': ['--parent=eth0', '--subnet=198.51.100.0/24'],
  'parent missing': ['--parent=eth7', '--subnet=192.0.2.0/24'],
  'parent that others have': ['--parent=eth1', '--subnet=203.0.113.0/24'],
  'parent down': ['--parent=eth2', '--subnet=203.0.113.0/24', '--gateway=203.0.113.1'],
  'parent enslaved': ['--parent=port0', '--subnet=203.0.113.0/24', '--gateway=203.0.113.1'],
  'loopback as the parent': ['--parent=lo', '--subnet=203.0.113.0/24'],
  'VLAN without a driver': ['--parent=eth0.50', '--subnet=192.0.2.0/24', '--gateway=192.0.2.1'],
  'VLAN of nobody': ['--parent=eth9.50', '--subnet=192.0.2.0/24'],
  'VLAN with a number too high': ['--parent=eth0.4095', '--subnet=192.0.2.0/24'],
  'VLAN on a VLAN': ['--parent=eth0.50.7', '--subnet=192.0.2.0/24'],
  'no parent': ['--subnet=192.0.2.0/24'],
  private: [...SOUND, '--mode=private'],
  vepa: [...SOUND, '--mode=vepa'],
  passthru: [...SOUND, '--mode=passthru'],
  'a mode of the kernel alone': [...SOUND, '--mode=source'],
  'a mode of nobody': [...SOUND, '--mode=brigde'],
  internal: [...SOUND, '--internal'],
  'an address of the subnet': [...SOUND, '--ip=192.0.2.50'],
  'an address outside the subnet': [...SOUND, '--ip=198.51.100.7'],
  'an address that a device has': [...SOUND, '--ip=192.0.2.77'],
  'the address of the gateway': [...SOUND, '--ip=192.0.2.1'],
  "the host's own address": [...SOUND, '--ip=192.0.2.10'],
  'one address for two': [...SOUND, '--ip=192.0.2.50', '--ip=192.0.2.50'],
  'two addresses': [...SOUND, '--ip=192.0.2.50', '--ip=192.0.2.51'],
  'tiny /31': ['--parent=eth0', '--subnet=192.0.2.4/31'],
  'tiny /32': ['--parent=eth0', '--subnet=192.0.2.4/32'],
  'tiny /30': ['--parent=eth0', '--subnet=192.0.2.0/30', '--gateway=192.0.2.1'],
  'another subnet on the wire': ['--parent=eth0', '--subnet=10.9.0.0/24', '--gateway=10.9.0.1'],
  'IPv6 as well': [...SOUND, '--ipv6', '--subnet=2001:db8::/64', '--gateway=2001:db8::1'],
  'IPv6 without a subnet': [...SOUND, '--ipv6'],
  'an option of nobody': [...SOUND, '-o', 'vlan=50'],
};

interface Wish {
  /** Of each service, in YAML flow style: what stands under `networks`. */
  readonly services: Readonly<Record<string, string>>;
  readonly pool?: string;
  readonly options?: string;
  readonly more?: string;
}

const POOL = '{ subnet: 192.0.2.0/24, gateway: 192.0.2.1, ip_range: 192.0.2.192/27 }';

/** A Compose file with a network `lan`, and whatever else the row is about. */
function composed({ services, pool = POOL, options = 'parent: eth0', more = '' }: Wish): string {
  const each = Object.entries(services).map(
    ([name, networks]) => `  ${name}: { image: busybox, networks: ${networks} }`,
  );
  return `name: t
services:
${each.join('\n')}
networks:
  lan:
    driver: macvlan
    driver_opts: { ${options} }
    ipam: { config: [${pool}] }
${more}`;
}

const ONE = { web: '[lan]' };

/** What Compose sends is not sorted by any client, so that the engine sees each mistake. */
const BY_COMPOSE: Readonly<Record<string, Wish>> = {
  'a file: sound': { services: ONE },
  'a file: gateway outside': {
    services: ONE,
    pool: '{ subnet: 192.0.2.0/24, gateway: 198.51.100.1 }',
  },
  'a file: range outside': {
    services: ONE,
    // The engine of Debian 12 keeps such a pool for ever; nobody else may want this one.
    pool: '{ subnet: 198.18.7.0/24, gateway: 198.18.7.1, ip_range: 203.0.113.0/28 }',
  },
  'a file: reserved address outside': {
    services: ONE,
    pool: '{ subnet: 198.18.8.0/24, aux_addresses: { tv: 10.0.0.5 } }',
  },
  'a file: host bits': { services: ONE, pool: '{ subnet: 192.0.2.99/24, gateway: 192.0.2.1 }' },
  'a file: two subnets': {
    services: ONE,
    pool: `${POOL}, { subnet: 198.18.0.0/24, gateway: 198.18.0.1 }`,
  },
  'a file: parent missing': { services: ONE, options: 'parent: enp3s0' },
  'a file: parent under the wrong key': { services: ONE, options: 'com.docker.parent: eth0' },
  'a file: a mode mistyped': { services: ONE, options: 'parent: eth0, macvlan_mode: birdge' },
  'a file: private': { services: ONE, options: 'parent: eth0, macvlan_mode: private' },
  'a file: fixed addresses': {
    services: {
      web: '{ lan: { ipv4_address: 192.0.2.30 } }',
      db: '{ lan: { ipv4_address: 192.0.2.31 } }',
    },
  },
  'a file: one address twice': {
    services: {
      web: '{ lan: { ipv4_address: 192.0.2.30 } }',
      db: '{ lan: { ipv4_address: 192.0.2.30 } }',
    },
  },
  'a file: an address that a device has': {
    services: { web: '{ lan: { ipv4_address: 192.0.2.77 } }' },
  },
  'a file: an address outside': { services: { web: '{ lan: { ipv4_address: 192.0.3.7 } }' } },
  'a file: a bridge as well': { services: { web: '[lan, zone]' }, more: '  zone: {}\n' },
  'a file: a bridge that comes first': { services: { web: '[lan, back]' }, more: '  back: {}\n' },
  'a file: a second macvlan network on the parent': {
    services: { web: '[lan]', db: '[more]' },
    more: '  more: { driver: macvlan, driver_opts: { parent: eth0 }, ipam: { config: [{ subnet: 198.18.0.0/24 }] } }\n',
  },
};

/** What nobody can answer beforehand: a parent that is down or a bridge's asks nobody, and a route elsewhere may lead anywhere. */
const OPEN = new Map([
  ['parent down', ['collides', 'host']],
  ['parent enslaved', ['host']],
  ['another subnet on the wire', ['host']],
  ['a file: range outside', ['host']],
]);

export const ROWS: readonly Row[] = [
  ...Object.entries(BY_COMPOSE).map(([name, wish]) => ({
    name,
    compose: composed(wish),
    open: OPEN.get(name) ?? [],
  })),
  ...Object.entries(BY_FLAGS).map(([name, flags]) => ({ name, flags, open: OPEN.get(name) ?? [] })),
];
