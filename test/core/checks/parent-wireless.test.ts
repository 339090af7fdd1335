import check from '../../../src/core/checks/parent-wireless.js';
import { unknown } from '../../../src/model/fact.js';
import { aSnapshot } from '../../support/a-snapshot.js';
import { testCheck } from '../../support/check-tester.js';

const wifi = () => aSnapshot().parent('wlan0', { isWireless: true }).child('web');

testCheck(check, {
  pass: [
    {
      name: 'a wired parent beside a Wi-Fi card',
      given: aSnapshot().hostLink('wlan0', { isWireless: true }).parent('eth0').child('web'),
    },
    { name: 'four-address mode, seen to work', given: wifi().allHealthy() },
  ],
  found: [
    {
      name: 'children on Wi-Fi',
      given: wifi().child('db').allHealthy().silent('gateway-arp-child').silent('gateway-icmp'),
      codes: ['wireless'],
      subjects: ['parent wlan0'],
      says: [/8 ARP requests with the MACs of children/u, /ipvlan/u],
    },
    { name: 'by looking alone', given: wifi(), codes: ['wireless'] },
    {
      name: 'a network that nothing runs on',
      given: aSnapshot().parent('wlan0', { isWireless: true }).network({ name: 'lan' }),
      codes: ['wireless'],
      says: [/containers of lan/u],
    },
    {
      name: 'some children answered and others not',
      given: wifi()
        .child('db')
        .allHealthy()
        .silent('gateway-arp-child', { child: 'db' })
        .silent('gateway-icmp', { child: 'db' }),
      codes: ['wireless'],
    },
  ],
  notApplicable: [{ name: 'no macvlan', given: aSnapshot().parent('wlan0', { isWireless: true }) }],
  undetermined: [
    {
      name: 'nobody knows what is wireless',
      given: wifi().fact('wireless', unknown('failed', 'nl80211 did not answer')),
      reason: /nl80211/u,
    },
  ],
});
