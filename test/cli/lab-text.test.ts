import { describe, expect, it } from 'vitest';
import { downText, judgementText, listText, storyText, upText } from '../../src/cli/lab-text.js';
import { listScenarios, pickScenario } from '../../src/cli/workflows/lab-scenarios.js';
import type { LabRun } from '../../src/cli/workflows/lab-run.js';
import type { CheckResult } from '../../src/model/report.js';

const plain = { color: false, width: 80, verbose: false, quiet: false };

const falseAlarm: CheckResult = {
  check: 'mode-mixed',
  category: 'macvlan',
  status: 'fail',
  subject: { kind: 'parent', name: 'eth0\u001B[2J' },
  title: 'x',
};

function runOf(id: string, judgement: Partial<LabRun['judgement']>): LabRun {
  const scenario = pickScenario(id, false);
  return {
    scenario,
    seed: 1,
    report: {} as LabRun['report'],
    judgement: { found: [], missing: [], unexpected: [], isRight: false, ...judgement },
  };
}

describe('the lab on a terminal', () => {
  it('lists sick scenarios before healthy ones, each on one line of 80 columns', () => {
    const lines = listText(listScenarios()).trimEnd().split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    const at = (id: string) => lines.findIndex((line) => line.startsWith(`  ${id} `));
    expect(at('vepa-no-hairpin')).toBeGreaterThan(1);
    expect(at('vepa-no-hairpin')).toBeLessThan(at('healthy-bridge'));
  });

  it('tells the story within 80 columns, and the seed to get the same LAN again', () => {
    for (const scenario of listScenarios()) {
      const lines = storyText(scenario, 17, plain).split('\n');
      expect(lines[0]).toBe(`lab ${scenario.id}   seed 17`);
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    }
  });

  it('says whether the report was right', () => {
    expect(judgementText(runOf('parent-down', { isRight: true }), plain)).toContain(
      'RIGHT: parent-down (fail) had to be found, and was found',
    );
    expect(judgementText(runOf('healthy-vepa', { isRight: true }), plain)).toContain(
      'RIGHT: this LAN is healthy, and the report says so.',
    );
  });

  it('names what was missed and what was a false alarm, and prints no control character', () => {
    const { expect: missing } = pickScenario('parent-down', false);
    const text = judgementText(runOf('parent-down', { missing, unexpected: [falseAlarm] }), plain);
    expect(text).toContain('WRONG: parent-down (fail) had to be found, and was not.');
    expect(text).toContain(
      String.raw`WRONG: mode-mixed (fail) about parent eth0\u{1b}[2J was reported`,
    );
    expect(text).not.toContain('\u001B');
  });

  it('prints commands as shell words', () => {
    const text = upText(
      {
        id: 'abc234',
        scenario: pickScenario('healthy-bridge', false),
        seed: 1,
        inhabitants: [
          { label: 'host', role: 'host', link: 'eth0', addresses: [], netns: 'mvd-abc234-host' },
        ],
        commands: [{ does: 'run the doctor', argv: ['node', '/opt/my tools/run.js', 'run'] }],
      },
      plain,
    );
    expect(text).toContain("run the doctor  node '/opt/my tools/run.js' run");
    expect(text).toContain('host  eth0  no address  mvd-abc234-host');
  });

  it('tells what was removed, what was not, and who still sits inside', () => {
    expect(downText({ removed: [], leftAlone: [], squatters: [] })).toBe('nothing to remove\n');
    const text = downText({
      removed: [
        { id: 'abc234', scenario: 'parent-down', was: 'up' },
        { id: 'abc235', was: 'crashed' },
      ],
      leftAlone: [{ id: 'abc236', pid: 7 }],
      squatters: [{ pid: 8, comm: 'sh\n' }],
    });
    expect(text).toBe(
      'removed abc234 (parent-down)\n' +
        'removed abc235, left over from a crash\n' +
        'left abc236 alone: process 7 is using it\n' +
        String.raw`process 8 (sh\u{a}) was inside; its namespace is empty and goes when it ends` +
        '\n',
    );
  });
});
