import { describe, expect, it } from 'vitest';
import { renderJson, renderPlanJson } from '../../../src/core/reporters/json.js';
import { aReport, found } from '../../support/a-report.js';
import { aSnapshot } from '../../support/a-snapshot.js';

describe('renderJson', () => {
  it('is the report, and ends with a newline', () => {
    const report = aReport(aSnapshot().parent('eth0').child('web').allHealthy());
    const text = renderJson(report);
    expect(JSON.parse(text)).toEqual(report);
    expect(text.endsWith('}\n')).toBe(true);
  });

  it('keeps names exactly, and prints none of them raw', () => {
    const name = 'x\u001B[2J\u009B31m\u202E\u200B\u2028';
    const report = aReport(aSnapshot(), [found('parent/parent-down', { on: `parent ${name}` })]);
    const text = renderJson(report);
    // eslint-disable-next-line no-control-regex
    expect(text).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u200B\u2028\u202E]/);
    expect(JSON.parse(text)).toEqual(report);
  });
});

describe('renderPlanJson', () => {
  it('holds the steps as they are', () => {
    const frameLimit = { frames: 400, formula: '4 × 100 probes' };
    const plan = { steps: [], frameLimit, mostRounds: 5 };
    expect(JSON.parse(renderPlanJson(plan))).toEqual({ plan: [], frameLimit, mostRounds: 5 });
  });
});
