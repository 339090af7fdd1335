// What the texts of a snapshot are, and how each kind is taken apart. A field names one of these: see snapshot-shape.ts.
import { readEnd, readChild, readPlace, readWho } from './read-ends.js';
import { readLabel, readLink } from './read-links.js';
import { readAssetTag, readChain, readMatches, readNetworkMode } from './read-odds.js';
import { readEndpoint, readPath } from './read-paths.js';
import type { Reading } from '../mapper.js';
import type { NameKind } from '../names/stand-in.js';

/** `10.1.2.3`, `10.1.0.0/16`; words like `default` and `all` stay. */
const readAddress: Reading = (text, mapper) =>
  text.includes('/') ? mapper.cidr(text) : mapper.ip(text);

const ID = /^[\da-f]{12,64}$/u;

function named(kind: NameKind): Reading {
  return (text, mapper) =>
    ID.test(text)
      ? mapper.id(text)
      : text
          .split('/')
          .map((part) => mapper.name(kind, part))
          .join('/');
}

export const READINGS = {
  /** A word of the kernel's, an engine's or our own vocabulary: nobody's. */
  word: (text, mapper) => mapper.word(text),
  address: readAddress,
  mac: (text, mapper) => mapper.mac(text),
  link: readLink,
  label: readLabel,
  container: named('container'),
  network: named('network'),
  id: (text, mapper) => (ID.test(text) ? mapper.id(text) : mapper.name('id', text)),
  host: (text, mapper) => mapper.name('host', text),
  context: named('context'),
  aux: named('address'),
  process: named('process'),
  chain: readChain,
  end: readEnd,
  child: readChild,
  place: readPlace,
  who: readWho,
  path: readPath,
  endpoint: readEndpoint,
  networkMode: readNetworkMode,
  assetTag: readAssetTag,
  matches: readMatches,
  prose: (text, mapper) => mapper.prose(text),
} as const satisfies Readonly<Record<string, Reading>>;

/** The name of a reading. */
export type ReadingId = keyof typeof READINGS;
