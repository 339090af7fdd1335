import { describe, expect, it } from 'vitest';
import { listScenarios, pickScenarios } from '../../../src/cli/workflows/lab-scenarios.js';

const idsOf = (name: string): string[] => pickScenarios(name).map(({ id }) => id);

describe('pickScenarios', () => {
  it('takes the name of a scenario for that one alone', () => {
    expect(idsOf('gateway-silent')).toEqual(['gateway-silent']);
    expect(idsOf('healthy-shim')).toEqual(['healthy-shim']);
  });

  it('takes the name of a check for every scenario that stages its fault', () => {
    const staging = listScenarios().filter(({ expect: expected }) =>
      expected.some(({ check }) => check === 'duplicate-ip'),
    );
    expect(staging.length).toBeGreaterThan(1);
    expect(idsOf('duplicate-ip').toSorted()).toEqual(staging.map(({ id }) => id).toSorted());
  });

  it('knows no other names, and says which is near', () => {
    expect(() => pickScenarios('gateway-silnt')).toThrow('there is no scenario gateway-silnt');
  });
});
