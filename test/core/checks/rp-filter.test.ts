import { describe, expect, it } from 'vitest';
import rpFilter from '../../../src/core/checks/rp-filter.js';
import { aSnapshot } from '../../support/a-snapshot.js';
import { resultsOf, testCheck } from '../../support/check-tester.js';

const STRICT = { all: { rp_filter: 1 } };
const lan = () => aSnapshot().parent('eth0').child('web').child('db');
const routed = () =>
  lan()
    .shim('sh0')
    .hostRoute({ dst: '192.0.2.50', dev: 'sh0' })
    .hostRoute({ dst: '192.0.2.51', dev: 'sh0' });
/** The host has a second identity beside its shim. */
const twoShims = () => routed().shim('mv0', { address: '192.0.2.240/32' });
/** A container on two networks; the host calls it by a shim whose address is from elsewhere. */
const twoNetworks = () =>
  aSnapshot()
    .parent('eth1', { address: '198.51.100.10/24' })
    .child('web', { address: '198.51.100.50/24', gateway: '198.51.100.1' })
    .parent('eth0')
    .child('lan', {
      sameNetnsAs: 'web',
      address: '192.0.2.50/24',
      gateway: null,
      ifname: 'eth1',
    })
    .shim('sh0', { address: '10.99.0.1/32' })
    .hostRoute({ dst: '192.0.2.50', dev: 'sh0' });
/** A route of its own for the caller, by the other link. */
const astray = () =>
  aSnapshot()
    .parent('eth1', { address: '198.51.100.10/24' })
    .child('web', {
      address: '198.51.100.50/24',
      gateway: '198.51.100.1',
      routes: [
        { dst: 'default', gateway: '198.51.100.1' },
        { dst: '10.99.0.1', gateway: '198.51.100.7' },
      ],
    })
    .parent('eth0')
    .child('lan', {
      sameNetnsAs: 'web',
      address: '192.0.2.50/24',
      gateway: null,
      ifname: 'eth1',
    })
    .shim('sh0', { address: '10.99.0.1/32' })
    .hostRoute({ dst: '192.0.2.50', dev: 'sh0' })
    .settings('web', STRICT)
    .allHealthy();
/** Two links of one container in one subnet, each answering for its own address alone. */
const twice = () =>
  lan().child('db1', { sameNetnsAs: 'db', address: '192.0.2.61/24', gateway: null });

testCheck(rpFilter, {
  pass: [
    { name: 'no filter', given: routed().allHealthy() },
    {
      name: 'settings that were not read, and nothing that they could drop',
      given: routed().settings('host', null).settings('web', null).allHealthy(),
    },
    {
      name: 'strict on the host, and a route for each child',
      given: routed().settings('host', STRICT).allHealthy(),
    },
    {
      name: 'strict everywhere, no shim',
      given: lan().settings('host', STRICT).settings('web', STRICT).allHealthy(),
    },
    {
      name: 'strict in a container with two networks, each with its own neighbours',
      given: aSnapshot()
        .parent('eth0')
        .child('web')
        .child('db')
        .parent('eth1', { address: [] })
        .child('cam', {
          sameNetnsAs: 'web',
          address: '203.0.113.5/24',
          gateway: null,
        })
        .child('nvr', { address: '203.0.113.6/24', gateway: null })
        .settings('web', STRICT)
        .allHealthy(),
    },
    {
      name: 'two shims, and loose mode on the one that is not routed by',
      given: twoShims()
        .settings('host', { ...STRICT, links: { mv0: { rp_filter: 2 }, sh0: { arp_ignore: 1 } } })
        .allHealthy(),
    },
    {
      name: 'two shims, the other of which answers in its place',
      given: twoShims()
        .settings('host', { links: { mv0: { rp_filter: 1 } } })
        .allHealthy(),
    },
    {
      name: 'strict, and yet an answer was seen',
      given: twoNetworks()
        .settings('web', STRICT)
        .allHealthy()
        .answered('host-child-icmp', { child: 'eth1@web' }),
    },
    {
      name: 'two links in one subnet, either of which answers for both',
      given: twice().settings('db', STRICT).allHealthy(),
    },
  ],
  found: [
    {
      name: 'a shim without routes, strict by the setting of all',
      given: lan().shim('sh0').settings('host', STRICT).allHealthy(),
      codes: ['strict'],
      subjects: ['shim sh0'],
      fixes: ['add-shim-route', 'loosen-rp-filter'],
      says: [
        /ip route replace 192\.0\.2\.50\/32 dev sh0/,
        /sysctl -w net\.ipv4\.conf\.sh0\.rp_filter=2/,
        /rp_filter is 1 in all and 0 on sh0/,
        /192\.0\.2\.50 leaves by eth0/,
        /echo requests that way stayed unanswered/,
      ],
    },
    {
      name: 'a second shim that another one’s routes leave alone',
      given: twoShims()
        .settings('host', {
          links: { mv0: { rp_filter: 1 }, sh0: { arp_ignore: 1 } },
        })
        .allHealthy(),
      codes: ['strict'],
      subjects: ['shim mv0'],
      // The route is the first shim's, and is to stay there.
      fixes: ['loosen-rp-filter'],
      says: [/net\.ipv4\.conf\.mv0\.rp_filter=2/, /answer by sh0/],
      saysNot: [/ip route/],
    },
    {
      name: 'a container on two networks, called by the host from elsewhere',
      given: twoNetworks().settings('web', STRICT).allHealthy(),
      codes: ['strict'],
      subjects: ['child eth1@web'],
      fixes: ['add-child-route', 'loosen-rp-filter'],
      says: [
        /ip -n web route add 10\.99\.0\.1\/32 dev eth1/,
        /ip netns exec web sysctl -w net\.ipv4\.conf\.eth1\.rp_filter=2/,
        /10\.99\.0\.1 leaves by eth0/,
      ],
    },
    {
      name: 'a route of its own leads astray: it is replaced, and put back by the undo',
      given: astray(),
      codes: ['strict'],
      says: [/ip -n web route replace 10\.99\.0\.1\/32 dev eth1/],
    },
    {
      name: 'two links in one subnet that answer for themselves',
      given: twice()
        .settings('db', { all: { rp_filter: 1, arp_ignore: 1 } })
        .allHealthy(),
      codes: ['strict'],
      subjects: ['child eth1@db'],
    },
    {
      name: 'loose mode, and no route back at all',
      given: aSnapshot()
        .parent('eth0')
        .child('web', { gateway: null })
        .shim('sh0', { address: '10.99.0.1/32' })
        .hostRoute({ dst: '192.0.2.50', dev: 'sh0' })
        .settings('web', { links: { eth0: { rp_filter: 2 } } })
        .allHealthy(),
      codes: ['strict'],
      says: [/no route leads to 10\.99\.0\.1/i],
    },
  ],
  notApplicable: [
    { name: 'nothing but a network', given: aSnapshot().parent('eth0').network({ name: 'lan' }) },
  ],
  undetermined: [
    {
      name: 'a second shim, and the parent answers in its place if the switch reflects',
      given: twoShims().settings('host', {
        links: { mv0: { rp_filter: 1 }, sh0: { arp_ignore: 1 } },
      }),
      reason: /mv0 drops what comes in from 192\.0\.2\.51 and 192\.0\.2\.50/,
    },
    {
      name: 'settings that were not read, where they matter',
      given: lan().shim('sh0').settings('host', null).allHealthy(),
      reason: /whether sh0 drops what comes in from .* settings could not be read/,
    },
  ],
});

describe('rp-filter', () => {
  it('puts back a route that it replaced', () => {
    const [result] = resultsOf([rpFilter], astray());
    expect(result?.fixes?.[0]?.undo).toEqual([
      'ip -n web route replace 10.99.0.1 via 198.51.100.7 dev eth0',
    ]);
  });
});
