// The LANs that only this kernel can make, each with what an engine would say of it. Names and subnets differ from one to the next.

const VERSION = { Version: '28.5.1', ApiVersion: '1.51', MinAPIVersion: '1.24', Os: 'linux' };
const INFO = {
  ID: 'a-daemon',
  Name: 'debian',
  OSType: 'linux',
  OperatingSystem: 'Debian GNU/Linux 12 (bookworm)',
  ServerVersion: VERSION.Version,
  SecurityOptions: [],
};

function idOf(name) {
  return Buffer.from(name).toString('hex').padEnd(64, '0').slice(0, 64);
}

function network({ name, driver = 'macvlan', subnet, gateway, range, options }) {
  return {
    Id: idOf(name),
    Name: name,
    Driver: driver,
    Scope: 'local',
    Internal: false,
    ConfigOnly: false,
    Options: options,
    IPAM: {
      Driver: 'default',
      Config: [{ Subnet: subnet, Gateway: gateway, ...(range && { IPRange: range }) }],
    },
    Containers: {},
  };
}

/** The MAC of every macvlan child here; ipvlan links have their parent's, and engines tell none for them. */
const MAC = '02:42:c0:00:02:14';

function container({ name, on, address, state, mac = '' }) {
  const endpoint = { NetworkID: idOf(on), IPAddress: address, IPPrefixLen: 24, MacAddress: mac };
  return {
    Id: idOf(`container ${name}`),
    Names: [`/${name}`],
    State: state,
    HostConfig: { NetworkMode: on },
    NetworkSettings: { Networks: { [on]: endpoint } },
  };
}

/** What an engine with these networks and containers answers, by path. */
function engine(networks, containers = []) {
  return {
    '/version': VERSION,
    '/info': INFO,
    '/networks': networks,
    '/containers/json?all=1': containers,
    ...Object.fromEntries(networks.map((one) => [`/networks/${one.Id}`, one])),
  };
}

const NAMESPACES = ['ip netns add lan', 'ip netns add kid'];

/** A card of the host and a router at the other end of its wire. */
function wire(card, net) {
  return [
    ...NAMESPACES,
    `ip link add ${card} type veth peer name port netns lan`,
    `ip addr add ${net}.10/24 dev ${card}`,
    `ip link set ${card} up`,
    `ip -n lan addr add ${net}.1/24 dev port`,
    'ip -n lan link set port up',
    'ip -n lan link set lo up',
  ];
}

/** A link of this kind on the parent, in the namespace of a container that was started. */
function child(parent, kind, net) {
  return [
    `ip link add link ${parent} name kid0${kind === MACVLAN ? ` address ${MAC}` : ''} type ${kind}`,
    'ip link set kid0 netns kid name eth0',
    `ip -n kid addr add ${net}.20/24 dev eth0`,
    'ip -n kid link set lo up',
    'ip -n kid link set eth0 up',
    `ip -n kid route add default via ${net}.1`,
  ];
}

const MACVLAN = 'macvlan mode bridge';
const IPVLAN = 'ipvlan mode l2';
const LOOK = ['--passive'];
/** An emulated machine takes its time. */
const ASK = ['--timeout', '3000'];

function vlans() {
  const tagged = (card, net, vlanNet) => [
    ...wire(card, net),
    `ip link add link ${card} name ${card}.50 type vlan id 50`,
    `ip addr add ${vlanNet}.10/24 dev ${card}.50`,
    `ip link set ${card}.50 up`,
    ...child(`${card}.50`, MACVLAN, vlanNet),
  ];
  const trunk = (vlanNet) => [
    'ip -n lan link add link port name port.50 type vlan id 50',
    `ip -n lan addr add ${vlanNet}.1/24 dev port.50`,
    'ip -n lan link set port.50 up',
  ];
  // The untagged LAN is heard, or nothing could be said of the VLAN on it.
  const noise = (net) => [`ip netns exec lan ping -c 2 -i 0.2 ${net}.10`];
  const named = (parent) =>
    engine([
      network({
        name: 'iot',
        subnet: '198.51.100.0/24',
        gateway: '198.51.100.1',
        options: { parent },
      }),
    ]);
  return {
    'vlan not trunked': {
      up: [...tagged('eth0', '192.0.2', '198.51.100'), ...noise('192.0.2')],
      args: ASK,
    },
    'vlan trunked': {
      up: [
        ...tagged('enp3s0', '192.0.2', '198.51.100'),
        ...trunk('198.51.100'),
        ...noise('192.0.2'),
      ],
      engine: named('enp3s0.50'),
      args: ASK,
    },
    'vlan link missing': {
      up: wire('lan0', '203.0.113'),
      engine: named('lan0.50'),
      args: LOOK,
    },
  };
}

/** Two networks of one subnet, each with a range of its own; the running container is in that of its network. */
function ofBothKinds({ running, macvlanParent, ipvlanParent }) {
  const lan = (name) => ({
    name,
    subnet: '192.0.2.0/24',
    gateway: '192.0.2.1',
    range: name === running ? '192.0.2.16/28' : '192.0.2.32/28',
  });
  return [
    network({ ...lan('mac'), options: { parent: macvlanParent } }),
    network({ ...lan('ipv'), driver: 'ipvlan', options: { parent: ipvlanParent } }),
  ];
}

function twoKinds() {
  const people = (running, waiting) => [
    container({
      name: 'first',
      on: running,
      address: '192.0.2.20',
      state: 'running',
      mac: running === 'mac' ? MAC : '',
    }),
    container({ name: 'second', on: waiting, address: '192.0.2.40', state: 'exited' }),
  ];
  const both = (running, waiting) =>
    engine(
      ofBothKinds({ running, macvlanParent: 'eth0', ipvlanParent: 'eth0' }),
      people(running, waiting),
    );
  return {
    'macvlan keeps ipvlan out': {
      up: [...wire('eth0', '192.0.2'), ...child('eth0', MACVLAN, '192.0.2')],
      engine: both('mac', 'ipv'),
      tries: ['ip link add link eth0 name other type ipvlan mode l2'],
      args: LOOK,
    },
    'ipvlan keeps macvlan out': {
      up: [...wire('eth0', '192.0.2'), ...child('eth0', IPVLAN, '192.0.2')],
      engine: both('ipv', 'mac'),
      tries: [
        'ip link add link eth0 name other type macvlan mode bridge',
        'ip netns exec kid ping -c 1 -W 1 192.0.2.1',
        'ping -c 1 -W 1 192.0.2.20',
        'ip netns exec kid ping -c 1 -W 1 192.0.2.10',
      ],
      args: LOOK,
    },
    'a parent for each kind': {
      up: [
        ...wire('eth0', '192.0.2'),
        'ip link add link eth0 name eth0.60 type vlan id 60',
        'ip link set eth0.60 up',
        ...child('eth0', MACVLAN, '192.0.2'),
      ],
      engine: engine(
        ofBothKinds({ running: 'mac', macvlanParent: 'eth0', ipvlanParent: 'eth0.60' }),
        people('mac', 'ipv'),
      ),
      tries: ['ip link add link eth0.60 name other type ipvlan mode l2'],
      args: LOOK,
    },
  };
}

function dummies() {
  const id = idOf('lost').slice(0, 12);
  const dummy = `dm-${id}`;
  const options = {};
  const lost = { name: 'lost', subnet: '198.51.100.0/24', gateway: '198.51.100.1' };
  return {
    'no parent but a dummy': {
      up: [
        ...wire('eth0', '192.0.2'),
        `ip link add ${dummy} type dummy`,
        `ip link set ${dummy} up`,
        ...child(dummy, MACVLAN, '198.51.100'),
      ],
      engine: engine(
        [network({ ...lost, options })],
        [
          container({
            name: 'web',
            on: 'lost',
            address: '198.51.100.20',
            state: 'running',
            mac: MAC,
          }),
        ],
      ),
      args: LOOK,
    },
  };
}

function bonds() {
  const bond = [
    ...NAMESPACES,
    'ip link add bond0 type bond mode active-backup miimon 100',
    'ip link add eno1 type veth peer name port netns lan',
    'ip link set eno1 master bond0',
    'ip link set bond0 up',
    'ip link set eno1 up',
    'ip addr add 192.0.2.10/24 dev bond0',
    'ip -n lan addr add 192.0.2.1/24 dev port',
    'ip -n lan link set port up',
  ];
  const on = (parent) =>
    engine([
      network({
        name: 'lan',
        subnet: '192.0.2.0/24',
        gateway: '192.0.2.1',
        options: { parent },
      }),
    ]);
  return {
    'parent in a bond': {
      up: bond,
      engine: on('eno1'),
      tries: ['ip link add link eno1 name other type macvlan mode bridge'],
      args: LOOK,
    },
    'the bond as parent': {
      up: [...bond, ...child('bond0', MACVLAN, '192.0.2')],
      engine: on('bond0'),
      args: ASK,
    },
  };
}

function radios() {
  return {
    'wireless parent': {
      up: [
        ...NAMESPACES,
        'ip link set wlan0 up',
        'ip addr add 192.0.2.10/24 dev wlan0',
        ...child('wlan0', MACVLAN, '192.0.2'),
      ],
      args: LOOK,
      down: ['ip addr flush dev wlan0', 'ip link set wlan0 down'],
    },
  };
}

/** Every LAN by its name, whole: how it is made, what the engine says, how the doctor is called, how it is taken down. */
export function scenarios() {
  const all = { ...vlans(), ...twoKinds(), ...dummies(), ...bonds(), ...radios() };
  return Object.fromEntries(
    Object.entries(all).map(([id, scenario]) => [id, { engine: engine([]), ...scenario }]),
  );
}
