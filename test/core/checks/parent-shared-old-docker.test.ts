import check from '../../../src/core/checks/parent-shared-old-docker.js';
import { aSnapshot } from '../../support/a-snapshot.js';
import { testCheck } from '../../support/check-tester.js';
import { planned } from '../../support/planned.js';

const two = (serverVersion: string, parent = 'eth0') =>
  aSnapshot()
    .parent('eth0')
    .hostLink('eth1')
    .engine({ serverVersion })
    .network({ name: 'lan' })
    .network({ name: 'more', parent, subnet: '198.51.100.0/24' });

testCheck(check, {
  pass: [
    { name: 'a Docker that shares', given: two('27.0.1') },
    { name: 'another parent', given: two('20.10.24', 'eth1') },
    {
      name: 'Podman, which never minded',
      given: two('4.3.1').engine({ flavour: 'podman' }),
    },
    {
      name: 'an ipvlan network and a template on the same parent',
      given: aSnapshot()
        .parent('eth0')
        .engine({ serverVersion: '24.0.7' })
        .network({ name: 'lan' })
        .network({ name: 'l2', driver: 'ipvlan', parent: 'eth0' })
        .network({ name: 'form', isConfigOnly: true, parent: 'eth0' }),
    },
    {
      name: 'a version that is no number',
      given: two('dev'),
    },
  ],
  found: [
    {
      name: 'after going back to an old Docker',
      given: two('26.1.5'),
      codes: ['both'],
      subjects: ['network more'],
      says: [
        /"network dm-net-lan is already using parent interface eth0"/u,
        /Docker 26\.1\.5 takes one macvlan network per parent/u,
        /Do not delete local-kv\.db/u,
      ],
    },
    {
      name: 'a planned one, whatever it is called',
      given: planned(two('20.10.24'), 'lan'),
      codes: ['planned'],
      severity: 'fail',
      subjects: ['network lan'],
      says: [/will not make network lan: eth0 has the macvlan network more/u],
    },
  ],
  notApplicable: [
    { name: 'no engine', given: aSnapshot().parent('eth0').child('web') },
    { name: 'no macvlan network', given: aSnapshot().parent('eth0').engine({}) },
  ],
});
