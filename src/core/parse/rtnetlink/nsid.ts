// Ids by which one network namespace knows another (RTM_GETNSID, net_namespace.h).
import { attributes, bytesOfU32, i32, payloadsOf, request } from './message.js';

const RTM_NEWNSID = 88;
const RTM_GETNSID = 90;
/** `struct rtgenmsg`, one byte, padded. */
const RTGENMSG_BYTES = 4;
const NETNSA_NSID = 1;
const NETNSA_FD = 3;

/** Asks the namespace that it is sent in for its id of the namespace that `fd` of this process has open. */
export function nsidRequest(fd: number): Uint8Array {
  return request(RTM_GETNSID, new Uint8Array(RTGENMSG_BYTES), [[NETNSA_FD, bytesOfU32(fd)]]);
}

/** The id, or null when the namespace has none for the other (NETNSA_NSID_NOT_ASSIGNED is -1). */
export function parseNsid(messages: readonly Uint8Array[]): number | null {
  const payload = payloadsOf(messages, RTM_NEWNSID)[0];
  const id = payload && i32(attributes(payload, RTGENMSG_BYTES).get(NETNSA_NSID));
  return id === undefined || id < 0 ? null : id;
}
