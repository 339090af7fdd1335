import check from '../../../src/core/checks/foreign-unicast-filter.js';
import { aSnapshot } from '../../support/a-snapshot.js';
import { testCheck } from '../../support/check-tester.js';
import { probedBehind } from '../../support/switch-view.js';

const OWN = '52:54:00:00:00:10';
const isOwn = (mac: string): boolean => mac === OWN;
const host = () => aSnapshot().parent('eth0').child('web').child('db');
const onVeth = () => aSnapshot().parent('veth0', { kind: 'veth' }).child('web').child('db');
const WEB = '02:42:c0:00:02:10';

testCheck(check, {
  pass: [
    { name: 'a sound LAN', given: probedBehind(host(), {}) },
    { name: 'a source filter', given: probedBehind(host(), { takes: isOwn }) },
    { name: 'the card keeps it out', given: probedBehind(host(), { cardIsStrict: true }) },
    {
      name: 'a source filter that spares one',
      given: probedBehind(host(), { takes: (mac) => [OWN, WEB].includes(mac) }),
    },
  ],
  found: [
    {
      name: 'all children',
      given: probedBehind(host(), { delivers: isOwn }),
      codes: ['undelivered'],
      subjects: ['parent eth0'],
      says: [
        /What the LAN addresses to a MAC other than eth0's own is not delivered/u,
        /16 of 16 ARP requests to 192\.0\.2\.1 whose answer was to go to one of the MACs of db and web/u,
        /told to answer eth0, it did in 0\.4 ms/u,
        /8 requests more while eth0 was promiscuous were not answered either/u,
        /ARP inspection there that knows no lease of theirs would look the same/u,
        /enter 192\.0\.2\.51 with 02:42:c0:00:02:11 and 192\.0\.2\.50 with 02:42:c0:00:02:10 there/u,
      ],
    },
    {
      name: 'a parent that takes in everything anyway is not asked twice',
      given: probedBehind(onVeth(), { delivers: isOwn }),
      codes: ['undelivered'],
      subjects: ['parent veth0'],
      says: [/veth0 takes in every frame that reaches it \(promiscuity \d\)/u],
      saysNot: [/requests more while/u],
    },
    {
      name: 'a MAC that the switch believes to be elsewhere',
      given: probedBehind(host().child('cam'), { delivers: (mac) => mac !== WEB }),
      codes: ['some-undelivered'],
      subjects: ['child eth0@web'],
      says: [/what is for cam and db is/u, /this MAC in the MAC table/u],
    },
  ],
  notApplicable: [{ name: 'no children', given: aSnapshot().parent('eth0').shim('mvd-shim') }],
  undetermined: [
    { name: 'nothing was sent', given: host(), reason: /--passive/u },
    {
      name: 'nothing but the parent’s own MAC passes',
      given: probedBehind(host(), { takes: isOwn, delivers: isOwn }),
      reason: /nothing that bears a child's MAC is answered/u,
    },
  ],
});
