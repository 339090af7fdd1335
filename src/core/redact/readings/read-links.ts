// Names of links: what the kernel and udev call them stays, what carries a MAC or an id follows it, and the rest is a name.
import { isKernelLink } from '../names/kept-names.js';
import { macBytes } from '../addresses/mac-map.js';
import type { Mapper, Reading } from '../mapper.js';

/** `eth0.100`: the VLAN's id stays. */
const WITH_VLAN = /^(.+)\.(\d{1,4})$/su;
/** systemd.net-naming-scheme(7): the name is the MAC. */
const OF_MAC = /^(en|wl|ww|sl|ib)x([\da-f]{12})$/u;
/** Bridges and VXLANs of Docker's, ends of containers, ZeroTier's networks: the digits are an id. */
const OF_ID = /^(br-|dm-|vx-\d{6}-|ov-\d{6}-|veth|cali|lxc|zt|tap|vnet|docker)([\da-f]{5,15})$/u;

export const readLink: Reading = (text, mapper) => mapper.link(text, partsOf(text, mapper));

function partsOf(text: string, mapper: Mapper): string {
  const [, base, vlan] = WITH_VLAN.exec(text) ?? [];
  if (base !== undefined && vlan !== undefined) return `${partsOf(base, mapper)}.${vlan}`;
  const [, kind, digits] = OF_MAC.exec(text) ?? [];
  if (kind !== undefined && digits !== undefined && macBytes(digits) !== undefined) {
    return `${kind}x${mapper.mac(digits)}`;
  }
  if (isKernelLink(text)) return text;
  const [, head, id] = OF_ID.exec(text) ?? [];
  return head === undefined || id === undefined
    ? mapper.name('link', text)
    : `${head}${mapper.id(id)}`;
}

/** IFA_LABEL: the link, and an alias of its own after a colon. */
export const readLabel: Reading = (text, mapper) => {
  const [, link, alias] = /^([^:]+):(.+)$/su.exec(text) ?? [];
  if (link === undefined || alias === undefined) return readLink(text, mapper);
  const other = /^\d+$/u.test(alias) ? alias : mapper.name('link', alias);
  return `${readLink(link, mapper)}:${other}`;
};
