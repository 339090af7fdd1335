// What is said of one kind of machine or port: how it is called, what it does to foreign MACs by default, what to set.

/** Kinds of surroundings that differ in what they do to frames from or for a MAC that is not the card's own. */
export type PlatformId =
  | 'vmware'
  | 'hyper-v'
  | 'virtualbox'
  | 'proxmox-guest'
  | 'kvm'
  | 'xen'
  | 'openstack'
  | 'nutanix'
  | 'aws'
  | 'gcp'
  | 'azure'
  | 'small-cloud'
  | 'hosting-provider'
  | 'sriov-vf'
  | 'wifi'
  | 'wsl2'
  | 'local-link'
  | 'bare-metal'
  | 'unknown';

/** `drops` and `passes` are defaults that can be relied on; `varies` is for everything in between. */
export type Habit = 'drops' | 'passes' | 'varies';

/** Which frames are lost: those sent from a child's MAC, those sent to it, or all of them. */
export type LostFrames = 'source-mac' | 'foreign-unicast' | 'both';

/** The place that the advice is for. */
export interface Place {
  /** The parent's ifname. */
  readonly parent: string;
  /** `the card with the MAC 00:0c:29:01:02:03`: by its MAC it is found on the other side. */
  readonly card: string;
  /** How many MACs the port must accept: the parent's own, its children's and its shims'. */
  readonly macs: number;
  /** `192.0.2.50 with 02:42:c0:00:02:32`, of each child. */
  readonly pairs: readonly string[];
}

/** One row of the table of platforms. */
export interface PlatformRow {
  readonly id: PlatformId;
  /** To follow "this is": `a virtual machine on VMware`. */
  readonly name: string;
  /** What it does by default to frames sent from a MAC that it was not told of, and to those for one. */
  readonly habit: { readonly source: Habit; readonly unicast: Habit };
  /** Exact settings on the other side, in words. */
  readonly settings: (lost: LostFrames, place: Place) => readonly string[];
  /** What people try, and what does nothing. */
  readonly inVain: string;
}
