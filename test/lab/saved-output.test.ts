// The commands of docs/saved-output.md, run in a lab, tell the same as a run there.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it, vi } from 'vitest';
import { judge } from '../../src/cli/workflows/judge.js';
import { projectTopology } from '../../src/core/derive/topology/projection.js';
import { buildTopology } from '../../src/core/derive/topology/topology.js';
import type { Lab } from '../../src/edge/lab/lab.js';
import { namespacesOf } from '../../src/edge/lab/plan/plan.js';
import { scenarios } from '../../src/edge/lab/scenarios/index.js';
import type { Netns, NetnsContent } from '../../src/model/netns.js';
import type { Snapshot } from '../../src/model/snapshot.js';
import { describeAsRoot } from '../support/root.js';
import { doctorIn, withLab } from '../support/standing-lab.js';

const PAGE = fileURLToPath(new URL('../../docs/saved-output.md', import.meta.url));
const SCRIPT = fileURLToPath(new URL('../../scripts/snapshot-ip.js', import.meta.url));
/** Of the page, the line that lists the machine's namespaces: here those of one lab. */
const LISTING = /^names=.*$/m;

const folders: string[] = [];

function newFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'mvdt-saved-'));
  folders.push(folder);
  return folder;
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function documentedCommands(names: readonly string[]): string {
  const [, block = ''] = /```sh\n(.*?)```/su.exec(readFileSync(PAGE, 'utf8')) ?? [];
  expect(block).toMatch(LISTING);
  return `set -eu\n${block.replace(LISTING, `names='${names.join(' ')}'`)}`;
}

function savedIn(lab: Lab): Snapshot {
  const cwd = newFolder();
  const { hostNetns } = lab.plan;
  const others = namespacesOf(lab.plan).filter((name) => name !== hostNetns);
  execFileSync('ip', ['netns', 'exec', hostNetns, 'sh', '-c', documentedCommands(others)], { cwd });
  const options = { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 } as const;
  return JSON.parse(
    execFileSync(process.execPath, [SCRIPT, path.join(cwd, 'saved')], options),
  ) as Snapshot;
}

async function gatheredIn(lab: Lab): Promise<Snapshot> {
  const file = path.join(newFolder(), 'snapshot.json');
  const args = ['run', '--passive', '--json', '--save', file];
  const { stderr } = await doctorIn(lab.plan.hostNetns, { args });
  expect(stderr).not.toMatch(/ {4}at /);
  return JSON.parse(readFileSync(file, 'utf8')) as Snapshot;
}

function namespacesIn({ facts }: Snapshot): readonly Netns[] {
  if (facts.namespaces.state !== 'known') throw new Error(facts.namespaces.reason);
  return facts.namespaces.value;
}

function contentOf(netns: Netns): NetnsContent {
  if (netns.content.state !== 'known') throw new Error(netns.content.reason);
  return netns.content.value;
}

const NAMED = '/run/netns/';

/** What the lab's namespaces hold, by the namespace's name. */
function contentsIn(snapshot: Snapshot, names: readonly string[]) {
  const contents = namespacesIn(snapshot).flatMap((netns) => {
    const mount = netns.mounts.find((one) => one.startsWith(NAMED)) ?? '';
    const name = netns.isHost ? (names[0] ?? '') : mount.slice(NAMED.length);
    if (!names.includes(name)) return [];
    const { hostNsid: _relative, ...content } = contentOf(netns);
    return [[name, content] as const];
  });
  return new Map(contents);
}

/** Those with macvlan links, the host's first. */
function namespacesThatMatter({ plan }: Lab): readonly string[] {
  const children = plan.segments.flatMap(({ parent }) => parent.children);
  return [plan.hostNetns, ...children.map(({ netns }) => netns)];
}

/** What a passive look finds, from what saved output can tell. */
function foundIn(snapshot: Snapshot) {
  const { results } = judge(snapshot, { expectations: [], only: [], skip: [] }, 0);
  return results
    .filter(({ status }) => status === 'fail' || status === 'warn')
    .map(({ check, code, status, subject, evidence }) => ({
      check,
      code,
      status,
      subject,
      // A run has asked the kernel where saved output has only the list of routes: the same answer from elsewhere.
      says: evidence?.map(({ says }) => says),
    }));
}

function pictureOf(snapshot: Snapshot) {
  return projectTopology(buildTopology(snapshot), snapshot.facts);
}

/** Needs files of the host, which are not saved. */
const NOT_TOLD = new Set(['shim-not-persistent']);
const STAGED = scenarios.filter(({ id }) =>
  [
    'address-missing',
    'healthy-bridge-parent',
    'healthy-ipv6-only',
    'healthy-passthru',
    'healthy-two-parents',
    'mode-mixed',
    'parent-down',
    'prefix-mismatch',
    'shim-mode',
    'shim-route-missing',
    'shim-route-policy',
    'subnet-overlap',
  ].includes(id),
);

describeAsRoot('saved output', () => {
  it.each(STAGED.map((scenario) => [scenario.id, scenario] as const))(
    'of %s tells what a run reads and finds',
    async (_id, scenario) => {
      await withLab(scenario, { seed: 11 }, async (lab) => {
        const names = namespacesThatMatter(lab);
        // Neighbour entries age between the two looks.
        const [saved, gathered] = await vi.waitFor(
          async () => {
            const both = [savedIn(lab), await gatheredIn(lab)] as const;
            const [ours, theirs] = both.map((snapshot) => contentsIn(snapshot, names));
            expect([...(ours?.keys() ?? [])].toSorted()).toEqual(names.toSorted());
            expect(ours).toEqual(theirs);
            return both;
          },
          { timeout: 30_000, interval: 500 },
        );
        expect(saved.facts.fdb).toEqual(gathered.facts.fdb);
        expect(saved.facts.neighbourTable.state).toBe('known');
        expect(pictureOf(saved)).toEqual(pictureOf(gathered));
        const findings = foundIn(gathered).filter(({ check }) => !NOT_TOLD.has(check));
        expect(foundIn(saved)).toEqual(findings);
      });
    },
  );
});
