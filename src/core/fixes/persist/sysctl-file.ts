// A shim's ARP settings as a file of sysctl.d(5): udev applies it to each link when it appears (99-systemd.rules).
import type { FixFile } from '../../../model/fix.js';
import { ownAddressOnly, sysctlKey } from './sysctl-command.js';

export function sysctlFile(shim: string): FixFile {
  const lines = ownAddressOnly(shim).map((one) => `${sysctlKey(one)} = ${one.value.toString()}`);
  return { path: `/etc/sysctl.d/60-${shim}.conf`, content: `${lines.join('\n')}\n` };
}
