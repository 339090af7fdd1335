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
