// RTM_NEWADDR messages as addresses (rtnetlink(7), if_addr.h), under the names of iproute2's JSON.
import type { Address } from '../../../model/address.js';
import { type LinkNames, nameOf } from './link.js';
import { type Attributes, attributes, dumpRequest, payloadsOf, u32, u8 } from './message.js';
import { scopeName } from './route-names.js';
import { bitsOf, byText, cString, familyOf, ipText } from './text.js';

const RTM_NEWADDR = 20;
const RTM_GETADDR = 22;
const IFADDRMSG_BYTES = 8;

const IFA_ADDRESS = 1;
const IFA_LOCAL = 2;
const IFA_LABEL = 3;
const IFA_BROADCAST = 4;
const IFA_FLAGS = 8;

const IFA_F_SECONDARY = 0x01;
const IFA_F_DADFAILED = 0x08;
const IFA_F_TENTATIVE = 0x40;
const IFA_F_PERMANENT = 0x80;
const IFA_F_NOPREFIXROUTE = 0x200;

/** Asks for every IPv4 and IPv6 address of the namespace. */
export function addressesRequest(): Uint8Array {
  return dumpRequest(RTM_GETADDR, new Uint8Array(IFADDRMSG_BYTES));
}

/** The addresses of one dump, sorted by link name, then family, then address. */
export function parseAddresses(messages: readonly Uint8Array[], names: LinkNames): Address[] {
  return sortAddresses(
    payloadsOf(messages, RTM_NEWADDR).flatMap((payload) => readAddress(payload, names)),
  );
}

export function sortAddresses(addresses: readonly Address[]): Address[] {
  const key = (one: Address): string =>
    `${one.ifname} ${one.family} ${one.local}/${one.prefixlen.toString()}`;
  return addresses.toSorted((a, b) => byText(key(a), key(b)));
}

function readAddress(payload: Uint8Array, names: LinkNames): Address[] {
  const family = familyOf(u8(payload));
  const ifindex = u32(payload, 4);
  const found = attributes(payload, IFADDRMSG_BYTES);
  const other = ipText(found.get(IFA_ADDRESS));
  const local = ipText(found.get(IFA_LOCAL)) ?? other;
  if (family === undefined || ifindex === undefined || local === undefined) return [];
  const broadcast = ipText(found.get(IFA_BROADCAST));
  const label = cString(found.get(IFA_LABEL));
  return [
    {
      ifname: nameOf(names, ifindex),
      family,
      local,
      prefixlen: Math.min(u8(payload, 1) ?? 0, bitsOf(family)),
      scope: scopeName(u8(payload, 3) ?? 0),
      ...(other !== undefined && other !== local && { address: other }),
      ...(broadcast !== undefined && { broadcast }),
      ...(label !== undefined && { label }),
      ...addressFlags(found, payload, family),
    },
  ];
}

/** IFA_FLAGS has all 32 bits; the header has the lower 8 for kernels before 3.14. */
function addressFlags(
  found: Attributes,
  payload: Uint8Array,
  family: Address['family'],
): Partial<Address> {
  const flags = u32(found.get(IFA_FLAGS)) ?? u8(payload, 2) ?? 0;
  const has = (bit: number): boolean => (flags & bit) !== 0;
  return {
    // The same bit means `temporary` for IPv6.
    ...(has(IFA_F_SECONDARY) && family === 'inet' && { secondary: true }),
    ...(has(IFA_F_TENTATIVE) && { tentative: true }),
    ...(has(IFA_F_DADFAILED) && { dadfailed: true }),
    ...(has(IFA_F_NOPREFIXROUTE) && { noprefixroute: true }),
    ...(!has(IFA_F_PERMANENT) && { dynamic: true }),
  };
}
