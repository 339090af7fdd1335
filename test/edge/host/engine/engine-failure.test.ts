import { describe, expect, it } from 'vitest';
import { EngineError, failureFact } from '../../../../src/edge/host/engine/engine-failure.js';

const PLACE = 'unix:///var/run/docker.sock';

function failing(code: string): Error {
  return Object.assign(new Error(code), { code });
}

describe('failureFact', () => {
  it('says what gives access to a socket that may not be opened', () => {
    expect(failureFact(PLACE, failing('EACCES'))).toEqual({
      state: 'denied',
      reason: `${PLACE} may not be opened by this user; run as root or join the docker group`,
    });
  });

  it.each([
    ['ENOENT', 'absent', /does not exist/],
    ['ECONNREFUSED', 'failed', /is not running/],
    ['EAGAIN', 'failed', /takes no more connections/],
    ['HPE_INVALID_CONSTANT', 'failed', /not HTTP/],
    ['EWHATEVER', 'failed', /could not be asked \(EWHATEVER\)/],
  ])('puts %s into words', (code, state, reason) => {
    const fact = failureFact(PLACE, failing(code));
    expect(fact.state).toBe(state);
    expect('reason' in fact && fact.reason).toMatch(reason);
  });

  it('takes anything that is thrown', () => {
    expect(failureFact(PLACE, 'text')).toMatchObject({ state: 'failed' });
    expect(failureFact(PLACE, new EngineError('sulks'))).toEqual({
      state: 'failed',
      reason: `${PLACE} sulks`,
    });
  });
});
