import shimNotPersistent from '../../../src/core/checks/shim-not-persistent.js';
import { unknown } from '../../../src/model/fact.js';
import type { ConfiguredMacvlan } from '../../../src/model/platform.js';
import { aSnapshot } from '../../support/a-snapshot.js';
import { testCheck } from '../../support/check-tester.js';

const bare = () => aSnapshot().parent('eth0').child('web');
const lan = () => bare().shim('mvd-shim').hostRoute({ dst: '192.0.2.50', dev: 'mvd-shim' });
const entry: ConfiguredMacvlan = {
  name: 'mvd-shim',
  manager: 'systemd-networkd',
  path: '/etc/systemd/network/25-mvd-shim.netdev',
  isComplete: true,
};
const gap = { ...entry, isComplete: false, gap: 'no .network file names it with MACVLAN=' };

testCheck(shimNotPersistent, {
  pass: [
    { name: 'configured', given: lan().persistent({ macvlans: [entry] }) },
    {
      name: 'one complete form beside an incomplete one',
      given: lan().persistent({
        macvlans: [
          gap,
          { ...entry, manager: 'unit', path: '/etc/systemd/system/mvd-shim.service' },
        ],
      }),
    },
  ],
  found: [
    {
      name: 'made by hand',
      given: lan(),
      codes: ['unwritten'],
      subjects: ['shim mvd-shim'],
      fixes: ['persist-shim'],
      says: [/systemd-networkd/],
    },
    {
      name: 'a .netdev that nobody names',
      given: lan().persistent({ macvlans: [gap] }),
      codes: ['gap'],
      fixes: ['persist-shim'],
      says: [/MACVLAN=/],
    },
    {
      name: 'the same in a namespace that the boot does not set up: somebody wrote it for this very shim',
      given: lan()
        .persistent({ macvlans: [gap] })
        .platform({ isInitialNetns: false }),
      codes: ['gap'],
    },
    {
      name: 'configured, never made',
      given: bare().persistent({ macvlans: [gap] }),
      codes: ['configured-but-absent'],
      subjects: ['shim mvd-shim'],
    },
  ],
  notApplicable: [
    { name: 'no shim', given: bare(), reason: /no shim/ },
    {
      name: 'another network namespace',
      given: lan().platform({ isInitialNetns: false }),
      reason: /not set up by the boot/,
    },
    { name: "Unraid's own", given: bare().shim('shim-br0') },
    {
      name: 'a configured link that is switched off elsewhere is no business of another namespace',
      given: bare()
        .persistent({ macvlans: [gap] })
        .platform({ isInitialNetns: false }),
    },
    {
      name: 'a configuration that is complete, its link not made yet',
      given: bare().persistent({ macvlans: [entry] }),
    },
  ],
  undetermined: [
    {
      name: 'the configuration is not readable',
      given: lan().fact('persistentConfig', unknown('denied', 'only root may read it')),
      reason: /only root/,
    },
  ],
});
