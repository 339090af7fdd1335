// What was predicted, against what real engines did: no disagreement.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { describe, expect, it } from 'vitest';
import { planOfFlags } from '../../../src/core/plan/plan-of-flags.js';
import { judge } from '../../../src/cli/workflows/judge.js';
import { known } from '../../../src/model/fact.js';
import type { Plan } from '../../../src/model/plan.js';
import type { Report } from '../../../src/model/report.js';
import { aSnapshot } from '../../support/a-snapshot.js';

interface Recorded {
  readonly name?: string;
  readonly driver?: string;
  readonly args: readonly string[];
  readonly created: boolean;
  readonly says?: string;
}

function recordedWith(version: string): readonly Recorded[] {
  const file = new URL(`../../../fixtures/raw/docker-create/${version}.json`, import.meta.url);
  return JSON.parse(readFileSync(fileURLToPath(file), 'utf8')) as readonly Recorded[];
}

const LIST = { type: 'string', multiple: true } as const;

function planOf({ name = 't', driver = 'macvlan', args }: Recorded): Plan {
  const { values } = parseArgs({
    args: [...args],
    options: {
      option: { ...LIST, short: 'o' },
      subnet: LIST,
      gateway: LIST,
      'ip-range': LIST,
      'aux-address': LIST,
      internal: { type: 'boolean' },
      ipv6: { type: 'boolean' },
    },
  });
  const create = {
    name,
    driver,
    options: values.option ?? [],
    subnets: values.subnet ?? [],
    gateways: values.gateway ?? [],
    ipRanges: values['ip-range'] ?? [],
    auxAddresses: values['aux-address'] ?? [],
    isInternal: values.internal === true,
    hasIpv6: values.ipv6 === true,
  };
  return planOfFlags(create, { ips: [], newMac: () => '02:00:00:00:00:01' });
}

/** The host of the recordings (fixtures/raw/docker-create/SOURCE.md). */
function preflight(recorded: Recorded, version: string): Report {
  const host = aSnapshot()
    .parent('eth0')
    .hostLink('eth1')
    .hostLink('eth2', { up: false })
    .hostLink('br9', { kind: 'bridge' })
    .hostLink('port0', { kind: 'veth', master: 'br9' })
    .network({ name: 'bridge', driver: 'bridge', parent: null, subnet: '172.17.0.0/16' })
    .network({ name: 'backend', driver: 'bridge', parent: null, subnet: '10.77.0.0/16' })
    .network({ name: 'taken', parent: 'eth1', subnet: '198.51.100.0/24' })
    .macvlanSupport({
      available: true,
      evidence: 'a macvlan link exists',
      lacks: ['8021q', 'dummy'],
    })
    .engine({ serverVersion: version });
  const plan = planOf(recorded);
  const snapshot = host.build();
  const seen = {
    ...snapshot,
    scope: { parents: [], networks: plan.networks.map(({ name }) => name), containers: [] },
    facts: { ...snapshot.facts, plan: known(plan) },
  };
  return judge(seen, { expectations: [], only: [], skip: [] }, 1);
}

/** A network of another driver has no answers of its own: the check alone speaks of it. */
function created({ preflight: verdict, results }: Report): string {
  const answer = verdict?.networks[0]?.answers.find(({ question }) => question === 'created');
  if (answer !== undefined) return answer.answer;
  return results.some(({ check, status }) => check === 'network-refused' && status === 'fail')
    ? 'no'
    : 'yes';
}

describe.each(['20.10', '28.5'])('Docker %s', (version) => {
  const all = recordedWith(version).map(
    (one) => [[one.name, one.driver, ...one.args].filter(Boolean).join(' '), one] as const,
  );

  it.each(all)('%s', (_what, recorded) => {
    const report = preflight(recorded, version);
    expect(created(report)).toBe(recorded.created ? 'yes' : 'no');
    const refused = report.results.find(
      ({ check, status }) => check === 'network-refused' && status === 'fail',
    );
    if (refused === undefined) return;
    // One cause, one headline, whatever else is wrong with what is not made.
    expect(found(report).filter((check) => !ABOUT_PARENTS.has(check))).toEqual(['network-refused']);
    const said = /: "(.*)"\.$/su.exec(refused.what ?? '')?.[1] ?? 'nothing';
    expect(anyId((recorded.says ?? '').replaceAll('\n', ' '))).toContain(anyId(said));
  });
});

/** True of a parent whatever is to be on it. */
const ABOUT_PARENTS = new Set(['parent-down', 'parent-missing', 'parent-enslaved']);

function found({ results }: Report): string[] {
  return results
    .filter(({ status }) => status === 'fail' || status === 'warn' || status === 'crashed')
    .map(({ check }) => check);
}

/** Ids of networks are another one on every host. */
function anyId(text: string): string {
  return text.replace(/dm-\S+/u, 'dm-…');
}
