import { describe, expect, it } from 'vitest';
import { judge } from '../../../../src/cli/workflows/judge.js';
import { planOfNetworks } from '../../../../src/core/plan/plan-of-networks.js';
import type { CreateFlags } from '../../../../src/core/plan/plan-of-flags.js';
import { renderMarkdown } from '../../../../src/core/reporters/markdown/markdown.js';
import { renderText } from '../../../../src/core/reporters/text.js';
import { known, unknown, valueOf, type Fact } from '../../../../src/model/fact.js';
import type { Plan } from '../../../../src/model/plan.js';
import type { Report } from '../../../../src/model/report.js';
import type { Sweep } from '../../../../src/model/sweep.js';
import { aPlan } from '../../../support/a-plan.js';
import { aSnapshot, type SnapshotBuilder } from '../../../support/a-snapshot.js';
import { composed } from '../../../support/compose-plan.js';

const NOT_ASKED = unknown('skipped', 'nothing was sent (--passive)');

function swept(range: string, ...answers: readonly string[]): Fact<readonly Sweep[]> {
  const heard = answers.map((ip) => ({ ip, mac: '52:54:00:aa:00:07' }));
  return known([{ parent: 'eth0', range, addresses: 250, sent: 500, answers: heard }]);
}

const host = (): SnapshotBuilder => aSnapshot().parent('eth0', { address: '192.0.2.10/24' });

function report(plan: Plan, sweeps: Fact<readonly Sweep[]>, builder = host()): Report {
  const snapshot = builder.build();
  const scope = { parents: [], networks: plan.networks.map(({ name }) => name), containers: [] };
  const facts = { ...snapshot.facts, plan: known(plan), sweeps };
  const options = { expectations: [], only: [], skip: [], isSuggesting: true };
  return judge({ ...snapshot, scope, facts }, options, 1);
}

function suggested(flags: Partial<CreateFlags>, sweeps: Fact<readonly Sweep[]>, builder = host()) {
  const [one] =
    report(aPlan({ ipRanges: [], ...flags }), sweeps, builder).preflight?.suggestions ?? [];
  return one;
}

describe('a suggestion', () => {
  it('is a whole command, with a range in which nobody answered', () => {
    const one = suggested({}, swept('192.0.2.0/24', '192.0.2.241', '192.0.2.254'));
    expect(one).toMatchObject({
      ipRange: '192.0.2.232/29',
      auxAddress: 'mvd-shim=192.0.2.253',
      command:
        'docker network create -d macvlan --subnet=192.0.2.0/24 --gateway=192.0.2.1 --ip-range=192.0.2.232/29 ' +
        '--aux-address=mvd-shim=192.0.2.253 -o parent=eth0 lan',
    });
    expect(one?.notes.join(' ')).toMatch(
      /DHCP server cannot be seen from here: take 192\.0\.2\.232\/29 out/u,
    );
    expect(one?.notes.join(' ')).not.toMatch(/by the plan alone/u);
  });

  it('is told with -q as well: it was asked for', () => {
    const quiet = { color: false, width: 80, verbose: false, quiet: true };
    const text = renderText(report(aPlan({ ipRanges: [] }), NOT_ASKED), quiet);
    expect(text).toMatch(/^ {4}docker network create -d macvlan .* lan$/mu);
  });

  it('says that it is by the plan alone where nobody was asked', () => {
    expect(suggested({}, NOT_ASKED)?.notes[0]).toMatch(
      /by the plan alone; nobody on the LAN was asked: nothing was sent \(--passive\)/u,
    );
  });

  it('takes the host’s router where no gateway was named, and keeps what was', () => {
    const routed = host().hostRoute({ dst: 'default', dev: 'eth0', gateway: '192.0.2.254' });
    const options = {
      gateways: [],
      mode: 'vepa',
      isInternal: true,
      auxAddresses: ['tv=192.0.2.245'],
    };
    expect(suggested(options, NOT_ASKED, routed)?.command).toBe(
      'docker network create -d macvlan --subnet=192.0.2.0/24 --gateway=192.0.2.254 --ip-range=192.0.2.232/29 ' +
        '--aux-address=tv=192.0.2.245 --internal -o parent=eth0 -o macvlan_mode=vepa lan',
    );
  });

  it('leaves further subnets as they were written, and says so', () => {
    const two = { subnets: ['192.0.2.0/24', '198.51.100.0/24', '2001:db8::/64'], hasIpv6: true };
    const one = suggested(two, NOT_ASKED);
    expect(one?.command).toBe(
      'docker network create -d macvlan --ipv6 --subnet=192.0.2.0/24 --gateway=192.0.2.1 --ip-range=192.0.2.240/29 ' +
        '--aux-address=mvd-shim=192.0.2.254 --subnet=198.51.100.0/24 --subnet=2001:db8::/64 -o parent=eth0 lan',
    );
    expect(one?.notes[0]).toMatch(/first of its IPv4 subnets/u);
  });

  it('keeps clear of other networks, of routes, and of who is known', () => {
    const busy = host()
      .network({ name: 'other', subnet: '192.0.2.128/25', ipRange: '192.0.2.240/28' })
      .engine({ serverVersion: '28.5.1' })
      .hostRoute({ dst: '192.0.2.224/28', dev: 'eth0' })
      .hostNeighbour({
        dev: 'eth0',
        dst: '192.0.2.220',
        lladdr: '52:54:00:00:00:09',
        state: ['STALE'],
      });
    expect(suggested({}, NOT_ASKED, busy)?.ipRange).toBe('192.0.2.208/29');
  });

  it.each([
    ['a parent that is not here', { parent: 'eth7' }, NOT_ASKED, /parent is not on this host/u],
    ['no subnet', { subnets: [], gateways: [] }, NOT_ASKED, /no IPv4 subnet/u],
    ['a LAN that is full', { subnets: ['192.0.2.0/30'] }, NOT_ASKED, /no aligned block/u],
    [
      'a mode that no engine knows',
      { mode: 'source' },
      NOT_ASKED,
      /refuse it all the same: ".*'source'/u,
    ],
  ])('is none for %s, and says why', (_what, flags, sweeps, why) => {
    const one = suggested(flags, sweeps);
    expect(one).not.toHaveProperty('command');
    expect(one?.reason).toMatch(why);
  });

  it('is a part of the Compose file, by the name that its services know', () => {
    const plan = composed([
      `services: {a: {image: x, networks: [home]}, b: {image: x, networks: [home]}}
networks:
  home:
    driver: macvlan
    driver_opts: {parent: eth0}
    ipam: {config: [{subnet: 192.0.2.0/24, gateway: 192.0.2.1}]}`,
    ]);
    const [one] = report(plan, NOT_ASKED).preflight?.suggestions ?? [];
    expect(one).not.toHaveProperty('command');
    const again = composed([
      `services: {a: {image: x, networks: [home]}}`,
      one?.compose ?? '',
    ]).networks;
    expect(again).toMatchObject([
      {
        name: 'test_home',
        options: { parent: 'eth0' },
        pools: [
          {
            subnet: '192.0.2.0/24',
            gateway: '192.0.2.1',
            ipRange: '192.0.2.240/29',
            auxAddresses: { 'mvd-shim': '192.0.2.254' },
          },
        ],
      },
    ]);
  });

  it('is none for a network that is there', () => {
    const there = host().network({ name: 'lan', subnet: '192.0.2.0/24' });
    const networks = valueOf(there.build().facts.runtime)?.networks ?? [];
    const plan = planOfNetworks(networks, { ips: [], newMac: () => '02:00:00:00:00:01' });
    const [one] = report(plan, NOT_ASKED, there).preflight?.suggestions ?? [];
    expect(one?.reason).toMatch(/is there already/u);
  });

  it('stands at the end of the report, unbroken, in the terminal and in Markdown', () => {
    const hostile = report(aPlan({ ipRanges: [], name: "it's \u001B[2J" }), NOT_ASKED);
    const command = hostile.preflight?.suggestions?.[0]?.command ?? '';
    const options = { color: false, width: 80, strict: false, failOn: 'fail', checks: [] } as const;
    const text = renderText(hostile, { ...options, verbose: false, quiet: false });
    expect(text).toContain(`\n    ${command}\n`);
    expect(text).not.toContain('\u001B');
    const markdown = renderMarkdown(hostile, { ...options, verbose: false, quiet: false });
    expect(markdown).toContain(`\`\`\`sh\n${command}\n\`\`\``);
  });
});
