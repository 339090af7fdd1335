import check from '../../../src/core/checks/shim-firewalled.js';
import type { ProbeStep } from '../../../src/model/observation.js';
import { aSnapshot, type SnapshotBuilder } from '../../support/a-snapshot.js';
import { testCheck } from '../../support/check-tester.js';
import { played, type Outcome, type Passage } from '../../support/passage-view.js';

const host = (count = 2): SnapshotBuilder => {
  const builder = aSnapshot().parent('eth0').shim('mvd-shim');
  for (let at = 0; at < count; at += 1) {
    builder.child(`c${at.toString()}`);
    builder.hostRoute({ dst: `192.0.2.${(50 + at).toString()}`, dev: 'mvd-shim' });
  }
  return builder;
};

const isToShim = ({ to }: ProbeStep): boolean => to === 'shim:mvd-shim';
const isFromShim = ({ from, probe }: ProbeStep): boolean =>
  from === 'shim:mvd-shim' || probe === 'host-child-icmp';

const stateful = (step: ProbeStep): Outcome => (isToShim(step) ? 'silent' : undefined);
const given = (builder: SnapshotBuilder, outcome?: Passage['outcome'], rest: Passage = {}) =>
  played(builder, { ...rest, ...(outcome === undefined ? {} : { outcome }) });

const rule = (family: string, table: string, chain: string) => ({
  host: {
    dropping: [
      {
        family,
        table,
        chain,
        hook: 'input',
        verdict: 'drop',
        matches: 'iifname != "eth0"',
        packets: 7,
      },
    ],
  },
});

testCheck(check, {
  pass: [
    { name: 'the host lets the children in', given: given(host()) },
    {
      name: 'pings alone are dropped',
      given: given(host(), (step) => (step.probe === 'child-shim-icmp' ? 'silent' : undefined)),
    },
    {
      name: 'one service is open',
      given: given(
        host(),
        (step) =>
          isToShim(step) && !('port' in step.send && step.send.port === 22) ? 'silent' : undefined,
        { services: { host: { listening: [22, 80] } } },
      ),
    },
    {
      name: 'one child of three is let in',
      given: given(host(3), (step) => (step.child === 'eth0@c1' ? undefined : stateful(step))),
    },
    {
      name: 'ARP does not work either',
      given: given(host(), stateful, { entry: () => null }),
    },
    {
      name: 'the host answers by another way: shim-route-missing says so',
      given: given(aSnapshot().parent('eth0').child('web').shim('mvd-shim'), stateful),
    },
  ],
  found: [
    {
      name: 'the host lets in what it asked for, and nothing else',
      given: given(host(), stateful, { rules: rule('inet', 'filter', 'input') }),
      codes: ['shut'],
      subjects: ['shim mvd-shim'],
      says: [
        /mvd-shim \(192\.0\.2\.250\) answers neither ping nor connection of c0 and c1, although ARP works/u,
        /it works in that direction/u,
        /2 children found 192\.0\.2\.250 by ARP at 06:d0:c7:00:00:11, the MAC of mvd-shim/u,
        /on the host: inet filter input: iifname != "eth0" drop \(7 packets\)/u,
        /firewall-cmd --zone=trusted --add-interface=mvd-shim/u,
        /ufw allow in on mvd-shim/u,
        /`nft insert rule inet filter input iifname '"mvd-shim"' accept`/u,
      ],
    },
    {
      name: 'the host lets in nothing at all',
      given: given(host(), (step) => (isToShim(step) || isFromShim(step) ? 'silent' : undefined)),
      codes: ['shut'],
      saysNot: [/it works in that direction/u, /nft insert/u],
    },
    {
      name: 'rules of iptables',
      given: given(host(1), stateful, { rules: rule('ip', 'filter', 'INPUT') }),
      codes: ['shut'],
      says: [/`iptables -I INPUT -i mvd-shim -j ACCEPT`/u],
    },
  ],
  notApplicable: [
    { name: 'no shim', given: aSnapshot().parent('eth0').child('web').allHealthy() },
    {
      name: 'the shim is down',
      given: aSnapshot().parent('eth0').child('web').shim('mvd-shim', { up: false }),
    },
  ],
  undetermined: [
    {
      name: 'one child of three and the host do not hear each other, whoever calls',
      given: given(
        host(3),
        (step) =>
          step.child === 'eth0@c1' && (isToShim(step) || isFromShim(step)) ? 'silent' : undefined,
        { rules: rule('ip', 'raw', 'p') },
      ),
      reason: /the host and c1 do not reach each other by mvd-shim.*read on the host: ip raw p/u,
    },
    { name: 'nothing was sent', given: host(), reason: /--passive/u },
    {
      name: 'an only child that hears nobody',
      given: given(host(1), ({ send }) => (send.kind === 'arp' ? undefined : 'silent')),
      reason: /may be the host's or theirs/u,
    },
    {
      name: 'no connection could be tried',
      given: given(host(), (step) =>
        step.probe === 'service-tcp' ? { sent: 0, error: 'no socket' } : stateful(step),
      ),
      reason: /no socket/u,
    },
  ],
});
