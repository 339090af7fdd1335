// What to set on the device at the other end of a parent, so that frames of its children pass: for this very platform.
import { shellWord } from '../../../model/text.js';
import type { Facts } from '../../../model/snapshot.js';
import type { Parent } from '../../../model/topology.js';
import { HYPERVISORS } from './hypervisors.js';
import { identifyPlatform, type Surroundings } from './identify-platform.js';
import type { LostFrames, Place } from './platform-row.js';
import { UNKNOWN } from './ports.js';

/** Pairs of address and MAC that are written out. */
const MOST_PAIRS = 8;

/** The settings first, then what else it could be, then what does not help. */
export function upstreamAdvice(facts: Facts, parent: Parent, what: LostFrames): readonly string[] {
  const around = identifyPlatform(facts, parent);
  const place = placeOf(parent);
  return [
    ...settings(around, what, place),
    ...ofBridge(parent),
    ...others(around, what, place),
    around.row.inVain,
  ];
}

/** A bridge stands between its macvlan links and the wire, with rules and ports of its own. */
function ofBridge({ name, link }: Parent): readonly string[] {
  if (link.linkinfo?.info_kind !== 'bridge') return [];
  return [
    `${name} is a bridge of this host, and the frames may be lost in it: \`nft list ruleset\` (tables of the bridge family) and \`ebtables-save\` show its rules, \`bridge -d link show master ${shellWord(name)}\` the settings of its ports (locked, learning, flood).`,
  ];
}

function placeOf({ name, link, children, shims }: Parent): Place {
  const pairs = children.flatMap(({ mac, addresses }) => {
    const ip = addresses.find(({ family }) => family === 'inet');
    return ip === undefined ? [] : [`${ip.local} with ${mac}`];
  });
  const macs = new Set([link.address, ...[...children, ...shims].map(({ mac }) => mac)]);
  return {
    parent: name,
    card: link.address === undefined ? 'the card' : `the card with the MAC ${link.address}`,
    macs: macs.size,
    pairs: pairs.slice(0, MOST_PAIRS),
  };
}

function settings(
  { row, name, confidence }: Surroundings,
  what: LostFrames,
  place: Place,
): readonly string[] {
  const lines = row.settings(what, place);
  const [first] = lines;
  if (confidence !== 'hint' || row === UNKNOWN || first === undefined) return lines;
  // Anybody can set a MAC: the short list of every kind goes along.
  const guess = `If this is ${name}, as its MAC suggests: ${first}`;
  return [guess, ...lines.slice(1), ...UNKNOWN.settings(what, place)];
}

/** Behind a virtual switch there is a real one; and some virtual switches let these frames pass unless told otherwise. */
function others(
  { row, name, confidence, also }: Surroundings,
  what: LostFrames,
  place: Place,
): readonly string[] {
  if (also !== undefined) {
    const [setting = ''] = also.settings(what, place);
    return [`If the card is ${also.name}: ${setting}`];
  }
  if (!HYPERVISORS.includes(row) || confidence === 'hint') return [];
  const habits = { 'source-mac': [row.habit.source], 'foreign-unicast': [row.habit.unicast] };
  const asked = what === 'both' ? Object.values(habits).flat() : habits[what];
  const why = asked.includes('passes')
    ? `Unless it was told otherwise, ${name} lets such frames pass`
    : 'If that is set already';
  return [
    `${why}: then look at the switch behind its host (port security for ${place.macs.toString()} MACs or more, 802.1X, DHCP snooping and ARP inspection), and at SR-IOV, where the host hands a virtual function through (trust on, spoofchk off).`,
  ];
}
