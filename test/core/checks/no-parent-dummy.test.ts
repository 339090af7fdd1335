import check from '../../../src/core/checks/no-parent-dummy.js';
import { aSnapshot } from '../../support/a-snapshot.js';
import { testCheck } from '../../support/check-tester.js';

const home = () => aSnapshot().parent('enp3s0', { gateway: '192.0.2.1' });

testCheck(check, {
  pass: [
    { name: 'a parent', given: home().network({ name: 'lan' }) },
    {
      name: 'none, and meant to be alone',
      given: home().network({ name: 'alone', parent: null, isInternal: true }),
    },
    {
      name: 'none under Podman, which takes the default route’s',
      given: home().engine({ flavour: 'podman' }).network({ name: 'lan', parent: null }),
    },
  ],
  found: [
    {
      name: 'no parent',
      given: home()
        .hostLink('dm-net-lan', { kind: 'dummy' })
        .network({ name: 'lan', parent: null }),
      codes: ['nameless'],
      subjects: ['network lan'],
      says: [
        /there is a link dm-net-lan/u,
        /docker network create -d macvlan --subnet=192\.0\.2\.0\/24 -o parent=enp3s0 lan/u,
        /driver_opts/u,
      ],
    },
    {
      name: 'no parent, and no device that would be the right one',
      given: aSnapshot().network({ name: 'lan', parent: null }),
      codes: ['nameless'],
      fixes: [],
    },
    {
      name: 'a dummy device by name',
      given: home()
        .hostLink('dummy0', { kind: 'dummy' })
        .network({ name: 'lan', parent: 'dummy0' }),
      codes: ['dummy'],
      severity: 'warn',
      says: [/dummy0, which is a dummy device/u, /-o parent=enp3s0 lan/u],
    },
  ],
  notApplicable: [{ name: 'no macvlan network', given: home().engine({}) }],
});
