import { describe, expect, it } from 'vitest';
import { downText, judgementText, listText, storyText, upText } from '../../src/cli/lab-text.js';
import { listScenarios, pickScenario } from '../../src/cli/workflows/lab-scenarios.js';
import type { Cure, LabRun } from '../../src/cli/workflows/lab-run.js';
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
  it('lists sick scenarios before healthy ones, in 80 columns', () => {
    const lines = listText(listScenarios()).trimEnd().split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    const words = lines.join(' ').replaceAll(/\s+/g, ' ');
    expect(listScenarios().filter(({ title }) => !words.includes(title.slice(-20)))).toEqual([]);
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

  describe('after the fix', () => {
    const finding: CheckResult = {
      ...falseAlarm,
      check: 'child-down',
      subject: { kind: 'child', name: 'eth0@web' },
    };
    const cured: Cure = {
      treatments: [{ finding, by: 'commands', commands: ['ip link set dev eth0 up', 'ip x'] }],
      remaining: [],
      followUps: [],
      keptItsWord: true,
    };
    const textOf = (cure: Partial<Cure>) =>
      judgementText(
        { ...runOf('child-down', { isRight: true }), cure: { ...cured, ...cure } },
        plain,
      ).replaceAll(/\s+/g, ' ');

    it('says what ran and what is gone, with a measured proof', () => {
      const proof = { from: 'child:eth0@web', to: 'gateway:192.0.2.1', rttMs: 0.34 };
      const text = textOf({ proof: { ...proof, wasSilent: false } });
      expect(text).toContain('Then the 2 commands for child-down ran in that host, word for word');
      expect(text).toContain(
        'CURED: child-down is gone; web → gateway 192.0.2.1 now answers in 0.3 ms. The LAN is gone',
      );
      const was = textOf({
        proof: { ...proof, from: 'host', to: 'container:web', wasSilent: true },
      });
      expect(was).toContain('host → web, silent before, answers in 0.3 ms.');
    });

    it('claims nothing where the finding is still there or a command failed', () => {
      const text = textOf({ remaining: [finding], keptItsWord: false });
      expect(text).toContain('NOT CURED: child-down (fail) on child eth0@web is still found.');
      expect(text).not.toContain(' CURED: child-down is');
      const failed = { command: 'ip x', said: 'Object "x" is unknown\u001B[2J' };
      const broken = textOf({
        treatments: [{ finding, by: 'commands', commands: ['ip x'], failed }],
      });
      expect(broken).toContain(
        String.raw`NOT CURED: ip x answered: Object "x" is unknown\u{1b}[2J`,
      );
      expect(broken).not.toContain('is gone;');
    });

    it('says what came to light, and where there was nothing to run', () => {
      expect(textOf({ followUps: [{ ...finding, check: 'mode-mixed', what: 'Odd.' }] })).toContain(
        'LEFT: mode-mixed (fail) on child eth0@web now: Odd.',
      );
      expect(textOf({ treatments: [{ finding, by: 'advice', commands: [] }] })).toContain(
        'child-down: no command on this host cures that; the advice says what does.',
      );
      expect(textOf({ treatments: [{ finding, by: 'files', commands: [] }] })).toContain(
        'child-down: nothing to run now; its files are for the next boot',
      );
    });
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
