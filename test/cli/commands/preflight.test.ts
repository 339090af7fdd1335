import { Config } from '@oclif/core';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import Preflight from '../../../src/cli/commands/preflight.js';
import { preflightHere } from '../../../src/cli/workflows/here.js';
import { DoctorError } from '../../../src/model/errors.js';
import type { CheckResult } from '../../../src/model/report.js';
import { aReport, found, passed } from '../../support/a-report.js';
import { aSnapshot } from '../../support/a-snapshot.js';

vi.mock('../../../src/cli/workflows/here.js');

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

async function preflight(...args: readonly string[]) {
  const config = await Config.load(ROOT);
  const stdout = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  process.exitCode = 0;
  try {
    await Preflight.run([...args], config);
    const text = (calls: readonly (readonly unknown[])[]) =>
      calls.map(([one]) => String(one)).join('');
    return {
      code: process.exitCode,
      stdout: text(stdout.mock.calls),
      stderr: text(stderr.mock.calls),
    };
  } finally {
    stdout.mockRestore();
    stderr.mockRestore();
    process.exitCode = 0;
  }
}

function answers(...results: readonly CheckResult[]): void {
  const patient = aSnapshot().parent('eth0').child('web').allHealthy();
  const report = aReport(patient, [...passed('host/wsl2'), ...results]);
  vi.mocked(preflightHere).mockResolvedValue({ report, snapshot: patient.build() });
}

beforeEach(() => {
  answers();
});
afterEach(() => {
  vi.resetAllMocks();
});

describe('preflight', () => {
  it('hands the flags over as they are typed', async () => {
    const typed =
      '--name iot --parent eth1 --mode private -o foo=bar --subnet 192.0.2.0/24 --subnet 2001:db8::/64 --gateway 192.0.2.1 ' +
      '--ip-range 192.0.2.64/26 --aux-address tv=192.0.2.65 --ip 192.0.2.70 --ip 192.0.2.71 --internal --ipv6 --expect internet';
    expect((await preflight(...typed.split(' '))).code).toBe(0);
    expect(vi.mocked(preflightHere).mock.calls[0]?.[0]).toMatchObject({
      create: {
        name: 'iot',
        driver: 'macvlan',
        parent: 'eth1',
        mode: 'private',
        options: ['foo=bar'],
        subnets: ['192.0.2.0/24', '2001:db8::/64'],
        gateways: ['192.0.2.1'],
        ipRanges: ['192.0.2.64/26'],
        auxAddresses: ['tv=192.0.2.65'],
        isInternal: true,
        hasIpv6: true,
      },
      ips: ['192.0.2.70', '192.0.2.71'],
      expectations: ['internet'],
      compose: { files: [], profiles: [] },
    });
  });

  it('hands Compose files and profiles over in their order', async () => {
    await preflight('--compose', 'a.yaml', '--compose', 'b.yaml', '--profile', 'debug');
    expect(vi.mocked(preflightHere).mock.calls[0]?.[0].compose).toEqual({
      files: ['a.yaml', 'b.yaml'],
      profiles: ['debug'],
    });
  });

  it('hands the names of networks over that are there', async () => {
    await preflight('--network', 'lan', '--network', 'a,b', '--ip', '192.0.2.7');
    expect(vi.mocked(preflightHere).mock.calls[0]?.[0]).toMatchObject({
      existing: ['lan', 'a,b'],
      ips: ['192.0.2.7'],
    });
  });

  it.each([
    '--compose=a.yaml',
    '--parent=eth0',
    '--subnet=192.0.2.0/24',
    '--name=lan',
    '--internal',
  ])('takes no %s for a network that is there', async (flag) => {
    const { code, stderr } = await preflight('--network', 'lan', flag);
    expect(code).toBe(2);
    expect(stderr.split('\n')).toHaveLength(2);
  });

  it.each([
    ['nothing found', [], 0],
    ['a warning', [found('macvlan/mode-private', { on: 'parent eth0', status: 'warn' })], 0],
    ['a failure', [found('runtime/network-refused', { on: 'network lan' })], 1],
  ] as const)('ends as a run does: %s', async (_what, results, code) => {
    answers(...results);
    expect((await preflight('--parent', 'eth0')).code).toBe(code);
    expect((await preflight('--parent', 'eth0', '--json')).code).toBe(code);
  });

  it.each([
    [['--parent', ''], /--parent was given an empty name/u],
    [['--network', ''], /--network was given an empty name/u],
    [['--profile', 'x'], /compose/u],
    [['--parnet', 'eth0'], /there is no flag --parnet; did you mean --parent\?/u],
    [['--expect', 'peace'], /--expect does not know peace/u],
  ])('says in one sentence what is wrong use: %j', async (args, says) => {
    const { code, stdout, stderr } = await preflight(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(says);
  });

  it('and what is wrong with a file', async () => {
    const mistake = new DoctorError('bad-compose', 'a.yaml:3:7: services must be a mapping');
    vi.mocked(preflightHere).mockRejectedValue(mistake);
    expect(await preflight('--compose', 'a.yaml')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: 'macvlan-doctor: a.yaml:3:7: services must be a mapping.\n',
    });
  });
});
