// A MAC for what the LAN is asked with on nobody's behalf.
import { randomBytes } from 'node:crypto';

/** Locally administered, unicast, and another one each time: nobody on any LAN owns it. */
export function unownedMac(): string {
  const bytes = randomBytes(6);
  bytes[0] = ((bytes[0] ?? 0) & 0xfc) | 0x02;
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(':');
}
