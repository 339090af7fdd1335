import dnsThroughHost from '../../../src/core/checks/dns-through-host.js';
import shimDown from '../../../src/core/checks/shim-down.js';
import { describe, expect, it } from 'vitest';
import { unknown } from '../../../src/model/fact.js';
import { aSnapshot, type SnapshotBuilder } from '../../support/a-snapshot.js';
import { headlinesOf, resultsOf, testCheck } from '../../support/check-tester.js';

const HOST = '192.0.2.10';
const PIHOLE = '192.0.2.53';
const ROUTER = { nameservers: ['192.0.2.1'] };
const lan = () => aSnapshot().parent('eth0', { gateway: '192.0.2.1' }).network({ name: 'lan' });
const asks = (ip: string, isAskedFromHost = false, ...more: readonly string[]) => ({
  nameservers: ['127.0.0.11'],
  upstream: [ip, ...more].map((one) => ({ ip: one, isAskedFromHost })),
});

/** A Pi-hole and a client, both macvlan children; who asks whom is said by the test. */
function pihole(host: readonly string[], options = {}): SnapshotBuilder {
  return lan()
    .child('pihole', { network: 'lan', address: `${PIHOLE}/24`, ...options })
    .child('web', { network: 'lan' })
    .resolvers('host', { nameservers: host });
}

const silent = (builder: SnapshotBuilder) => builder.allHealthy();
const withShim = (builder: SnapshotBuilder) =>
  builder
    .shim('mvd-shim')
    .settings('host', { links: { 'mvd-shim': { arp_ignore: 1, arp_announce: 2 } } })
    .hostRoute({ dst: PIHOLE, dev: 'mvd-shim' })
    .hostRoute({ dst: '192.0.2.51', dev: 'mvd-shim' });

testCheck(dnsThroughHost, {
  pass: [
    {
      name: 'the host asks its own child, and a shim makes it work',
      given: silent(withShim(pihole([PIHOLE]))),
    },
    {
      name: 'a child asks this host, and the switch port sends frames back',
      given: lan()
        .child('web')
        .resolvers('web', { nameservers: [HOST] })
        .allHealthy({ reflects: true }),
    },
    {
      name: 'a shim that answers for the address of its parent, too',
      given: silent(
        lan()
          .child('web', { address: '192.0.2.51/24' })
          .shim('mvd-shim')
          .hostRoute({ dst: '192.0.2.51', dev: 'mvd-shim' })
          .resolvers('web', { nameservers: [HOST] }),
      ),
    },
  ],
  found: [
    {
      name: 'a server on the host, asked by --dns',
      given: silent(
        lan()
          .child('web', { network: 'lan', inspected: { dns: [HOST] } })
          .resolvers('web', { nameservers: ['127.0.0.11'] }),
      ),
      codes: ['on-host'],
      subjects: ['child eth0@web'],
      fixes: [],
      says: [
        /web asks 192\.0\.2\.10 for names, which is this host itself/u,
        /probe:child-host-icmp: \d+ echo requests from there to it, no answer/u,
        /mostly the router 192\.0\.2\.1 answers/u,
        /--dns 127\.0\.0\.1 is the container itself/u,
      ],
    },
    {
      name: 'a server on the host, by the comment that Docker leaves, for two of one network',
      given: silent(
        lan()
          .child('web', { network: 'lan' })
          .child('db', { network: 'lan' })
          .resolvers('web', asks(HOST))
          .resolvers('db', asks(HOST)),
      ),
      codes: ['on-host'],
      subjects: ['network lan'],
      says: [/db and web ask 192\.0\.2\.10/u],
    },
    {
      name: 'another server comes after the host: slow, not dead',
      given: silent(
        lan()
          .child('web')
          .resolvers('web', { nameservers: [HOST, '192.0.2.1'] }),
      ),
      codes: ['on-host'],
      severity: 'warn',
    },
    {
      name: 'a shim that answers for its own address only does not help who asks the old one',
      given: silent(
        withShim(lan().child('web', { address: '192.0.2.51/24' })).resolvers('web', {
          nameservers: [HOST],
        }),
      ),
      codes: ['on-host'],
      says: [/model: A parent hands no frame to its own children/u],
    },
    {
      name: 'the host asks its own child, and since Docker 28 the engine does so for others',
      given: silent(pihole([PIHOLE]).resolvers('web', asks(PIHOLE, true))),
      codes: ['in-child'],
      subjects: ['child eth0@pihole'],
      fixes: ['host-shim'],
      says: [
        /This host asks 192\.0\.2\.53 for names, which is its own macvlan child pihole/u,
        /nor do those that the engine asks from here for web/u,
        /web: host\(192\.0\.2\.53\)/u,
        /echo requests? and \d+ ARP requests? from the host to pihole 192\.0\.2\.53, no answer/u,
        /ip route add 192\.0\.2\.53\/32 dev mvd-shim/u,
      ],
    },
    {
      name: 'a shim that lacks the route gets it',
      given: silent(pihole([PIHOLE]).shim('mvd-shim')),
      codes: ['in-child'],
      fixes: ['add-shim-route'],
    },
    {
      name: 'only the engine asks: the host has systemd-resolved in between, and asks others',
      given: silent(pihole(['127.0.0.53']).resolvers('web', asks(PIHOLE, true))),
      codes: ['for-containers'],
      says: [
        /on behalf of web, and does so from this host/u,
        /--dns \(asked out of the container/u,
      ],
    },
    {
      name: 'systemd-resolved asks the child',
      given: silent(
        lan()
          .child('pihole', { network: 'lan', address: `${PIHOLE}/24` })
          .resolvers('host', {
            nameservers: ['127.0.0.53'],
            upstream: [{ ip: PIHOLE, isAskedFromHost: true }],
          }),
      ),
      codes: ['in-child'],
    },
    {
      name: 'a child in private mode, which no shim reaches, and a second server',
      given: silent(pihole([PIHOLE, '192.0.2.1'], { mode: 'private' })),
      codes: ['in-child'],
      severity: 'warn',
      fixes: [],
    },
  ],
  notApplicable: [
    {
      name: 'everybody asks the router',
      given: lan().child('web').resolvers('web', ROUTER).resolvers('host', ROUTER),
    },
    {
      name: 'children ask each other',
      given: silent(pihole(['192.0.2.1']).resolvers('web', asks(PIHOLE))),
    },
    {
      name: 'a server on this host that is reached by the router, if at all',
      given: silent(
        lan()
          .hostLink('docker0', { kind: 'bridge', address: '172.17.0.1/16' })
          .child('web')
          .resolvers('web', { nameservers: ['172.17.0.1'] }),
      ),
    },
    {
      name: 'a child asks the address of the shim',
      given: silent(
        withShim(lan().child('web', { address: '192.0.2.51/24' })).resolvers('web', {
          nameservers: ['192.0.2.250'],
        }),
      ),
    },
    {
      name: 'the embedded resolver asks this host from this host',
      given: silent(lan().child('web', { network: 'lan' }).resolvers('web', asks(HOST, true))),
    },
    {
      name: 'an old engine that does not tell whom it asks, and nobody on this host',
      given: lan()
        .child('web', { network: 'lan' })
        .resolvers('web', { nameservers: ['127.0.0.11'] })
        .resolvers('host', ROUTER),
    },
  ],
  undetermined: [
    {
      name: 'whom anybody asks was not read',
      given: lan()
        .child('web')
        .fact(
          'resolvers',
          unknown('denied', 'run as root to read resolv.conf in other namespaces'),
        ),
      reason: /run as root/u,
    },
    {
      name: 'nothing was sent, in either direction',
      given: pihole([PIHOLE]).resolvers('web', { nameservers: [HOST] }),
      reason: /was not seen: nothing was sent \(--passive\)/u,
    },
    {
      name: 'an old engine that does not tell whom it asks, and a host that asks itself',
      given: silent(
        lan()
          .engine({ serverVersion: '20.10.24' })
          .child('web', { network: 'lan' })
          .resolvers('web', { nameservers: ['127.0.0.11'] })
          .resolvers('host', { nameservers: ['127.0.0.1', HOST] }),
      ),
      reason: /by this host's resolv\.conf it is 192\.0\.2\.10, which is this host/u,
    },
  ],
});

describe('dns-through-host', () => {
  it('stays quiet behind a shim that is down', () => {
    const given = silent(
      pihole([PIHOLE]).shim('mvd-shim', { up: false }).hostRoute({ dst: PIHOLE, dev: 'eth0' }),
    );
    expect(headlinesOf(resultsOf([dnsThroughHost, shimDown], given))).toEqual([
      'fail shim-down shim mvd-shim',
      'suppressed dns-through-host child eth0@pihole < shim-down',
    ]);
  });
});
