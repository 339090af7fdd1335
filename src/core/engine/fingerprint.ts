// By what a finding is known again in the next run: check, code, subject and place in a file; never its numbers or its rank.
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { CheckResult } from '../../model/report.js';

/** Half of the digest: enough to tell all findings of the world apart, and short enough to be read out. */
const LENGTH = 32;

/** The line of a finding moves whenever somebody edits the file above it; its field does not. */
function fingerprintOf({ check, code, subject, location }: CheckResult): string {
  const parts = [check, code, subject.kind, subject.name, location?.file, location?.path];
  // As JSON, so that no two lists of parts are one text.
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify(parts)))).slice(0, LENGTH);
}

/** Findings have codes; what passed, does not apply or could not be decided is nothing to be known again. */
export function withFingerprint(result: CheckResult): CheckResult {
  return result.code === undefined ? result : { ...result, fingerprint: fingerprintOf(result) };
}
