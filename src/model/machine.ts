// What kind of machine this is and what its network cards are: from this follows who could drop a foreign MAC upstream.

/** What firmware and processor say of the machine; each part is absent where nothing says it. */
export interface Machine {
  /** `/sys/class/dmi/id/sys_vendor`: `VMware, Inc.`, `QEMU`, `Amazon EC2`, … */
  readonly systemVendor?: string;
  /** `/sys/class/dmi/id/product_name`. */
  readonly productName?: string;
  /** `/sys/class/dmi/id/product_version`. */
  readonly productVersion?: string;
  /** `/sys/class/dmi/id/board_vendor`. */
  readonly boardVendor?: string;
  /** `/sys/class/dmi/id/bios_vendor`. */
  readonly biosVendor?: string;
  /** `/sys/class/dmi/id/chassis_asset_tag`; Azure has one of its own. */
  readonly chassisAssetTag?: string;
  /** `/sys/hypervisor/type`: `xen`. */
  readonly hypervisorType?: string;
  /** The processor says that it is a virtual one (`hypervisor` among the flags of /proc/cpuinfo). */
  readonly hasHypervisorFlag?: boolean;
  /** `/proc/device-tree/model`, of boards without DMI. */
  readonly deviceTreeModel?: string;
  /** What a file that only it has tells of the system on top: a NAS or router distribution. */
  readonly appliance?: Appliance;
}

/** Systems that have ways of their own to keep a network set-up. */
export type Appliance =
  'unraid' | 'synology' | 'qnap' | 'truenas' | 'openwrt' | 'proxmox' | 'home-assistant';

/** The driver behind a link (ethtool(8) -i). */
export interface Nic {
  /** `e1000e`, `vmxnet3`, `virtio_net`, `hv_netvsc`, … */
  readonly driver: string;
  /** Where on its bus: `0000:03:00.0`; empty for virtual links. */
  readonly busInfo: string;
  /** A virtual function of a card with SR-IOV: its physical function decides which MACs it may have. */
  readonly isVirtualFunction: boolean;
}

/** Counters of one link (rtnl_link_stats64). */
export interface Traffic {
  /** Packets received since the link was made. */
  readonly rxPackets: number;
}
