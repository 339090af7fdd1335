import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderJunit } from '../../../../src/core/reporters/ci/junit.js';
import type { CheckResult } from '../../../../src/model/report.js';
import { found, passed } from '../../../support/a-report.js';
import {
  CRASH,
  everyOutcome,
  HOSTILE,
  hostileFinding,
  IN_A_FILE,
  LIVE,
  NOT_APPLICABLE,
  ON_PAPER,
  OPEN,
  reportOf,
  SYMPTOM,
  WARNING,
} from '../../../support/every-outcome.js';
import { junitErrors, xpath } from '../../../support/official-schemas.js';

function junitOf(...results: readonly CheckResult[]): string {
  return renderJunit(reportOf(...results), ON_PAPER);
}

describe('renderJunit', () => {
  it('is what Jenkins reads', async () => {
    const xml = renderJunit(everyOutcome(), ON_PAPER);
    expect(junitErrors(xml)).toBe('');
    await expect(xml.replaceAll(/timestamp="[^"]*"/g, 'timestamp="…"')).toMatchFileSnapshot(
      '../golden/junit.xml',
    );
  });

  it.each([
    ['a failure', LIVE, 'failure'],
    ['what was not decided', OPEN, 'skipped'],
    ['a symptom', SYMPTOM, 'skipped'],
    ['a crash', CRASH, 'error'],
  ])('%s is one %s', (_name, result, element) => {
    const xml = junitOf(result);
    expect(xpath(xml, `count(//testcase/${element})`)).toBe('1');
    expect(xpath(xml, 'count(//testcase/*)')).toBe('1');
  });

  it('counts what it holds, suite by suite and together', () => {
    const xml = renderJunit(everyOutcome(), ON_PAPER);
    for (const [attribute, element] of [
      ['tests', 'testcase'],
      ['failures', 'failure'],
      ['errors', 'error'],
    ] as const) {
      const counted = xpath(xml, `count(//${element})`);
      expect(xpath(xml, `string(/testsuites/@${attribute})`)).toBe(counted);
      expect(xpath(xml, `sum(//testsuite/@${attribute})`)).toBe(counted);
    }
    expect(xpath(xml, 'sum(//testsuite/@skipped)')).toBe(xpath(xml, 'count(//skipped)'));
  });

  it('a warning passes and says so, unless the gate does not let it pass', () => {
    const lenient = junitOf(WARNING);
    expect(xpath(lenient, 'count(//failure)')).toBe('0');
    expect(xpath(lenient, 'string(//testcase/system-out)')).toContain('WARN  host-child-isolation');
    const strict = renderJunit(reportOf(WARNING), { ...ON_PAPER, failOn: 'warn' });
    expect(xpath(strict, 'count(//failure)')).toBe('1');
    expect(xpath(strict, 'string(/testsuites/@failures)')).toBe('1');
  });

  it('says why something was not decided, and where a fault was written down', () => {
    expect(xpath(junitOf(OPEN), 'string(//skipped)')).toBe('Not decided: run as root');
    expect(xpath(junitOf(SYMPTOM), 'string(//skipped)')).toContain('parent-down on parent eth0');
    expect(xpath(junitOf(IN_A_FILE), 'string(//failure)')).toContain(
      'deploy/compose.yaml:12:9 (networks.lan.ipam.config[0].gateway)',
    );
  });

  it('what does not apply is no test', () => {
    const xml = junitOf(NOT_APPLICABLE, ...passed('host/wsl2'));
    expect(xpath(xml, 'count(//testcase)')).toBe('1');
  });

  it('two findings of one check on one subject have two names', () => {
    const xml = junitOf(
      found('parent/parent-down', { on: 'parent eth0', code: 'a' }),
      found('parent/parent-down', { on: 'parent eth0', code: 'b' }),
    );
    expect(xpath(xml, 'string(//testcase[1]/@name)')).toBe('parent-down (parent eth0), a');
    expect(xpath(xml, 'string(//testcase[2]/@name)')).toBe('parent-down (parent eth0), b');
  });

  it('an empty report is a document', () => {
    expect(junitErrors(junitOf())).toBe('');
  });

  it('names break nothing and are all there', () => {
    const xml = junitOf(hostileFinding(HOSTILE));
    expect(junitErrors(xml)).toBe('');
    const name = xpath(xml, 'string(//testcase/@name)');
    expect(name).toContain(String.raw`x\u{1b}[2J<b>&"']]>|`);
    expect(name).toContain(String.raw`\u{d}\u{a}::error::%0A\u{202e}`);
  });

  it('holds no character that XML excludes, whatever it is told', () => {
    const anything = fc.string({ unit: 'binary', maxLength: 40 });
    fc.assert(
      fc.property(anything, (text) => {
        const xml = junitOf(hostileFinding(text));
        expect(xml).toMatch(/^[\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u);
        expect(xml.match(/<testcase /g)).toHaveLength(1);
      }),
    );
  });

  it('is well-formed with any text in it', () => {
    const texts = fc.sample(fc.string({ unit: 'binary', maxLength: 60 }), 60);
    expect(junitErrors(junitOf(...texts.map((text) => hostileFinding(text))))).toBe('');
  });
});
