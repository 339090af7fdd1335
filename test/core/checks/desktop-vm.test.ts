import { describe, expect, it } from 'vitest';
import desktopVm from '../../../src/core/checks/desktop-vm.js';
import { parseEngine } from '../../../src/core/parse/docker/docker-engine.js';
import { unknown } from '../../../src/model/fact.js';
import type { Engine } from '../../../src/model/runtime-network.js';
import { aSnapshot } from '../../support/a-snapshot.js';
import { resultsOf, testCheck } from '../../support/check-tester.js';
import { engineFixture } from '../../support/fake-host.js';

const MAC = { os: 'darwin', kernel: '24.3.0', hostname: 'mac' };
const WINDOWS = { os: 'win32', kernel: '10.0.22631', hostname: 'PC-7' };

/** An engine as one of the fixtures describes it. */
function engine(name: string, endpoint = 'unix:///var/run/docker.sock', context?: string): Engine {
  const answers = engineFixture(name);
  const place = context === undefined ? { endpoint } : { endpoint, context };
  const parsed = parseEngine({ version: answers['/version'], info: answers['/info'] }, place);
  if (parsed === undefined) throw new Error(`${name} is no engine`);
  return parsed;
}

const NO_NAMESPACES = unknown('absent', 'no network namespaces on darwin');
const aMac = () => aSnapshot().platform(MAC).fact('namespaces', NO_NAMESPACES);
const aPc = () => aSnapshot().platform(WINDOWS).fact('namespaces', NO_NAMESPACES);

testCheck(desktopVm, {
  pass: [
    {
      name: 'Docker Engine on an ordinary Linux host',
      given: aSnapshot().parent('eth0').child('web').network({ name: 'lan' }),
    },
    {
      name: 'a rootful Podman',
      given: aSnapshot().parent('eth0').engine(engine('podman')),
    },
    {
      name: 'a Linux host that is itself called lima-1',
      given: aSnapshot().parent('eth0').platform({ hostname: 'lima-1' }).engine({ name: 'lima-1' }),
    },
    {
      name: 'a rootless Docker whose socket lies in the home',
      given: aSnapshot()
        .parent('eth0')
        .engine({ ...engine('docker-rootless', 'unix:///home/ann/.docker/run/docker.sock') }),
    },
  ],
  found: [
    {
      name: 'Docker Desktop on macOS',
      given: aMac().engine(
        engine('docker-desktop-mac', 'unix:///Users/ann/.docker/run/docker.sock'),
      ),
      codes: ['in-vm'],
      subjects: ['host host'],
      says: [/Docker Desktop/, /macOS/, /6\.10\.14-linuxkit/, /-o parent=eth0 is accepted only/],
    },
    {
      name: 'Docker Desktop on macOS with a network on the eth0 that it accepts',
      given: aMac()
        .engine(engine('docker-desktop-mac', 'unix:///Users/ann/.docker/run/docker.sock'))
        .network({ name: 'lan', parent: 'eth0' }),
      codes: ['in-vm'],
      says: [
        /never the LAN: lan\./u,
        /its networks: lan \(macvlan, parent eth0\)/u,
        /invalid subinterface vlan name en0/u,
        /UTM, Parallels, VMware Fusion or VirtualBox/u,
      ],
    },
    {
      name: 'Docker Desktop on Windows',
      given: aPc().engine(
        engine('docker-desktop-windows', 'npipe:////./pipe/dockerDesktopLinuxEngine'),
      ),
      codes: ['in-vm'],
      says: [/Docker Desktop/, /Windows/, /Set-VMNetworkAdapter -MacAddressSpoofing On/],
      saysNot: [/en0/u],
    },
    {
      name: 'Docker Desktop on Linux',
      given: aSnapshot()
        .parent('eth0')
        .engine(
          engine(
            'docker-desktop-linux',
            'unix:///home/ann/.docker/desktop/docker.sock',
            'desktop-linux',
          ),
        ),
      codes: ['in-vm'],
      says: [/Docker Desktop/, /docker context use default/, /context desktop-linux/],
    },
    {
      name: 'Docker Desktop on Linux with a macvlan network, beside links made by others',
      given: aSnapshot()
        .parent('eth0')
        .child('web')
        .engine(engine('docker-desktop-linux'))
        .network({ name: 'lan', parent: 'eth1' }),
      codes: ['in-vm'],
    },
    {
      name: 'OrbStack',
      given: aMac().engine(engine('orbstack')),
      codes: ['in-vm'],
      says: [/OrbStack/, /publish the ports/],
    },
    {
      name: 'Colima, known by its socket and name',
      given: aMac().engine(engine('colima', 'unix:///Users/ann/.colima/default/docker.sock')),
      codes: ['in-vm'],
      says: [/Colima/, /--network-address/],
    },
    {
      name: 'Colima on Linux, known by its context',
      given: aSnapshot().parent('eth0').engine({ context: 'colima-work' }),
      codes: ['in-vm'],
      says: [/Colima/],
    },
    {
      name: 'Lima',
      given: aMac().engine(engine('lima', 'unix:///Users/ann/.lima/docker/sock/docker.sock')),
      codes: ['in-vm'],
      says: [/Lima/, /socket_vmnet/],
    },
    {
      name: 'Rancher Desktop on macOS',
      given: aMac().engine(engine('rancher-desktop', 'unix:///Users/ann/.rd/docker.sock')),
      codes: ['in-vm'],
      says: [/Rancher Desktop/],
    },
    {
      name: 'Rancher Desktop on Windows',
      given: aPc().engine(engine('rancher-desktop-windows', 'npipe:////./pipe/docker_engine')),
      codes: ['in-vm'],
      says: [/Rancher Desktop/],
    },
    {
      name: 'Podman machine',
      given: aMac().engine(
        engine(
          'podman-machine',
          'unix:///Users/ann/.local/share/containers/podman/machine/podman.sock',
        ),
      ),
      codes: ['in-vm'],
      says: [/Podman machine/, /rootful/],
    },
    {
      name: 'an engine of macOS that nothing is known of',
      given: aMac().engine({ operatingSystem: 'Debian GNU/Linux 12 (bookworm)' }),
      codes: ['in-vm'],
      says: [/another product/],
    },
    {
      name: 'macOS where no engine answers',
      given: aMac(),
      codes: ['no-macvlan'],
      says: [/macOS, which has no macvlan/],
    },
  ],
  notApplicable: [
    { name: 'Linux without an engine', given: aSnapshot().parent('eth0').child('web') },
    {
      name: 'an idle Docker Desktop beside links made by others',
      given: aSnapshot()
        .parent('eth0')
        .child('web')
        .engine(engine('docker-desktop-linux', 'unix:///x')),
      reason: /not its own/,
    },
    {
      name: 'macOS that asks an engine of another machine',
      given: aMac().engine({ endpoint: 'tcp://192.0.2.9:2375' }),
      reason: /another machine/,
    },
  ],
  undetermined: [
    {
      name: 'an engine that may not be asked',
      given: aSnapshot()
        .parent('eth0')
        .fact('runtime', unknown('denied', 'unix:///var/run/docker.sock may not be opened')),
      reason: /may not be opened/,
    },
  ],
});

describe('desktop-vm', () => {
  it.each(['docker-20.10', 'docker-24', 'docker-27', 'docker-28', 'docker-29', 'docker-wsl2'])(
    'is silent on %s',
    (name) => {
      const given = aSnapshot().parent('eth0').engine(engine(name));
      expect(resultsOf([desktopVm], given).map(({ status }) => status)).toEqual(['pass']);
    },
  );
});
