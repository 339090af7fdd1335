import { describe, expect, it } from 'vitest';
import { identifyPlatform } from '../../../../src/core/derive/platform/identify-platform.js';
import { buildTopology } from '../../../../src/core/derive/topology/topology.js';
import { known, unknown } from '../../../../src/model/fact.js';
import type { Machine, Nic } from '../../../../src/model/machine.js';
import {
  aSnapshot,
  type ParentOptions,
  type SnapshotBuilder,
} from '../../../support/a-snapshot.js';

const nic = (driver: string, more: Partial<Nic> = {}): Nic => ({
  driver,
  busInfo: '0000:00:03.0',
  isVirtualFunction: false,
  ...more,
});

/** Of no hypervisor. */
const REAL_CARD = 'a0:36:9f:01:02:03';

interface Setting {
  readonly machine?: Machine;
  readonly nics?: Record<string, Nic>;
  readonly parent?: ParentOptions;
}

function host({ machine, nics, parent }: Setting): SnapshotBuilder {
  return aSnapshot()
    .parent('eth0', { mac: REAL_CARD, ...parent })
    .child('web')
    .fact('machine', machine === undefined ? unknown('absent', 'no DMI here') : known(machine))
    .fact('nics', known(nics ?? {}));
}

function identify(builder: SnapshotBuilder, name = 'eth0') {
  const { facts, scope } = builder.build();
  const parent = buildTopology({ facts, scope }).parents.find((one) => one.name === name);
  expect(parent, name).toBeDefined();
  const { id, confidence, name: called, evidence } = identifyPlatform(facts, parent);
  return { id, confidence, called, says: evidence.map(({ says }) => says).join('; ') };
}

/** As machines of each kind say it of themselves. */
const FIRMWARE: readonly (readonly [id: string, machine: Machine, called?: RegExp])[] = [
  ['vmware', { systemVendor: 'VMware, Inc.', productName: 'VMware Virtual Platform' }],
  ['vmware', { systemVendor: 'VMware, Inc.', productName: 'VMware7,1' }],
  ['vmware', { systemVendor: 'VMware, Inc.', productName: 'VMware20,1', hasHypervisorFlag: true }],
  ['hyper-v', { systemVendor: 'Microsoft Corporation', productName: 'Virtual Machine' }],
  [
    'azure',
    {
      systemVendor: 'Microsoft Corporation',
      productName: 'Virtual Machine',
      chassisAssetTag: '7783-7084-3265-9085-8269-3286-77',
    },
  ],
  ['virtualbox', { systemVendor: 'innotek GmbH', productName: 'VirtualBox' }],
  ['kvm', { systemVendor: 'QEMU', productName: 'Standard PC (Q35 + ICH9, 2009)' }],
  ['kvm', { systemVendor: 'QEMU', productName: 'Standard PC (i440FX + PIIX, 1996)' }],
  ['kvm', { systemVendor: 'Red Hat', productName: 'KVM' }],
  ['kvm', { systemVendor: 'QEMU', productName: 'QEMU Virtual Machine' }],
  ['kvm', { deviceTreeModel: 'linux,dummy-virt' }],
  ['proxmox-guest', { systemVendor: 'QEMU', biosVendor: 'Proxmox distribution of EDK II' }],
  ['xen', { systemVendor: 'Xen', productName: 'HVM domU', productVersion: '4.13.5' }],
  ['xen', { hypervisorType: 'xen' }],
  ['aws', { systemVendor: 'Xen', productName: 'HVM domU', productVersion: '4.11.amazon' }],
  ['aws', { systemVendor: 'Amazon EC2', productName: 't3.small' }],
  ['aws', { systemVendor: 'Amazon EC2', productName: 'c5.metal', hasHypervisorFlag: false }],
  ['gcp', { systemVendor: 'Google', productName: 'Google Compute Engine' }],
  ['openstack', { systemVendor: 'OpenStack Foundation', productName: 'OpenStack Nova' }],
  ['openstack', { systemVendor: 'Red Hat', productName: 'OpenStack Compute' }],
  ['openstack', { systemVendor: 'OpenStack Foundation', chassisAssetTag: 'HUAWEICLOUD' }],
  ['nutanix', { systemVendor: 'Nutanix', productName: 'AHV' }],
  ['small-cloud', { systemVendor: 'DigitalOcean', productName: 'Droplet' }, /DigitalOcean/u],
  ['small-cloud', { systemVendor: 'Linode', productName: 'Compute Instance' }, /Linode/u],
  ['small-cloud', { systemVendor: 'Vultr', productName: 'VC2' }, /Vultr/u],
  ['small-cloud', { systemVendor: 'Hetzner', productName: 'vServer' }, /Hetzner Cloud/u],
  ['small-cloud', { systemVendor: 'Scaleway', productName: 'SCW-DEV1-S' }, /Scaleway/u],
  ['small-cloud', { systemVendor: 'UpCloud', productName: 'Server' }, /UpCloud/u],
  ['small-cloud', { systemVendor: 'Alibaba Cloud', productName: 'Alibaba Cloud ECS' }, /Alibaba/u],
  ['small-cloud', { systemVendor: 'QEMU', chassisAssetTag: 'OracleCloud.com' }, /Oracle Cloud/u],
  // No clouds and no guests, for all their vendor's name.
  ['bare-metal', { systemVendor: 'Google', productName: 'Eve', hasHypervisorFlag: false }],
  ['bare-metal', { systemVendor: 'Microsoft Corporation', productName: 'Surface Pro 7' }],
  ['bare-metal', { systemVendor: 'Nutanix', productName: 'NX-3060-G5', hasHypervisorFlag: false }],
  ['bare-metal', { systemVendor: 'Oracle Corporation', productName: 'SUN SERVER X4-2' }],
  [
    'bare-metal',
    { systemVendor: 'Dell Inc.', productName: 'PowerEdge R640', hypervisorType: 'xen' },
  ],
  ['bare-metal', { systemVendor: 'Hetzner', productName: 'Dedicated', hasHypervisorFlag: false }],
  ['bare-metal', { deviceTreeModel: 'Raspberry Pi 4 Model B Rev 1.4' }],
  ['bare-metal', { systemVendor: 'Synology', appliance: 'synology' }, /Synology NAS/u],
  ['bare-metal', { appliance: 'openwrt', deviceTreeModel: 'Linksys WRT3200ACM' }, /OpenWrt/u],
  ['unknown', { systemVendor: 'BHYVE', productName: 'VM', hasHypervisorFlag: true }, /virtual/u],
  ['unknown', {}],
];

describe('what firmware says', () => {
  const cases = FIRMWARE.map(([id, machine, called = /./u]) => ({ id, machine, called }));
  it.each(cases)('$id: $machine', ({ id, machine, called }) => {
    const found = identify(host({ machine }));
    expect(found.id).toBe(id);
    expect(found.called).toMatch(called);
    if (Object.keys(machine).length > 0) expect(found.says).toMatch(/\S/u);
  });

  it('is certain, and quotes it', () => {
    const found = identify(host({ machine: { systemVendor: 'Amazon EC2' } }));
    expect(found).toMatchObject({ confidence: 'certain', says: 'the system vendor is Amazon EC2' });
  });

  it('serves for the machine alone, too', () => {
    const { facts } = host({ machine: { systemVendor: 'QEMU' } }).build();
    expect(identifyPlatform(facts).id).toBe('kvm');
  });
});

describe('where firmware is silent', () => {
  it.each([
    ['vmware', 'vmxnet3'],
    ['hyper-v', 'hv_netvsc'],
    ['kvm', 'virtio_net'],
    ['aws', 'ena'],
    ['gcp', 'gve'],
    ['azure', 'mana'],
    ['xen', 'vif'],
  ])('%s is likely with the driver %s', (id, driver) => {
    expect(identify(host({ nics: { eth0: nic(driver) } }))).toMatchObject({
      id,
      confidence: 'likely',
    });
  });

  it.each([
    ['vmware', '00:0c:29:01:02:03'],
    ['vmware', '00:50:56:01:02:03'],
    ['hyper-v', '00:15:5d:01:02:03'],
    ['virtualbox', '08:00:27:01:02:03'],
    ['proxmox-guest', 'bc:24:11:01:02:03'],
    ['kvm', '52:54:00:01:02:03'],
    ['xen', '00:16:3e:01:02:03'],
    ['openstack', 'fa:16:3e:01:02:03'],
  ])('%s is a hint, no more, with the MAC %s', (id, mac) => {
    expect(identify(host({ parent: { mac } }))).toMatchObject({ id, confidence: 'hint' });
  });

  it('a MAC says nothing where the processor is a real one', () => {
    const machine = { hasHypervisorFlag: false, systemVendor: 'Supermicro' };
    const found = identify(host({ machine, parent: { mac: '52:54:00:01:02:03' } }));
    expect(found).toMatchObject({ id: 'bare-metal', confidence: 'certain' });
  });

  it('nothing at all is known', () => {
    expect(identify(host({}))).toMatchObject({ id: 'unknown', says: '' });
  });
});

describe('what the card adds', () => {
  const guest: Machine = { systemVendor: 'QEMU', hasHypervisorFlag: true };

  it('a MAC of Proxmox makes a guest of KVM one of Proxmox', () => {
    const found = identify(host({ machine: guest, parent: { mac: 'bc:24:11:01:02:03' } }));
    expect(found).toMatchObject({ id: 'proxmox-guest', confidence: 'likely' });
  });

  it.each(['igb', 'r8169', 'mlx5_core'])('a real card (%s) was handed through', (driver) => {
    const found = identify(host({ machine: guest, nics: { eth0: nic(driver) } }));
    expect(found).toMatchObject({ id: 'bare-metal', confidence: 'likely' });
    expect(found.called).toMatch(/KVM .*handed through/u);
  });

  it.each(['virtio_net', 'e1000', 'e1000e', '8139cp'])(
    '%s is played by the hypervisor',
    (driver) => {
      expect(identify(host({ machine: guest, nics: { eth0: nic(driver) } })).id).toBe('kvm');
    },
  );

  it('a virtual function obeys the physical one, in a guest and on the iron', () => {
    const nics = { eth0: nic('iavf', { isVirtualFunction: true }) };
    expect(identify(host({ machine: guest, nics })).id).toBe('sriov-vf');
    expect(identify(host({ machine: { hasHypervisorFlag: false }, nics })).id).toBe('sriov-vf');
  });

  it.each(['iavf', 'ixgbevf'])('in a guest only its driver (%s) tells', (driver) => {
    expect(identify(host({ machine: guest, nics: { eth0: nic(driver) } })).id).toBe('sriov-vf');
  });

  it("a cloud's virtual function is the cloud's", () => {
    const nics = { eth0: nic('ixgbevf', { isVirtualFunction: true }) };
    expect(identify(host({ machine: { systemVendor: 'Amazon EC2' }, nics })).id).toBe('aws');
  });
});

describe('what the parent is', () => {
  const ec2: Machine = { systemVendor: 'Amazon EC2' };

  it.each(['veth', 'vxlan', 'tun', 'dummy'])('a %s leads nowhere near the cloud', (kind) => {
    const found = identify(host({ machine: ec2, parent: { kind } }));
    expect(found).toMatchObject({ id: 'local-link', confidence: 'certain' });
    expect(found.says).toContain(kind);
  });

  it('a bridge is what its ports are', () => {
    const bridge = (port: ParentOptions) =>
      aSnapshot()
        .hostLink('port0', { master: 'br0', ...port })
        .parent('br0', { kind: 'bridge' })
        .child('web')
        .fact('machine', known(ec2));
    expect(identify(bridge({}), 'br0').id).toBe('aws');
    expect(identify(bridge({ kind: 'veth' }), 'br0').id).toBe('local-link');
    expect(identify(bridge({ isWireless: true }), 'br0').id).toBe('wifi');
  });

  it('a VLAN on a bond is what the cards of the bond are', () => {
    const builder = aSnapshot()
      .hostLink('ens1', { master: 'bond0' })
      .hostLink('ens2', { master: 'bond0' })
      .hostLink('bond0', { kind: 'bond' })
      .parent('bond0.7', { kind: 'vlan', lower: 'bond0', vlanId: 7 })
      .child('web')
      .fact('nics', known({ ens1: nic('vmxnet3'), ens2: nic('vmxnet3') }));
    expect(identify(builder, 'bond0.7').id).toBe('vmware');
  });

  it('radio is radio, in a cloud as well as in WSL', () => {
    expect(identify(host({ machine: ec2, parent: { isWireless: true } })).id).toBe('wifi');
  });

  it('WSL2, except for a practice LAN inside it', () => {
    const wsl = (parent: ParentOptions) => host({ parent }).platform({ isWsl: true });
    expect(identify(wsl({})).id).toBe('wsl2');
    expect(identify(wsl({ kind: 'veth' })).id).toBe('local-link');
  });
});

describe('a rented server', () => {
  const iron: Machine = { systemVendor: 'FUJITSU', hasHypervisorFlag: false };
  const named: Machine = { ...iron, boardVendor: 'Hetzner Online GmbH' };

  it.each([
    ['a public /32', iron, { address: '5.9.1.2/32' }, 'likely'],
    ['a router outside the subnet', iron, { address: '5.9.1.2/27', gateway: '5.9.9.1' }, 'likely'],
    ["the provider's name and a public address", named, { address: '5.9.1.2/26' }, 'certain'],
  ] as const)('%s', (_case, machine, parent, confidence) => {
    expect(identify(host({ machine, parent }))).toMatchObject({
      id: 'hosting-provider',
      confidence,
    });
  });

  it('its own subnet is behind the router', () => {
    const routes = [
      { dst: 'default', gateway: '5.9.1.1' },
      { dst: '5.9.1.0/26', gateway: '5.9.1.1' },
    ];
    const found = identify(host({ machine: iron, parent: { address: '5.9.1.2/26', routes } }));
    expect(found).toMatchObject({ id: 'hosting-provider' });
    expect(found.says).toContain('5.9.1.0/26 is reached by the gateway 5.9.1.1');
  });

  it.each([
    [
      'a public /24, as universities have them',
      iron,
      { address: '141.1.1.2/24', gateway: '141.1.1.1' },
    ],
    ["the provider's name on a private network", named, { address: '192.168.1.2/24' }],
    ['a private /32', iron, { address: '10.0.0.2/32' }],
    ['a shared address of the carrier', iron, { address: '100.64.0.2/32' }],
    ['an address for documentation', iron, { address: '192.0.2.2/32' }],
    ['no address', named, { address: [] }],
  ])('not: %s', (_case, machine, parent) => {
    expect(identify(host({ machine, parent })).id).toBe('bare-metal');
  });

  it('a known cloud is a cloud, public addresses and all', () => {
    const machine = { systemVendor: 'Hetzner', productName: 'vServer' };
    expect(identify(host({ machine, parent: { address: '5.9.1.2/32' } })).id).toBe('small-cloud');
  });
});
