// A shim that works today, and a configuration that will not make it again.
import { defineScenario } from '../scenario.js';

export default defineScenario({
  id: 'shim-not-persistent',
  title: 'The shim will not survive a reboot',
  story:
    'The shim works. There is a .netdev file for it, too, but the .network file of the parent does not name it, so that systemd-networkd will silently not make it at the next boot.',
  lan: { mode: 'bridge', hasShim: true },
  fault: [
    {
      in: 'host',
      etc: 'systemd/network/30-{shim}.netdev',
      content: '[NetDev]\nName={shim}\nKind=macvlan\n\n[MACVLAN]\nMode=bridge\n',
    },
    {
      in: 'host',
      etc: 'systemd/network/20-lan.network',
      content: '[Match]\nName={parent}\n\n[Network]\nAddress={host-cidr}\nGateway={gateway}\n',
    },
  ],
  expect: [{ check: 'shim-not-persistent', status: 'warn' }],
  byDesign: [],
});
