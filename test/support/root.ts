// Tests that need root and a Linux kernel: skipped with a reason, or failed where skipping is forbidden.
import { describe } from 'vitest';
import { isPrivileged } from '../../src/edge/lab/ground/ground.js';

/** MACVLAN_DOCTOR_NO_SKIP=1: a test that cannot run is a failure. */
const mayNotSkip = process.env['MACVLAN_DOCTOR_NO_SKIP'] === '1';
const isReady = process.platform === 'linux' && isPrivileged();

/** Like `describe`, for what makes network namespaces. */
export function describeAsRoot(name: string, body: () => void): void {
  const why = isReady ? '' : ' (needs root on Linux)';
  describe.skipIf(!isReady && !mayNotSkip)(`${name}${why}`, body);
}
