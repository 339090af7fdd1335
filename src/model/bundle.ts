// What a support bundle says of itself: manifest.json, the first thing that a reader opens.
import type { Privileges } from './platform.js';
import type { Expectation } from './snapshot.js';

/** Raised when an old reader would misread a new bundle. */
export const BUNDLE_SCHEMA_VERSION = 1;

/** How names and addresses were replaced; `none` for use inside one house. */
export const REDACTION_MODES = ['prefix', 'strict', 'none'] as const;
/** One of {@link REDACTION_MODES}. */
export type RedactionMode = (typeof REDACTION_MODES)[number];

/** One file of a bundle, and where its content came from. */
export interface BundleFile {
  /** Inside the bundle's folder, with forward slashes. */
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
  /** Something was left out of its middle for size. */
  readonly truncated: boolean;
  /** Who or what it comes from: a command line, a file, a part of the run. */
  readonly source: string;
  /** Exit code of the command behind it. */
  readonly exit?: number;
  /** How long that took, milliseconds. */
  readonly ms?: number;
  /** Free text: names and addresses in it are found by their looks alone, which is weaker than knowing its fields. */
  readonly isFreeText?: boolean;
}

/** Why something that could have been in the bundle is not. */
export type SkipReason =
  'absent' | 'denied' | 'failed' | 'interrupted' | 'not-applicable' | 'too-large' | 'unwanted';

/** Something that is not in the bundle. */
export interface BundleSkip {
  readonly what: string;
  readonly why: SkipReason;
  /** In plain words. */
  readonly detail: string;
}

/** How names were replaced, and by which key. */
export interface BundleRedaction {
  readonly mode: RedactionMode;
  /** Tells keys apart without giving them away: bundles with the same one have the same stand-ins. Absent with `none`. */
  readonly keyId?: string;
  /** How many different originals have a stand-in: `names`, `addresses`, `macs`, `ids`. */
  readonly masked: Readonly<Record<string, number>>;
}

/** Sizes that the bundle keeps to, bytes. */
export interface BundleLimits {
  readonly packedBytes: number;
  readonly factsBytes: number;
  /** Of any other file. */
  readonly fileBytes: number;
}

/** `manifest.json`. */
export interface Manifest {
  readonly schemaVersion: typeof BUNDLE_SCHEMA_VERSION;
  /** Of the other files that programs read. */
  readonly schemaVersions: { readonly snapshot: number; readonly report: number };
  readonly tool: { readonly name: string; readonly version: string };
  /** The checks that judged: how many, and a hash of their ids. */
  readonly catalogue: { readonly checks: number; readonly sha256: string };
  readonly case: string;
  /** The host's name, or its stand-in. */
  readonly host: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly endedAt: string;
  /** How long the run took, milliseconds. */
  readonly durationMs: number;
  /** As the command line had them. */
  readonly flags: readonly string[];
  readonly expectations: readonly Expectation[];
  /** Null where the run did not come far enough to tell. */
  readonly privileges: Privileges | null;
  /** False when the run was interrupted, or the facts are not all here. */
  readonly complete: boolean;
  readonly files: readonly BundleFile[];
  readonly skipped: readonly BundleSkip[];
  readonly limits: BundleLimits;
  readonly redaction: BundleRedaction;
}
