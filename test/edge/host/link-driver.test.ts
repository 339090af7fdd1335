import { describe, expect, it } from 'vitest';
import { driverOf } from '../../../src/edge/host/link-driver.js';

describe.runIf(process.platform === 'linux')('the driver of a link', () => {
  it('is absent for the loopback and for what is not there', () => {
    expect(driverOf('lo').state).toBe('absent');
    expect(driverOf('no-such-link')).toEqual({
      state: 'absent',
      reason: 'there is no link no-such-link any more',
    });
    expect(driverOf('a-name-that-is-much-too-long-for-a-link').state).toBe('absent');
  });
});
