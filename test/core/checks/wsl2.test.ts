import desktopVm from '../../../src/core/checks/desktop-vm.js';
import wsl2 from '../../../src/core/checks/wsl2.js';
import { describe, expect, it } from 'vitest';
import { aSnapshot } from '../../support/a-snapshot.js';
import { headlinesOf, resultsOf, testCheck } from '../../support/check-tester.js';

const KERNEL = '5.15.167.4-microsoft-standard-WSL2';
const inside = () => aSnapshot().parent('eth0').platform({ isWsl: true, kernel: KERNEL });

testCheck(wsl2, {
  pass: [
    {
      name: 'an ordinary host',
      given: aSnapshot().parent('eth0').child('web').network({ name: 'lan' }),
    },
    {
      name: 'Docker Desktop with its WSL2 backend, which is another matter',
      given: aSnapshot()
        .parent('eth0')
        .engine({ kernelVersion: KERNEL, operatingSystem: 'Docker Desktop' }),
    },
  ],
  found: [
    {
      name: 'the doctor runs in WSL2',
      given: inside(),
      codes: ['wsl'],
      subjects: ['host host'],
      says: [/The doctor runs in WSL2/, /MacAddressSpoofing On/, /netsh portproxy.*do not help/],
    },
    {
      name: 'the engine runs in WSL2',
      given: aSnapshot().parent('eth0').engine({ kernelVersion: KERNEL }).network({ name: 'lan' }),
      codes: ['wsl'],
      says: [
        /The container engine runs in WSL2/,
        /KernelVersion "5\.15/,
        /its networks: lan \(macvlan, parent eth0\)/,
        /ipvlan keeps to the one MAC/,
      ],
    },
  ],
  notApplicable: [
    {
      name: 'a practice LAN inside WSL2',
      given: inside().child('web').platform({ isInitialNetns: false }),
      reason: /does not lead to the card/,
    },
    {
      name: 'a practice LAN in a user namespace inside WSL2',
      given: inside().child('web').platform({ isInUserNamespace: true }),
    },
  ],
});

describe('wsl2', () => {
  it('stays quiet behind Docker Desktop', () => {
    const given = inside().engine({ kernelVersion: KERNEL, operatingSystem: 'Docker Desktop' });
    expect(headlinesOf(resultsOf([desktopVm, wsl2], given))).toEqual([
      'fail desktop-vm host host',
      'suppressed wsl2 host host < desktop-vm',
    ]);
  });
});
