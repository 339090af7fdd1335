// Wireless links by generic netlink (nl80211.h). The family's number is found by listing all families: asking for it by
// name would make the kernel load a module where there is none.
import { type Attributes, attributes, dumpRequest, payloadsOf, u16 } from './message.js';
import { byText, cString } from './text.js';

const GENL_ID_CTRL = 16;
const CTRL_CMD_GETFAMILY = 3;
const CTRL_ATTR_FAMILY_ID = 1;
const CTRL_ATTR_FAMILY_NAME = 2;

const NL80211_CMD_GET_INTERFACE = 5;
const NL80211_ATTR_IFNAME = 4;

/** `struct genlmsghdr`: command, version, two reserved bytes. */
const GENLMSGHDR_BYTES = 4;

/** Asks for every generic netlink family that is registered. */
export function familiesRequest(): Uint8Array {
  return dumpRequest(GENL_ID_CTRL, Uint8Array.of(CTRL_CMD_GETFAMILY, 1, 0, 0));
}

/** The number of nl80211 among the families, undefined when no wireless stack is there. */
export function parseNl80211Family(messages: readonly Uint8Array[]): number | undefined {
  const family = answers(messages, GENL_ID_CTRL).find(
    (found) => cString(found.get(CTRL_ATTR_FAMILY_NAME)) === 'nl80211',
  );
  return u16(family?.get(CTRL_ATTR_FAMILY_ID));
}

/** Asks for every wireless link of the namespace. */
export function wirelessRequest(family: number): Uint8Array {
  return dumpRequest(family, Uint8Array.of(NL80211_CMD_GET_INTERFACE, 0, 0, 0));
}

/** Names of the wireless links, sorted. A radio without a network device (P2P) has none and is left out. */
export function parseWireless(messages: readonly Uint8Array[], family: number): string[] {
  return answers(messages, family)
    .flatMap((found) => cString(found.get(NL80211_ATTR_IFNAME)) ?? [])
    .toSorted(byText);
}

function answers(messages: readonly Uint8Array[], type: number): Attributes[] {
  return payloadsOf(messages, type).map((payload) => attributes(payload, GENLMSGHDR_BYTES));
}
