// What makes the stand-ins of one ticket's bundles agree, besides the key.

/** What has to be remembered of a case besides its key; it holds real names, and stays with the user. */
export interface CaseMemory {
  readonly mode: 'prefix' | 'strict';
  /** Known subnets, as prefixes. */
  readonly subnets: readonly string[];
  readonly names: readonly (readonly [name: string, standIn: string])[];
  /** Hexadecimal ids, in full. */
  readonly ids: readonly string[];
  /** IP addresses and prefixes that have a stand-in; absent in files of earlier versions. */
  readonly addresses?: readonly string[];
  /** MACs that have a stand-in; absent in files of earlier versions. */
  readonly macs?: readonly string[];
  /** What addresses and prefixes were called before a subnet around them was known: an answer may still speak of that; absent in files of earlier versions. */
  readonly former?: readonly (readonly [address: string, standIn: string])[];
}
