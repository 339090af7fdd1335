// The parts that texts of a snapshot are made of. One reader collects them, another puts stand-ins in their place.
import type { NameKind } from './names/stand-in.js';

export interface Mapper {
  /** A whole name. */
  readonly name: (kind: NameKind, name: string) => string;
  /** Whether something is called exactly so. */
  readonly isName: (text: string) => boolean;
  /** An address without a prefix; text that is none comes back as it is. */
  readonly ip: (text: string) => string;
  /** `ADDRESS/LENGTH`. */
  readonly cidr: (text: string) => string;
  readonly mac: (text: string) => string;
  /** Hexadecimal digits of an id, or the first of them. */
  readonly id: (digits: string) => string;
  /** A link's whole name, once its parts have been read: `br-1a2b3c4d5e6f`. */
  readonly link: (name: string, other: string) => string;
  /** A word of the kernel's, an engine's or our own vocabulary. */
  readonly word: (text: string) => string;
  /** Prose with all of these in it. */
  readonly prose: (text: string) => string;
}

/** One way to take a text apart and put it together again. */
export type Reading = (text: string, mapper: Mapper) => string;
