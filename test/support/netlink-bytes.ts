// Recorded and hand-made netlink messages for parser tests.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import type { Fact } from '../../src/model/fact.js';

const RAW = new URL('../../fixtures/raw/', import.meta.url);

/** The messages of one recorded answer (`fixtures/raw/rtnetlink/NAME.bin`), as the kernel sent them. */
export function recorded(name: string): Uint8Array[] {
  const bytes = new Uint8Array(readFileSync(new URL(`rtnetlink/${name}.bin`, RAW)));
  const view = new DataView(bytes.buffer);
  const messages: Uint8Array[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = view.getUint32(at, true);
    messages.push(bytes.subarray(at, at + length));
    at += Math.ceil(length / 4) * 4;
  }
  return messages;
}

/** What iproute2 printed of the same namespace at the same time. */
export function printed(name: string): string {
  return readFileSync(new URL(`iproute2-6.1/${name}.json`, RAW), 'utf8');
}

export function valueOf<T>(fact: Fact<T>): T {
  if (fact.state !== 'known') throw new Error(fact.reason);
  return fact.value;
}

/** Little-endian numbers of 1, 2 or 4 bytes as attribute values and headers. */
export function bytes(
  ...parts: readonly (readonly [size: 1 | 2 | 4, value: number])[]
): Uint8Array {
  return Uint8Array.from(
    parts.flatMap(([size, value]) =>
      Array.from({ length: size }, (_, index) => (value >>> (8 * index)) & 0xff),
    ),
  );
}

/** A C string with its NUL. */
export function text(value: string): Uint8Array {
  return new TextEncoder().encode(`${value}\0`);
}

/** Real messages with some bytes overwritten and some cut off, and messages of nothing but noise. */
export function hostileMessages(type: number, samples: readonly Uint8Array[]) {
  const noise = fc.uint8Array({ maxLength: 200 }).map((tail) => {
    const message = Uint8Array.from([0, 0, 0, 0, type & 0xff, type >> 8, ...tail]);
    if (message.length > 4) message.set(bytes([4, message.length]));
    return message;
  });
  const damaged = fc
    .record({
      sample: fc.constantFrom(...samples),
      cut: fc.nat(400),
      changes: fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 12 }),
    })
    .map(({ sample, cut, changes }) => {
      const copy = sample.slice(0, Math.max(20, sample.length - (cut % sample.length)));
      for (const [at, value] of changes) if (at >= 16 && at < copy.length) copy[at] = value;
      return copy;
    });
  return fc.array(fc.oneof(noise, damaged), { maxLength: 5 });
}
