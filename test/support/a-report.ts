// Reports for tests of the reporters: a snapshot's picture of the host, with results said by hand.
import { predictedIn } from '../../src/core/derive/prediction/compare.js';
import { projectTopology } from '../../src/core/derive/topology/projection.js';
import { buildTopology } from '../../src/core/derive/topology/topology.js';
import { buildReport } from '../../src/core/engine/report.js';
import type { Category } from '../../src/model/check.js';
import type { SubjectKind } from '../../src/model/finding.js';
import type { CheckResult, Report, ReportFix } from '../../src/model/report.js';
import type { SnapshotBuilder } from './a-snapshot.js';

export function aReport(
  builder: SnapshotBuilder,
  results: readonly CheckResult[] = [],
  notes: readonly string[] = [],
): Report {
  const snapshot = builder.build();
  const topology = buildTopology(snapshot);
  return buildReport({
    snapshot,
    results,
    frameLimit: { frames: 400, formula: '4 × 100 probes' },
    durationMs: 412,
    topology: projectTopology(topology, snapshot.facts),
    predicted: predictedIn({ ...snapshot, topology }),
    notes,
  });
}

/** A category and its check: `parent/parent-down`. */
type Named = `${Category}/${string}`;

function named(name: Named): Pick<CheckResult, 'check' | 'category'> {
  const [category, check] = name.split('/') as [Category, string];
  return { check, category };
}

const HOST = { kind: 'host', name: 'host' } as const;

export function passed(...names: readonly Named[]): CheckResult[] {
  return names.map((name) => ({
    ...named(name),
    status: 'pass',
    subject: HOST,
    title: 'It is as it should be',
  }));
}

export function undecided(name: Named, reason: string, about?: string): CheckResult {
  const subject = about === undefined ? HOST : ({ kind: 'child', name: about } as const);
  return { ...named(name), status: 'undetermined', subject, title: 'Not known', reason };
}

export function found(
  name: Named,
  details: Partial<CheckResult> & { readonly on: `${SubjectKind} ${string}` },
): CheckResult {
  const { on, ...rest } = details;
  const at = on.indexOf(' ');
  return {
    ...named(name),
    status: 'fail',
    subject: { kind: on.slice(0, at) as SubjectKind, name: on.slice(at + 1) },
    title: 'A thing is wrong',
    code: 'found',
    what: 'What is the case.',
    why: 'Why it breaks things.',
    todo: 'What to do.',
    evidence: [{ from: 'links', says: 'Something was seen.' }],
    fixes: [],
    advice: [],
    ...rest,
  };
}

export const SHIM_FIX: ReportFix = {
  id: 'host-shim',
  title: 'Give the host a shim on the parent',
  risk: 'safe',
  commands: [
    'ip link add mvd-shim link eth0 type macvlan mode bridge',
    'ip addr add 192.0.2.250/32 dev mvd-shim',
    'ip link set mvd-shim up',
    'ip route add 192.0.2.50/32 dev mvd-shim',
    'ip route add 192.0.2.51/32 dev mvd-shim',
  ],
  undo: ['ip link del mvd-shim'],
  persist: [
    {
      manager: 'systemd-networkd',
      files: [
        {
          path: '/etc/systemd/network/25-mvd-shim.netdev',
          content: '[NetDev]\nName=mvd-shim\nKind=macvlan\n\n[MACVLAN]\nMode=bridge\n',
        },
      ],
      commands: ['networkctl reload'],
    },
  ],
  notes: [
    '192.0.2.250 is free: outside the ip-range, no neighbour entry, no answer to 4 ARP requests.',
  ],
};
