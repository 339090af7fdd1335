// The parent up, and nobody at the other end of the cable.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'parent-no-carrier',
  title: 'The cable is out',
  story:
    'The parent is up, and the switch port at the other end is dead: a cable that was pulled, or a port that an administrator closed.',
  lan: { mode: 'bridge' },
  fault: [{ in: 'switch', ip: 'link set dev {port} down' }],
  expect: [{ check: 'parent-no-carrier', status: 'fail', subject: 'parent' }],
  byDesign: ['host-child-isolation'],
});
