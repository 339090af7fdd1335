import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderGithub } from '../../../../src/core/reporters/ci/github.js';
import type { CheckResult } from '../../../../src/model/report.js';
import { found, passed, undecided } from '../../../support/a-report.js';
import {
  CRASH,
  everyOutcome,
  hostileFinding,
  IN_A_FILE,
  LIVE,
  ON_PAPER,
  OPEN,
  reportOf,
  WARNING,
} from '../../../support/every-outcome.js';
import { commandsIn, type WorkflowCommand } from '../../../support/workflow-commands.js';

function commandsOf(...results: readonly CheckResult[]): WorkflowCommand[] {
  return commandsIn(renderGithub(reportOf(...results), ON_PAPER));
}

function many(count: number, check: (index: number) => string): CheckResult[] {
  return Array.from({ length: count }, (_, index) =>
    found(`address/${check(index)}`, { on: `child eth0@c${index.toString()}` }),
  );
}

describe('renderGithub', () => {
  it('is one command for each thing that was said', async () => {
    const text = renderGithub(everyOutcome(), ON_PAPER);
    expect(commandsIn(text).map(({ name }) => name)).toEqual([
      'error',
      'error',
      'warning',
      'warning',
      'notice',
    ]);
    await expect(text).toMatchFileSnapshot('../golden/github.txt');
  });

  it('points at the line of the file', () => {
    expect(commandsOf(IN_A_FILE)[0]?.properties).toEqual({
      file: 'deploy/compose.yaml',
      line: '12',
      col: '9',
      title: 'gateway-outside-subnet: network lan',
    });
    expect(commandsOf(LIVE)[0]?.properties).toEqual({ title: 'parent-down: parent eth0' });
  });

  it('ends with a line for the log, and is that line alone when all is well', () => {
    expect(renderGithub(reportOf(...passed('host/wsl2')), ON_PAPER)).toBe(
      'macvlan-doctor: All well\n',
    );
  });

  it('says what was not decided once for each reason', () => {
    const open = [OPEN, undecided('filter/firewall-child', 'run as root'), CRASH];
    expect(commandsOf(...open)).toMatchObject([
      { name: 'warning', properties: { title: 'firewall-child: crashed' } },
      { name: 'notice', message: 'rp-filter, firewall-child: run as root' },
    ]);
  });
});

describe('the limits of a step', () => {
  it('ten are told one by one', () => {
    expect(commandsOf(...many(10, () => 'child-down'))).toHaveLength(10);
  });

  it('more of one check are one annotation that names them', () => {
    const [first, ...others] = commandsOf(...many(11, () => 'child-down'));
    expect(others).toEqual([]);
    expect(first?.properties['title']).toBe('child-down: 11 times');
    expect(first?.message).toContain('Found on: eth0@c0, eth0@c1');
  });

  it('more checks than that: the last one counts the rest', () => {
    const commands = commandsOf(...many(25, (index) => `check-${index.toString()}`), WARNING);
    expect(commands.filter(({ name }) => name === 'error')).toHaveLength(10);
    expect(commands.filter(({ name }) => name === 'warning')).toHaveLength(1);
    const last = commands.findLast(({ name }) => name === 'error');
    expect(last?.properties['title']).toBe('16 more');
    expect(last?.message).toContain('check-24: child eth0@c24');
  });

  it('findings in two files are not merged into one', () => {
    const inFiles = many(12, () => 'child-down').map((finding, index) => ({
      ...finding,
      location: { file: index % 2 === 0 ? 'a.yaml' : 'b.yaml', line: index + 1 },
    }));
    expect(commandsOf(...inFiles).map(({ properties }) => properties['file'])).toEqual([
      'a.yaml',
      'b.yaml',
    ]);
  });
});

describe('escaping', () => {
  it('comes back whole from a reader of the documented rules, whatever the names', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const output = renderGithub(reportOf(hostileFinding(text)), ON_PAPER);
        const [first, ...others] = commandsIn(output);
        expect(others).toEqual([]);
        expect(Object.keys(first?.properties ?? {})).toEqual(['file', 'line', 'title']);
        // One command and the line for the log: nothing escaped into a line of its own.
        expect(output.split('\n')).toHaveLength(3);
      }),
    );
  });

  it('what the runner would take apart comes back as it was', () => {
    const name = 'a%0Ab: c,d=e::f %25';
    const [first] = commandsOf(hostileFinding(name));
    expect(first?.properties['file']).toBe(name);
    expect(first?.properties['title']).toBe(`parent-down: parent ${name}`);
    expect(first?.message.startsWith(`${name} is down`)).toBe(true);
  });
});
