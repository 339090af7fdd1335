import moduleMissing from '../../../src/core/checks/module-missing.js';
import { unknown } from '../../../src/model/fact.js';
import { aSnapshot } from '../../support/a-snapshot.js';
import { testCheck } from '../../support/check-tester.js';

const without = (evidence: string) =>
  aSnapshot().parent('eth0').macvlanSupport({ available: false, evidence });

testCheck(moduleMissing, {
  pass: [
    {
      name: 'a kernel with macvlan',
      given: aSnapshot()
        .parent('eth0')
        .macvlanSupport({ available: true, evidence: 'CONFIG_MACVLAN=y in /proc/config.gz' }),
    },
  ],
  found: [
    {
      name: 'a kernel built without it',
      given: without('CONFIG_MACVLAN is not set in /proc/config.gz'),
      codes: ['missing'],
      subjects: ['host host'],
      says: [/6\.1\.0-32-amd64, has no macvlan/, /CONFIG_MACVLAN is not set/, /experimental/],
      saysNot: [/apt install/, /opkg/],
    },
    {
      name: 'Ubuntu on a Raspberry Pi',
      given: without('macvlan.ko is in neither list').platform({
        distribution: 'Ubuntu 24.04.1 LTS',
        kernel: '6.8.0-1017-raspi',
      }),
      codes: ['missing'],
      says: [/apt install linux-modules-extra-raspi/],
    },
    {
      name: 'OpenWrt',
      given: without('macvlan.ko is in neither list').platform({ distribution: 'OpenWrt 23.05.5' }),
      codes: ['missing'],
      says: [/opkg install kmod-macvlan/],
    },
    {
      name: 'a container',
      given: without('/lib/modules has none for the running kernel').platform({
        isContainer: true,
      }),
      codes: ['missing'],
      says: [/load the module on the machine below it/],
    },
  ],
  notApplicable: [
    {
      name: 'macOS',
      given: aSnapshot()
        .platform({ os: 'darwin' })
        .fact('macvlanSupport', unknown('absent', 'macvlan is a driver of Linux')),
    },
  ],
  undetermined: [
    {
      name: 'a kernel that tells nothing',
      given: aSnapshot()
        .parent('eth0')
        .fact('macvlanSupport', unknown('failed', 'nothing was found')),
      reason: /nothing was found/,
    },
  ],
});
