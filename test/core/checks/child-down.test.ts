import childDown from '../../../src/core/checks/child-down.js';
import { aSnapshot } from '../../support/a-snapshot.js';
import { testCheck } from '../../support/check-tester.js';

const lan = () => aSnapshot().parent('eth0');

testCheck(childDown, {
  pass: [
    { name: 'up', given: lan().child('web') },
    {
      name: 'up without carrier: the parent is the cause',
      given: aSnapshot().parent('eth0', { carrier: false }).child('web'),
    },
    {
      name: 'a virtual machine that is off beside a child that is up',
      given: lan().child('vm', { kind: 'macvtap', up: false }).child('web'),
    },
    { name: 'a stopped container has no link', given: lan().child('web').container('old') },
  ],
  found: [
    {
      name: 'one of two',
      given: lan().child('web').child('db', { up: false }),
      codes: ['down'],
      subjects: ['child eth0@db'],
      fixes: ['set-child-up'],
      says: [
        /ip -n db link set dev eth0 up/,
        /ip -n db route replace default via 192\.0\.2\.1 dev eth0/,
      ],
    },
    {
      name: 'all children of a parent, one finding',
      given: lan().child('web', { up: false }).child('db', { up: false }),
      codes: ['down'],
      subjects: ['parent eth0'],
      fixes: ['set-child-up'],
    },
    {
      name: "a container's, entered by its namespace",
      given: lan().network({ name: 'lan' }).child('web', { network: 'lan', up: false }),
      codes: ['down'],
      says: [/nsenter --net=\/run\/docker\/netns\/\w+ ip link set dev eth0 up/],
    },
    {
      name: 'a sibling that is up has its address: to bring it up would make two owners',
      given: lan()
        .child('web', { address: '192.0.2.80/24' })
        .child('spare', { address: '192.0.2.80/24', up: false }),
      codes: ['in-reserve'],
      severity: 'warn',
      subjects: ['child eth0@spare'],
      fixes: [],
      says: [/The macvlan link of spare is down, and web has its address 192\.0\.2\.80/],
      saysNot: [/ip -n spare link set/],
    },
    {
      name: 'the host has its address',
      given: lan().child('web').child('old', { address: '192.0.2.10/24', up: false }),
      codes: ['in-reserve'],
      severity: 'warn',
      fixes: [],
      says: [/this host on eth0 has its address 192\.0\.2\.10/],
    },
    {
      name: 'a sibling has a virtual address of its, and not the one that is its own',
      given: lan()
        .child('web', { address: ['192.0.2.80/24', '192.0.2.99/32'] })
        .child('db', { address: ['192.0.2.81/24', '192.0.2.99/32'], up: false }),
      codes: ['down'],
      fixes: ['set-child-up'],
    },
    {
      name: 'the one that has its address is down as well',
      given: lan()
        .child('web', { address: '192.0.2.80/24', up: false })
        .child('spare', { address: '192.0.2.80/24', up: false }),
      codes: ['down'],
      fixes: ['set-child-up'],
    },
    {
      name: 'down because a sibling has its MAC',
      given: lan()
        .child('web', { mac: '02:42:c0:00:02:77' })
        .child('db', { mac: '02:42:c0:00:02:77', up: false }),
      codes: ['down-by-mac'],
      fixes: [],
      says: [/02:42:c0:00:02:77/],
    },
  ],
  notApplicable: [{ name: 'taps only', given: lan().child('vm', { kind: 'macvtap', up: false }) }],
});
