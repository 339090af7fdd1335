// What gives a platform away: names in the firmware, drivers of cards, and, as a hint only, the vendor part of a MAC.
import type { Machine } from '../../../model/machine.js';
import type { PlatformId } from './platform-row.js';

/** What the firmware calls the machine. */
export interface Sign {
  readonly id: PlatformId;
  /** Where the row's own name is too general. */
  readonly name?: string;
  /** Every one of these must match what the machine says of itself. */
  readonly says: Partial<Record<TextKey, RegExp>>;
}

/** The parts of {@link Machine} that are text. */
export type TextKey = Exclude<keyof Machine, 'hasHypervisorFlag' | 'appliance'>;

const small = (name: string, vendor: RegExp): Sign => ({
  id: 'small-cloud',
  name,
  says: { systemVendor: vendor },
});

/** The first that matches counts: what runs on top of a hypervisor stands before the hypervisor. */
export const SIGNS: readonly Sign[] = [
  { id: 'aws', says: { systemVendor: /^Amazon EC2$/u } },
  { id: 'aws', says: { systemVendor: /^Xen$/u, productVersion: /amazon/iu } },
  // Chromebooks are of this vendor too.
  { id: 'gcp', says: { systemVendor: /^Google$/u, productName: /^Google( Compute Engine)?$/u } },
  { id: 'azure', says: { chassisAssetTag: /^7783-7084-3265-9085-8269-3286-77$/u } },
  {
    id: 'small-cloud',
    name: 'an instance on Oracle Cloud',
    says: { chassisAssetTag: /^OracleCloud\.com$/u },
  },
  small('a Droplet on DigitalOcean', /^DigitalOcean$/u),
  small('a virtual server on Linode (Akamai)', /^(Linode|Akamai)$/u),
  small('a virtual server on Vultr', /^Vultr$/u),
  {
    id: 'small-cloud',
    name: 'a virtual server on Hetzner Cloud',
    says: { systemVendor: /^Hetzner$/u, productName: /vServer/u },
  },
  small('a virtual server on Scaleway', /^Scaleway$/u),
  small('a virtual server on UpCloud', /^UpCloud$/u),
  small('a virtual server on Exoscale', /^Exoscale$/u),
  small('an instance on Alibaba Cloud', /^Alibaba Cloud$/u),
  small('an instance on Tencent Cloud', /^Tencent Cloud$/u),
  { id: 'openstack', says: { productName: /^OpenStack (Nova|Compute)$/u } },
  { id: 'openstack', says: { systemVendor: /^OpenStack Foundation$/u } },
  { id: 'openstack', says: { chassisAssetTag: /^(OpenTelekomCloud|HUAWEICLOUD|SAP CCloud VM)$/u } },
  { id: 'nutanix', says: { systemVendor: /^Nutanix$/u, productName: /AHV/u } },
  { id: 'vmware', says: { systemVendor: /^VMware/u } },
  { id: 'vmware', says: { productName: /^VMware/u } },
  // Their notebooks are of this vendor too.
  {
    id: 'hyper-v',
    says: { systemVendor: /^Microsoft Corporation$/u, productName: /^Virtual Machine$/u },
  },
  { id: 'virtualbox', says: { productName: /^VirtualBox$/u } },
  { id: 'virtualbox', says: { systemVendor: /^innotek GmbH$/u } },
  { id: 'proxmox-guest', says: { systemVendor: /^QEMU$/u, biosVendor: /Proxmox/u } },
  { id: 'kvm', says: { systemVendor: /^QEMU$/u } },
  { id: 'kvm', says: { productName: /^(KVM|RHEV Hypervisor|RHEL)$/u } },
  { id: 'kvm', says: { deviceTreeModel: /^linux,dummy-virt/u } },
  { id: 'xen', says: { systemVendor: /^Xen$/u } },
];

/** Drivers that only the cards of one hypervisor or cloud have. */
export const DRIVERS: ReadonlyMap<string, PlatformId> = new Map(
  Object.entries({
    vmxnet3: 'vmware',
    hv_netvsc: 'hyper-v',
    virtio_net: 'kvm',
    ena: 'aws',
    gve: 'gcp',
    mana: 'azure',
    'xen-netfront': 'xen',
    vif: 'xen',
  }),
);

/** Drivers of virtual functions alone: in a guest nothing else tells that a card is one. */
export const OF_FUNCTIONS = new Set([
  'iavf',
  'i40evf',
  'ixgbevf',
  'igbvf',
  'cxgb4vf',
  'thunder-nicvf',
  'rvu_nicvf',
  'hclgevf',
]);

/** Cards that hypervisors play besides those of {@link DRIVERS}; any other driver in a guest is of a real card. */
export const EMULATED = new Set(['e1000', 'e1000e', 'pcnet32', '8139cp', '8139too', 'tulip']);

/** The first three bytes of MACs that a hypervisor gives out. Anybody may set them: a hint, never a proof. */
export const VENDOR_PARTS: ReadonlyMap<string, PlatformId> = new Map(
  Object.entries({
    '00:50:56': 'vmware',
    '00:0c:29': 'vmware',
    '00:15:5d': 'hyper-v',
    '08:00:27': 'virtualbox',
    'bc:24:11': 'proxmox-guest',
    '52:54:00': 'kvm',
    '00:16:3e': 'xen',
    'fa:16:3e': 'openstack',
    '50:6b:8d': 'nutanix',
  }),
);
