// Prefixes that no known subnet holds: what one of them is called may be what another one really is, and that is no leak.
import { readFileSync } from 'node:fs';
import { Buffer } from 'node:buffer';
import { expect, it } from 'vitest';
import { LeakScan } from '../../../src/core/redact/leak/leak-scan.js';
import { redactSnapshot } from '../../../src/core/redact/redact-snapshot.js';
import type { Snapshot } from '../../../src/model/snapshot.js';
import { keyed } from '../../support/keyed.js';

const HOST = new URL('../../../fixtures/hosts/refused-plan/snapshot.json', import.meta.url);
const snapshot = JSON.parse(readFileSync(HOST, 'utf8')) as Snapshot;
const KEYS = Array.from({ length: 20 }, (_, at) => `key ${at.toString()}`);

it.each(['prefix', 'strict'] as const)('whatever the key is, in mode %s', (mode) => {
  const refused = KEYS.filter((key) => {
    const masked = redactSnapshot(snapshot, { mode, prf: keyed(key) });
    const scan = new LeakScan(masked.originals, masked.map);
    return scan.inBytes(Buffer.from(JSON.stringify(masked.snapshot)), { isOurs: true });
  });
  expect(refused).toEqual([]);
});
