// Who can be given a persistent form, and who of them is in use here.
import type { PersistentConfig } from '../../../model/platform.js';

export type FormManager = 'systemd-networkd' | 'NetworkManager' | 'ifupdown';
export const EVERY_MANAGER: readonly FormManager[] = [
  'systemd-networkd',
  'NetworkManager',
  'ifupdown',
];

/** netplan only writes for one of the other two, networkd unless told otherwise, and knows few of their settings. */
export function managersOf(config: PersistentConfig | undefined): readonly FormManager[] {
  const managers = config?.managers ?? [];
  const used = managers.flatMap((manager) => (manager === 'netplan' ? [] : [manager]));
  return used.length === 0 && managers.length > 0 ? ['systemd-networkd'] : used;
}
