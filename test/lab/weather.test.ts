// Bad weather: what is missing, vanishes or lies must cost a sentence, never the report.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import healthyBridge from '../../src/edge/lab/scenarios/healthy-bridge.js';
import gatewaySilent from '../../src/edge/lab/scenarios/gateway-silent.js';
import { describeAsRoot } from '../support/root.js';
import { doctorIn, reportIn, withLab } from '../support/standing-lab.js';

const failing = (report: { results: readonly { status: string; check: string }[] }): string[] =>
  report.results
    .filter(({ status }) => status === 'fail' || status === 'crashed')
    .map(({ check }) => check);

describeAsRoot('bad weather', () => {
  it('needs no iproute2 and no other program', async () => {
    await withLab(healthyBridge, { children: 3 }, async (lab) => {
      const { stdout, code } = await doctorIn(lab.plan.hostNetns, {
        args: ['run', '--json'],
        env: { PATH: '/nonexistent' },
      });
      const report = JSON.parse(stdout) as Awaited<ReturnType<typeof reportIn>>;
      expect(code).toBe(0);
      expect(report.topology.parents[0]?.children.length).toBe(3);
      expect(
        report.reachability.some(
          ({ probe, answered }) => probe === 'gateway-arp-child' && answered,
        ),
      ).toBe(true);
    });
  });

  it('goes on when a child vanishes in the middle of a run', async () => {
    await withLab(gatewaySilent, { children: 3 }, async (lab) => {
      const victim = lab.plan.segments[0]?.parent.children[0]?.netns ?? '';
      const run = doctorIn(lab.plan.hostNetns, { args: ['run', '--json', '--timeout', '3000'] });
      setTimeout(() => execFileSync('ip', ['netns', 'del', victim]), 900);
      const { stdout, code } = await run;
      const report = JSON.parse(stdout) as Awaited<ReturnType<typeof reportIn>>;
      expect(report.summary.crashed).toBe(0);
      expect(failing(report)).toContain('gateway-silent');
      expect(code).toBe(1);
    });
  });

  it('goes on when the parent vanishes in the middle of a run', async () => {
    await withLab(gatewaySilent, { children: 2 }, async (lab) => {
      const { hostNetns, segments } = lab.plan;
      const run = doctorIn(hostNetns, { args: ['run', '--json', '--timeout', '3000'] });
      setTimeout(
        () => execFileSync('ip', ['-n', hostNetns, 'link', 'del', segments[0]?.parent.nic ?? '']),
        900,
      );
      const { stdout } = await run;
      expect((JSON.parse(stdout) as { summary: { crashed: number } }).summary.crashed).toBe(0);
    });
  });

  it('says so when there is nothing to look at', async () => {
    const netns = `mvdt-${randomBytes(4).toString('hex')}`;
    execFileSync('ip', ['netns', 'add', netns]);
    try {
      const { stdout, code } = await doctorIn(netns, { args: ['run'] });
      expect(code).toBe(0);
      expect(stdout).toMatch(/no macvlan/i);
    } finally {
      execFileSync('ip', ['netns', 'del', netns]);
    }
  });

  it.each([
    ['a space', 'my box'],
    ['a quote', `it's "x"`],
    ['an escape sequence', 'red\u001B[31m'],
    ['a newline', 'two\nlines'],
    ['a command', '$(touch pwned);`id`'],
    ['an option', 'x --help'],
  ])('prints no namespace name raw: %s', async (_kind, name) => {
    await withLab(healthyBridge, { children: 1 }, async (lab) => {
      const { hostNetns, segments } = lab.plan;
      const nic = segments[0]?.parent.parent ?? '';
      const odd = `${name}${randomBytes(3).toString('hex')}`;
      execFileSync('ip', ['netns', 'add', odd]);
      try {
        execFileSync('ip', [
          '-n',
          hostNetns,
          'link',
          'add',
          'odd0',
          'link',
          nic,
          'type',
          'macvlan',
          'mode',
          'private',
        ]);
        execFileSync('ip', ['-n', hostNetns, 'link', 'set', 'odd0', 'netns', `/run/netns/${odd}`]);
        const text = await doctorIn(hostNetns, { args: ['run', '-v'] });
        // eslint-disable-next-line no-control-regex
        expect(text.stdout).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F]/);
        const report = await reportIn(hostNetns);
        expect(report.summary.crashed).toBe(0);
        expect(report.topology.parents[0]?.children.length).toBe(2);
      } finally {
        execFileSync('ip', ['netns', 'del', odd]);
      }
    });
  });
});
