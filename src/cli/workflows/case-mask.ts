// The stand-ins of a case: the key makes them, the memory takes them back.
import { createHmac } from 'node:crypto';
import { noMask, type Mask } from '../../core/bundle/mask.js';
import { LeakScan } from '../../core/redact/leak/leak-scan.js';
import { maskedField } from '../../core/redact/readings/read-fields.js';
import type { Prf } from '../../core/redact/prf.js';
import { redactSnapshot, redactText, translate } from '../../core/redact/redact-snapshot.js';
import { StandIns } from '../../core/redact/stand-ins.js';
import type { CaseFile } from '../../edge/bundle/case-store.js';
import type { RedactionMode } from '../../model/bundle.js';
import { DoctorError } from '../../model/errors.js';
import type { Snapshot } from '../../model/snapshot.js';

export interface CaseMask {
  readonly mask: Mask;
  /** The case with what this run adds to it; absent where nothing has a stand-in. */
  readonly remembered?: CaseFile;
}

/** Throws DoctorError when the bundles of the case so far were masked in another way: one answer would have two meanings. */
export function maskFor(snapshot: Snapshot, mode: RedactionMode, known: CaseFile): CaseMask {
  if (mode === 'none') return { mask: noMask(snapshot) };
  const { memory } = known;
  if (memory !== undefined && memory.mode !== mode) {
    const message = `case ${known.case} has bundles with --redact ${memory.mode}: give it the same, or another --case`;
    throw new DoctorError('bad-flag', message);
  }
  const earlier = memory === undefined ? {} : { earlier: memory };
  const redacted = redactSnapshot(snapshot, { mode, prf: prfOf(known), ...earlier });
  const { map, originals } = redacted;
  const { names, ips, macs, ids } = originals;
  const scan = new LeakScan(originals, map);
  const out = map.mapper('out');
  const isOther = (ip: string): boolean => out.ip(ip) !== ip;
  return {
    mask: {
      mode,
      keyId: keyIdOf(known),
      snapshot: redacted.snapshot,
      masked: {
        names: map.memory.names.filter(([name, other]) => name !== other && names.has(name)).length,
        addresses: [...ips].filter(isOther).length,
        macs: [...macs].filter((mac) => out.mac(mac) !== mac).length,
        ids: ids.size,
      },
      renamed: (map.memory.former?.length ?? 0) - (memory?.former?.length ?? 0),
      text: (text) => redactText(text, map),
      field: (field, text) => maskedField(field, text, out),
      leakIn: (bytes, how) => scan.inBytes(bytes, how)?.kind,
    },
    remembered: { ...known, memory: map.memory },
  };
}

/** An answer that speaks of stand-ins, in real names. */
export function translated(text: string, known: CaseFile): string {
  const { memory } = known;
  return memory === undefined ? text : translate(text, new StandIns(memory, prfOf(known)));
}

/** Whether a text speaks of stand-ins of the case by name; names that were kept say nothing of any case. */
export function speaksOf(text: string, known: CaseFile): boolean {
  const { memory } = known;
  return memory !== undefined && new StandIns(memory, prfOf(known)).areNamedIn(text);
}

function prfOf({ key }: CaseFile): Prf {
  const bytes = Buffer.from(key, 'hex');
  return (message) => createHmac('sha256', bytes).update(message).digest();
}

/** Bundles with the same one have the same stand-ins; nobody gets back to the key from it. */
function keyIdOf(known: CaseFile): string {
  const name = Buffer.from('which key is this');
  return Buffer.from(prfOf(known)(name)).toString('hex').slice(0, 8);
}
