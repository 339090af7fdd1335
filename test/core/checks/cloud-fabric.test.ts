import { known, unknown } from '../../../src/model/fact.js';
import type { Machine } from '../../../src/model/machine.js';
import check from '../../../src/core/checks/cloud-fabric.js';
import { aSnapshot, type ParentOptions } from '../../support/a-snapshot.js';
import { testCheck } from '../../support/check-tester.js';

const EC2: Machine = { systemVendor: 'Amazon EC2', productName: 't3.small' };
const CARD = { mac: '0a:ff:c0:01:02:03' };

const machine = (says: Machine, parent: ParentOptions = {}) =>
  aSnapshot()
    .parent('eth0', { ...CARD, ...parent })
    .fact('machine', known(says));
const ec2 = (parent: ParentOptions = {}) => machine(EC2, parent);
const router = { dst: '192.0.2.1', lladdr: '52:54:00:aa:00:01' };

testCheck(check, {
  pass: [
    {
      name: 'a machine of its own',
      given: machine({ systemVendor: 'Supermicro', hasHypervisorFlag: false }).child('web'),
    },
    { name: 'a virtual machine at home', given: machine({ systemVendor: 'QEMU' }).child('web') },
    { name: 'children in a cloud that are answered', given: ec2().child('web').allHealthy() },
    {
      name: 'one of two is answered: this network is more liberal than most',
      given: ec2()
        .child('web')
        .child('db')
        .allHealthy()
        .silent('gateway-arp-child', { child: 'db' })
        .silent('gateway-icmp', { child: 'db' }),
    },
    {
      name: 'nothing was sent, and a child knows its router from before',
      given: ec2().child('web', { neighbours: [{ ...router, state: ['STALE'] }] }),
    },
    { name: 'a link that stays inside the instance', given: ec2({ kind: 'veth' }).child('web') },
    {
      name: "a bridge without the cloud's card",
      given: ec2()
        .hostLink('tap0', { kind: 'tun', master: 'br0' })
        .parent('br0', { kind: 'bridge' })
        .child('vm'),
    },
  ],
  found: [
    {
      name: 'an instance with a child, before anything is sent',
      given: ec2().child('web'),
      codes: ['fabric'],
      subjects: ['parent eth0'],
      says: [/Amazon EC2/u, /\(web\)/u, /ipvlan/u, /source\/destination check/u],
    },
    {
      name: 'what a child learned of its sibling proves nothing',
      given: ec2()
        .child('web', { mac: '02:00:00:00:00:01' })
        .child('db', {
          neighbours: [{ dst: '192.0.2.50', lladdr: '02:00:00:00:00:01', state: ['REACHABLE'] }],
        }),
      codes: ['fabric'],
      says: [/\(db and web\)/u],
    },
    {
      name: 'a network whose containers do not run yet',
      given: ec2().network({ name: 'lan' }),
      codes: ['fabric'],
      says: [/the containers of lan/u],
    },
    {
      name: 'a shim alone',
      given: ec2().shim('mvd-shim'),
      codes: ['fabric'],
      says: [/\(mvd-shim\)/u],
    },
    {
      name: 'a Droplet: the provider is named',
      given: machine({ systemVendor: 'DigitalOcean', productName: 'Droplet' }).child('web'),
      codes: ['fabric'],
      says: [/Droplet on DigitalOcean/u],
    },
    {
      name: 'OpenStack, where the children can be registered',
      given: machine({ productName: 'OpenStack Nova' }).child('web'),
      codes: ['fabric'],
      says: [/allowed address pairs/u],
    },
    {
      name: "a bridge with the cloud's card in it",
      given: ec2({ master: 'br0' })
        .hostLink('br0', { kind: 'bridge' })
        .child('web', { parent: 'br0' }),
      codes: ['fabric'],
      subjects: ['parent br0'],
    },
    {
      name: 'two parents, one of them inside the instance',
      given: ec2()
        .child('web')
        .parent('veth0', { kind: 'veth' })
        .child('db')
        .allHealthy()
        .silent('gateway-arp-child', { parent: 'eth0' })
        .silent('gateway-icmp', { parent: 'eth0' }),
      codes: ['fabric'],
      subjects: ['parent eth0'],
    },
  ],
  notApplicable: [
    { name: 'no macvlan', given: ec2() },
    { name: 'ipvlan alone', given: ec2().network({ name: 'ip', driver: 'ipvlan' }) },
    {
      name: 'nothing tells what machine this is',
      given: aSnapshot()
        .parent('eth0', CARD)
        .child('web')
        .fact('machine', unknown('denied', 'no right to read DMI')),
      reason: /what kind of machine/u,
    },
  ],
});
