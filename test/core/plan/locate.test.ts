import { describe, expect, it } from 'vitest';
import { judge } from '../../../src/cli/workflows/judge.js';
import { known } from '../../../src/model/fact.js';
import type { Plan } from '../../../src/model/plan.js';
import type { CheckResult } from '../../../src/model/report.js';
import { aPlan } from '../../support/a-plan.js';
import { aSnapshot } from '../../support/a-snapshot.js';
import { composed, fixture } from '../../support/compose-plan.js';

function found(plan: Plan): CheckResult[] {
  const snapshot = aSnapshot().parent('eth0').network({ name: 'there', parent: null }).build();
  const seen = {
    ...snapshot,
    scope: { parents: [], networks: plan.networks.map(({ name }) => name), containers: [] },
    facts: { ...snapshot.facts, plan: known(plan) },
  };
  return judge(seen, { expectations: [], only: [], skip: [] }, 1).results.filter(
    ({ status }) => status === 'fail' || status === 'warn',
  );
}

function placeOf(check: string, plan: Plan): CheckResult['location'] {
  return found(plan).find((one) => one.check === check)?.location;
}

const NETWORK = `services: { web: { networks: { lan: { ipv4_address: IP } } } }
networks:
  lan:
    driver: macvlan
    driver_opts: { parent: PARENT, macvlan_mode: MODE }
    ipam:
      config:
        - subnet: 198.51.100.0/24
          gateway: GATEWAY
`;

function file(change: Readonly<Record<string, string>>): Plan {
  const words = {
    PARENT: 'eth0',
    MODE: 'bridge',
    GATEWAY: '198.51.100.1',
    IP: '198.51.100.9',
    ...change,
  };
  let text = NETWORK;
  for (const [key, value] of Object.entries(words)) text = text.replace(key, value);
  return composed([text]);
}

describe('a finding about a Compose file points at its cause', () => {
  it.each([
    [
      'parent-missing',
      { PARENT: 'eth7' },
      { line: 5, column: 28, path: 'networks.lan.driver_opts.parent' },
    ],
    [
      'network-refused',
      { MODE: 'brigde' },
      { line: 5, column: 48, path: 'networks.lan.driver_opts.macvlan_mode' },
    ],
    [
      'network-refused',
      { GATEWAY: '192.0.2.1' },
      { line: 9, column: 20, path: 'networks.lan.ipam.config[0].gateway' },
    ],
    [
      'address-refused',
      { IP: '192.0.2.9' },
      { line: 1, column: 53, path: 'services.web.networks.lan.ipv4_address' },
    ],
  ])('%s %j', (check, change, place) => {
    expect(placeOf(check, file(change))).toEqual({ file: 'compose.yaml', ...place });
  });

  it('and at the network where no part of it is to blame', () => {
    expect(placeOf('network-refused', composed([fixture('unifi.yaml')]))).toEqual({
      file: 'unifi.yaml',
      line: 11,
      column: 15,
      path: 'networks.macvlan_lan.external',
    });
  });

  it('the second of two networks of one file that want the same subnet', () => {
    const other = file({}).networks.map((network) => ({ ...network, name: 'other' }));
    const plan = file({});
    const both = { ...plan, networks: [...plan.networks, ...other] };
    expect(
      found(both)
        .filter(({ check }) => check === 'network-refused')
        .map(({ subject }) => subject.name),
    ).toEqual(['other']);
  });

  it('flags have no place', () => {
    expect(placeOf('parent-missing', aPlan({ parent: 'eth7' }))).toBeUndefined();
  });
});
