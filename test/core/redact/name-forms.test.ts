// What a packed name looks like from outside, wherever it stands in what was packed.
import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { base64Forms } from '../../../src/core/redact/leak/name-forms.js';

it('one of its forms stands in whatever holds it, in base64', () => {
  const beside = fc.uint8Array({ maxLength: 5 });
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 8, maxLength: 40 }),
      beside,
      beside,
      (name, before, after) => {
        const packed = Buffer.concat([before, name, after]).toString('base64');
        const form = base64Forms(name)[before.length % 3] ?? '';
        expect(packed).toContain(form);
        // Only the digits are missing that a neighbour has a part in: one before and one behind.
        expect(form.length * 6).toBeGreaterThan(name.length * 8 - 12);
      },
    ),
  );
});

it('says nothing of what is found by chance', () => {
  expect(base64Forms(Buffer.from('ab'))).toEqual([]);
});
