import { describe, expect, it } from 'vitest';
import desktopVm from '../../../src/core/checks/desktop-vm.js';
import rootlessNamespace from '../../../src/core/checks/rootless-namespace.js';
import { unknown } from '../../../src/model/fact.js';
import { aSnapshot } from '../../support/a-snapshot.js';
import { headlinesOf, resultsOf, testCheck } from '../../support/check-tester.js';

testCheck(rootlessNamespace, {
  pass: [
    {
      name: 'a rootful engine',
      given: aSnapshot().parent('eth0').child('web').network({ name: 'lan' }),
    },
    {
      name: 'a rootful engine seen from a user namespace, as in a practice LAN',
      given: aSnapshot()
        .parent('eth0')
        .child('web')
        .platform({ isInUserNamespace: true })
        .network({ name: 'lan' }),
    },
  ],
  found: [
    {
      name: 'rootless Docker with a macvlan network',
      given: aSnapshot()
        .parent('eth0')
        .child('web')
        .network({ name: 'lan', parent: 'tap0' })
        .engine({ isRootless: true }),
      codes: ['rootless'],
      subjects: ['host host'],
      says: [
        /Docker runs rootless/,
        /reach nobody: lan/,
        /context use default/,
        /setcap/,
        /its networks: lan \(macvlan, parent tap0\)/,
        /share nothing/,
      ],
    },
    {
      name: 'rootless Podman without one',
      given: aSnapshot().parent('eth0').engine({ isRootless: true, flavour: 'podman' }),
      codes: ['rootless'],
      says: [/Podman runs rootless/, /sudo podman network create -d macvlan/],
    },
  ],
  notApplicable: [
    { name: 'no engine', given: aSnapshot().parent('eth0').child('web') },
    {
      name: 'an idle rootless engine beside links made by others',
      given: aSnapshot().parent('eth0').child('web').engine({ isRootless: true }),
      reason: /not its own/,
    },
    {
      name: 'a practice LAN in a user namespace, without an engine',
      given: aSnapshot().parent('eth0').child('web').platform({ isInUserNamespace: true }),
    },
  ],
  undetermined: [
    {
      name: 'an engine that hangs',
      given: aSnapshot()
        .parent('eth0')
        .fact(
          'runtime',
          unknown('failed', 'unix:///run/docker.sock did not answer within 1500 ms'),
        ),
      reason: /did not answer/,
    },
  ],
});

describe('rootless-namespace', () => {
  it('stays quiet behind a desktop product', () => {
    const given = aSnapshot()
      .parent('eth0')
      .engine({ isRootless: true, endpoint: 'unix:///home/ann/.lima/docker/sock/docker.sock' });
    expect(headlinesOf(resultsOf([desktopVm, rootlessNamespace], given))).toEqual([
      'fail desktop-vm host host',
      'suppressed rootless-namespace host host < desktop-vm',
    ]);
  });
});
