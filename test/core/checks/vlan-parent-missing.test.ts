import check from '../../../src/core/checks/vlan-parent-missing.js';
import { aSnapshot } from '../../support/a-snapshot.js';
import { testCheck } from '../../support/check-tester.js';

const home = () => aSnapshot().parent('enp3s0', { gateway: '192.0.2.1' });

testCheck(check, {
  pass: [
    { name: 'no VLAN', given: home().network({ name: 'lan' }) },
    {
      name: 'a VLAN that is there',
      given: home()
        .hostLink('enp3s0.50', { kind: 'vlan', vlanId: 50, lower: 'enp3s0' })
        .network({ name: 'iot', parent: 'enp3s0.50' }),
    },
    {
      name: 'the device below is missing too, or the number is none: another check',
      given: home()
        .network({ name: 'a', parent: 'eth0.50' })
        .network({ name: 'b', parent: 'enp3s0.4095' }),
    },
    {
      name: 'vlan0, which is no VLAN',
      given: home().network({ name: 'a', parent: 'vlan0' }),
    },
  ],
  found: [
    {
      name: 'a link that the engine made once',
      given: home().network({ name: 'iot', parent: 'enp3s0.50' }),
      codes: ['made'],
      subjects: ['network iot'],
      fixes: ['make-vlan-link'],
      says: [
        /ip link add link enp3s0 name enp3s0\.50 type vlan id 50/u,
        /ip link set dev enp3s0\.50 up/u,
        /Restarting the engine/u,
      ],
    },
    {
      name: 'the same under Podman, which makes none',
      given: home().engine({ flavour: 'podman' }).network({ name: 'iot', parent: 'enp3s0.50' }),
      codes: ['never'],
      saysNot: [/Restarting the engine/u],
    },
    {
      name: 'a name that only somebody else can have made',
      given: home().network({ name: 'iot', parent: 'vlan50' }),
      codes: ['never'],
      says: [/ip link add link enp3s0 name vlan50 type vlan id 50/u],
    },
    {
      name: 'a VLAN on a VLAN',
      given: home()
        .hostLink('enp3s0.50', { kind: 'vlan', vlanId: 50, lower: 'enp3s0' })
        .network({ name: 'iot', parent: 'enp3s0.50.7' }),
      codes: ['never'],
      says: [/ip link add link enp3s0\.50 name enp3s0\.50\.7 type vlan id 7/u],
    },
  ],
  notApplicable: [{ name: 'no macvlan network', given: home().engine({}) }],
});
