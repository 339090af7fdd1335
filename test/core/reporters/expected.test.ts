// What was seen against what the model says: in a cell where they differ, under -v for every kind of pair.
import { describe, expect, it } from 'vitest';
import { renderText } from '../../../src/core/reporters/text.js';
import type { CheckResult } from '../../../src/model/report.js';
import { aReport, found } from '../../support/a-report.js';
import { aSnapshot } from '../../support/a-snapshot.js';

const PLAIN = { color: false, width: 80, verbose: false, quiet: false } as const;
const VERBOSE = { ...PLAIN, verbose: true } as const;
const lan = () => aSnapshot().parent('eth0', { address: [] }).child('web').child('db');
const SICK = found('neighbour/gateway-silent', { on: 'gateway 192.0.2.1' });

function rowOf(text: string, child: string): string {
  return text.split('\n').find((line) => line.trimStart().startsWith(child)) ?? '';
}

describe('a cell', () => {
  it('says that a silence was not to be expected', () => {
    const given = lan().allHealthy().silent('gateway-arp-child', { child: 'web' });
    const text = renderText(aReport(given.silent('gateway-icmp', { child: 'web' }), [SICK]), PLAIN);
    expect(rowOf(text, 'web')).toMatch(/192\.0\.2\.50 +no, unexpected +0\.4 ms/);
    expect(rowOf(text, 'db')).not.toContain('unexpected');
  });

  it('says that an answer was not to be expected', () => {
    const given = aSnapshot().parent('eth0').child('web').allHealthy().answered('host-child-icmp');
    const text = renderText(aReport(given, [SICK]), PLAIN);
    expect(rowOf(text, 'web')).toMatch(/0\.4 ms to it, unexpected/);
  });

  it('stays as it is where a silence was expected', () => {
    const given = aSnapshot().parent('eth0').child('web', { mode: 'private' }).child('db');
    const text = renderText(aReport(given.allHealthy(), [SICK]), PLAIN);
    expect(rowOf(text, 'web')).toMatch(/0\.4 ms +no +no$/);
  });

  it('tells a gateway that was reached by TCP alone', () => {
    const given = lan().allHealthy().silent('gateway-arp-child').silent('gateway-icmp');
    const report = aReport(given, [SICK]);
    const connected = report.reachability
      .filter(({ probe }) => probe === 'gateway-icmp')
      .map((one) => ({ ...one, probe: 'service-tcp' as const, answered: true, rttMs: 3 }));
    const text = renderText(
      { ...report, reachability: [...report.reachability, ...connected] },
      PLAIN,
    );
    expect(rowOf(text, 'web')).toMatch(/ 3\.0 ms tcp +0\.4 ms/);
  });

  it('stays as it is for a gateway that ignores pings', () => {
    const given = lan().allHealthy().silent('gateway-icmp');
    const text = renderText(aReport(given, [SICK]), PLAIN);
    expect(rowOf(text, 'web')).toMatch(/ arp only +0\.4 ms/);
  });
});

describe('-v', () => {
  it('has one entry for each kind of pair and reason, however many children', () => {
    const crowd = aSnapshot().parent('eth0', { address: [] });
    for (let index = 0; index < 150; index += 1) {
      const mode = index < 148 ? 'bridge' : 'private';
      const address = `192.0.${(2 + Math.floor(index / 200)).toString()}.${(50 + index).toString()}/16`;
      crowd.child(`c${index.toString()}`, { address, mode });
    }
    const lines = renderText(aReport(crowd.allHealthy(), [SICK]), VERBOSE).split('\n');
    const start = lines.findIndex((line) => line.includes('what the model expects'));
    const block = lines.slice(start, lines.indexOf('', start));
    expect(block).toContain('  child to child, ping: an answer; 147 of 147 answered.');
    expect(block).toContain('  child to child, ping: silence; 3 of 3 silent.');
    expect(block.length).toBeLessThan(30);
    for (const line of block) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('is not in the ordinary report, nor where nothing was sent', () => {
    expect(renderText(aReport(lan().allHealthy(), [SICK]), PLAIN)).not.toContain('expects');
    expect(renderText(aReport(lan(), [SICK]), VERBOSE)).not.toContain('expects');
  });
});

describe('what is quiet behind its cause', () => {
  const symptom = (on: Parameters<typeof found>[1]['on'], more: Partial<CheckResult> = {}) => ({
    ...found('neighbour/gateway-silent', { on, what: 'The gateway is silent.' }),
    status: 'suppressed' as const,
    suppressedBy: 'parent-down',
    suppressedOn: { kind: 'parent' as const, name: 'eth1' },
    ...more,
  });
  const down = (name: string) =>
    found('parent/parent-down', { on: `parent ${name}`, what: `${name} is down.` });

  it('stands by the very finding that it is quiet behind, many alike in one entry', () => {
    const names = Array.from({ length: 12 }, (_, index) => `child c${index.toString()}` as const);
    const results = [down('eth0'), down('eth1'), ...names.map((name) => symptom(name))];
    const text = renderText(aReport(lan().allHealthy(), results), VERBOSE);
    const [first = '', second = ''] = text.split('FAIL').slice(1);
    expect(first).not.toContain('Hence');
    expect(second.replaceAll(/\s+/g, ' ')).toContain(
      'Hence gateway-silent (child c0, c1, c2, c3, c4, c5, c6, c7 and 4 more): The gateway is silent.',
    );
  });

  it('says of what was not decided that it was not', () => {
    const { what: _what, code: _code, ...open } = symptom('child c0');
    const results = [down('eth1'), { ...open, reason: 'nothing was sent' }];
    const text = renderText(aReport(lan().allHealthy(), results), VERBOSE);
    expect(text.replaceAll(/\s+/g, ' ')).toContain(
      'Hence gateway-silent (child c0): not decided, nothing was sent.',
    );
  });

  it('is said by itself where its cause was left out', () => {
    const report = aReport(lan().allHealthy(), [symptom('child c0')]);
    expect(renderText(report, VERBOSE).replaceAll(/\s+/g, ' ')).toContain(
      'hidden behind parent-down: gateway-silent (child c0): The gateway is silent.',
    );
    expect(renderText(report, PLAIN)).not.toContain('hidden');
  });
});
