// Addresses of both families as bits, and back as the text that the kernel prints.
import ipaddr from 'ipaddr.js';
import { bitsOf, bytesOf, type Bit } from './bit-walk.js';

/** Undefined for what is no address in a form that the kernel or an engine prints. */
export function ipBits(text: string): Bit[] | undefined {
  if (ipaddr.IPv4.isValidFourPartDecimal(text))
    return bitsOf(ipaddr.IPv4.parse(text).toByteArray());
  if (!text.includes(':') || text.includes('%') || !ipaddr.IPv6.isValid(text)) return undefined;
  return bitsOf(ipaddr.IPv6.parse(text).toByteArray());
}

export function ipText(bits: readonly Bit[]): string {
  return ipaddr.fromByteArray(bytesOf(bits)).toString();
}

/** Of a prefix that is known to be one. */
export function prefixBits(cidr: string): Bit[] {
  const [head = '', length = ''] = cidr.split('/');
  return (ipBits(head) ?? []).slice(0, Number(length));
}
