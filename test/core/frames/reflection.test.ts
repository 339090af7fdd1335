import { describe, expect, it } from 'vitest';
import { readReflection, reflectionFrame } from '../../../src/core/frames/reflection.js';

const source = '02:11:22:33:44:55';

describe('reflection frames', () => {
  it.each(['broadcast', 'unknown-unicast'] as const)(
    'recognises its own %s frame',
    (destination) => {
      expect(readReflection(reflectionFrame({ source, destination }), source)).toBe(destination);
    },
  );

  it('does not take another run for its own', () => {
    const frame = reflectionFrame({ source, destination: 'broadcast' });
    expect(readReflection(frame, '02:11:22:33:44:66')).toBeUndefined();
  });

  it('sends the unicast frame to a unicast MAC that is not the source', () => {
    const frame = reflectionFrame({ source, destination: 'unknown-unicast' });
    expect((frame[0] ?? 1) & 1).toBe(0);
    expect(frame.subarray(0, 6)).not.toEqual(frame.subarray(6, 12));
  });
});
