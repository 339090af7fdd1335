// From an engine's answers to the verdict, through every gatherer and every check, on the systems that have no macvlan.
import { describe, expect, it } from 'vitest';
import { checks } from '../../src/core/checks/index.js';
import { buildTopology } from '../../src/core/derive/topology/topology.js';
import { runChecks } from '../../src/core/engine/run-checks.js';
import { NOT_GATHERED } from '../../src/cli/workflows/not-gathered.js';
import { gather } from '../../src/edge/gatherers/gather.js';
import { after, before, engineView } from '../../src/edge/gatherers/phases.js';
import { known, unknown } from '../../src/model/fact.js';
import type { CheckResult } from '../../src/model/report.js';
import type { Facts, Snapshot } from '../../src/model/snapshot.js';
import { engineFixture, type FakeMachine, fakeHost } from '../support/fake-host.js';

const MAC = { os: 'darwin', uid: 501, homes: ['/Users/ann'], kernel: '24.3.0', hostname: 'mac' };
const PC = { os: 'win32', uid: -1, homes: [], kernel: '10.0.22631', hostname: 'PC-7' };

async function diagnose(machine: FakeMachine): Promise<CheckResult[]> {
  const host = fakeHost(machine);
  const seen = await gather(before, host);
  const named = await gather(engineView, host, seen.facts);
  const gathered = (await gather(after, host, named.facts)).facts;
  const facts: Facts = { ...NOT_GATHERED, ...gathered };
  const scope = { parents: [], networks: [], containers: [] };
  const snapshot: Snapshot = {
    schemaVersion: 1,
    tool: { name: 'macvlan-doctor', version: '0.0.0-test' },
    takenAt: '2026-01-31T12:00:00.000Z',
    scope,
    facts,
    observations: [],
    probing: unknown('skipped', 'nothing to probe'),
    sources: [],
  };
  return runChecks(checks, {
    snapshot,
    topology: buildTopology({ facts, scope }),
    expectations: [],
  });
}

function headlines(results: readonly CheckResult[]): string[] {
  return results
    .filter(({ status }) => status !== 'pass' && status !== 'not-applicable')
    .map(({ status, check, what, reason }) => `${status} ${check}: ${what ?? reason ?? ''}`);
}

/** A Mac on which one product's socket is there. */
function mac(path: string, fixture: string): FakeMachine {
  const engines = { [`unix://${path}`]: engineFixture(fixture) };
  return { inodes: { [path]: 1 }, engines, host: MAC };
}

describe('the desktop family', () => {
  it.each([
    ['Docker Desktop', '/Users/ann/.docker/run/docker.sock', 'docker-desktop-mac'],
    ['OrbStack', '/Users/ann/.orbstack/run/docker.sock', 'orbstack'],
    ['Colima', '/Users/ann/.colima/default/docker.sock', 'colima'],
    ['Rancher Desktop', '/Users/ann/.rd/docker.sock', 'rancher-desktop'],
  ])('recognises %s on macOS, and says nothing else', async (product, path, fixture) => {
    const what = `The container engine is that of ${product}: it runs in a virtual machine, not on macOS.`;
    expect(headlines(await diagnose(mac(path, fixture)))).toEqual([`fail desktop-vm: ${what}`]);
  });

  it.each([
    ['Lima', '/Users/ann/.lima/docker/sock/docker.sock', 'lima'],
    [
      'Podman machine',
      '/Users/ann/.local/share/containers/podman/machine/podman.sock',
      'podman-machine',
    ],
  ])('puts the rootless engine of %s behind the product', async (product, path, fixture) => {
    const results = await diagnose(mac(path, fixture));
    expect(results.find(({ check }) => check === 'desktop-vm')?.what).toContain(product);
    expect(results.find(({ check }) => check === 'rootless-namespace')).toMatchObject({
      status: 'suppressed',
      suppressedBy: 'desktop-vm',
    });
  });

  it.each([
    ['Docker Desktop', 'docker-desktop-windows'],
    ['Rancher Desktop', 'rancher-desktop-windows'],
  ])('recognises %s on Windows', async (product, fixture) => {
    const engines = { 'npipe:////./pipe/docker_engine': engineFixture(fixture) };
    expect(headlines(await diagnose({ engines, host: PC }))).toEqual([
      `fail desktop-vm: The container engine is that of ${product}: it runs in a virtual machine, not on Windows.`,
    ]);
  });

  it('speaks on macOS and Windows also where no engine answers', async () => {
    expect(headlines(await diagnose({ host: MAC }))).toEqual([
      'fail desktop-vm: This is macOS, which has no macvlan.',
    ]);
    expect(headlines(await diagnose({ host: PC }))).toEqual([
      'fail desktop-vm: This is Windows, which has no macvlan.',
    ]);
  });

  it('recognises Docker Desktop on Linux by the context of the user behind sudo', async () => {
    const socket = '/home/ann/.docker/desktop/docker.sock';
    const digest = 'fe9c6bd7a66301f49ca9b6a70b217107cd1284598bfc254700c989b916da791e';
    const results = await diagnose({
      files: {
        '/home/ann/.docker/config.json': '{"currentContext":"desktop-linux"}',
        [`/home/ann/.docker/contexts/meta/${digest}/meta.json`]: JSON.stringify({
          Name: 'desktop-linux',
          Endpoints: { docker: { Host: `unix://${socket}` } },
        }),
      },
      inodes: { [socket]: 1, '/sys/module/macvlan': 2 },
      engines: { [`unix://${socket}`]: engineFixture('docker-desktop-linux') },
      host: { homes: ['/root', '/home/ann'] },
    });
    expect(results.find(({ check }) => check === 'desktop-vm')).toMatchObject({
      status: 'fail',
      what: 'The container engine is that of Docker Desktop: it runs in a virtual machine, not on this Linux host.',
    });
  });
});

describe('the facts of another system', () => {
  it('are absent, each with a reason, and the platform is known', async () => {
    const { facts } = await gather([...before, ...engineView], fakeHost({ host: MAC }));
    const { platform, ...others } = facts;
    expect(platform).toEqual(known(expect.objectContaining({ os: 'darwin' })));
    for (const fact of Object.values(others)) expect(fact).toMatchObject({ state: 'absent' });
  });
});
