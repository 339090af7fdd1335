import { describe, expect, it } from 'vitest';
import { upstreamAdvice } from '../../../../src/core/derive/platform/upstream-advice.js';
import type { LostFrames } from '../../../../src/core/derive/platform/platform-row.js';
import { buildTopology } from '../../../../src/core/derive/topology/topology.js';
import { known } from '../../../../src/model/fact.js';
import type { Machine, Nic } from '../../../../src/model/machine.js';
import { aSnapshot, type ParentOptions } from '../../../support/a-snapshot.js';

const CARD = 'a0:36:9f:01:02:03';

function advise(
  machine: Machine,
  what: LostFrames,
  { driver, ...options }: ParentOptions & { readonly driver?: string } = {},
): readonly string[] {
  const nics: Record<string, Nic> =
    driver === undefined
      ? {}
      : { eth0: { driver, busInfo: '', isVirtualFunction: driver.endsWith('vf') } };
  const { facts, scope } = aSnapshot()
    .parent('eth0', { mac: CARD, ...options })
    .child('web', { mac: '02:42:c0:00:02:32' })
    .child('db')
    .shim('mvd-shim')
    .fact('machine', known(machine))
    .fact('nics', known(nics))
    .build();
  const [parent] = buildTopology({ facts, scope }).parents;
  if (parent === undefined) throw new Error('no parent');
  return upstreamAdvice(facts, parent, what);
}

const esxi: Machine = { systemVendor: 'VMware, Inc.' };
const iron: Machine = { hasHypervisorFlag: false, systemVendor: 'Supermicro' };

describe('the settings of the platform come first', () => {
  it.each<[string, Machine, LostFrames, RegExp]>([
    ['ESXi: both, or MAC learning', esxi, 'both', /Promiscuous mode.*Forged transmits/u],
    [
      'Hyper-V',
      { systemVendor: 'Microsoft Corporation', productName: 'Virtual Machine' },
      'both',
      /Set-VMNetworkAdapter.*MacAddressSpoofing On/u,
    ],
    ['VirtualBox', { productName: 'VirtualBox' }, 'foreign-unicast', /nicpromisc1 allow-all/u],
    ['Proxmox', { systemVendor: 'QEMU', biosVendor: 'Proxmox' }, 'source-mac', /macfilter: 0/u],
    ['KVM, what is sent', { systemVendor: 'QEMU' }, 'source-mac', /no-mac-spoofing/u],
    ['KVM, what is received', { systemVendor: 'QEMU' }, 'foreign-unicast', /macvtap/u],
    ['Xen', { systemVendor: 'Xen' }, 'both', /locking-mode=unlocked/u],
    [
      'OpenStack',
      { productName: 'OpenStack Nova' },
      'both',
      /192\.0\.2\.50 with 02:42:c0:00:02:32/u,
    ],
    ['AWS', { systemVendor: 'Amazon EC2' }, 'both', /No setting.*ipvlan/u],
    [
      'a switch: this port needs 4 MACs',
      iron,
      'source-mac',
      /port-security maximum of this port to 4/u,
    ],
    ['a switch: by itself no reason for this', iron, 'foreign-unicast', /the card and its driver/u],
  ])('%s', (_case, machine, what, first) => {
    expect(advise(machine, what)[0]).toMatch(first);
  });

  it('name the card by its MAC', () => {
    expect(advise(esxi, 'both')[0]).toContain(CARD);
  });

  it('SR-IOV: trust and spoof check', () => {
    expect(advise(iron, 'both', { driver: 'iavf' })[0]).toMatch(/trust on.*spoofchk off/u);
  });

  it('a link inside this machine: its bridge port', () => {
    expect(advise(iron, 'source-mac', { kind: 'veth' })[0]).toMatch(/locked on/u);
    expect(advise(iron, 'foreign-unicast', { kind: 'veth' })[0]).toMatch(/flood off/u);
  });
});

describe('then what else it could be', () => {
  it('the switch behind a hypervisor', () => {
    expect(advise(esxi, 'source-mac').at(-2)).toMatch(
      /If that is set already.*switch behind its host.*ARP inspection/u,
    );
  });

  it('and sooner so, where the hypervisor lets such frames pass by itself', () => {
    expect(advise({ systemVendor: 'QEMU' }, 'source-mac').at(-2)).toMatch(
      /Unless it was told otherwise/u,
    );
    expect(advise({ systemVendor: 'QEMU' }, 'foreign-unicast').at(-2)).toMatch(
      /If that is set already/u,
    );
  });

  it('a virtual function, where a card of a guest is no played one', () => {
    const lines = advise({ systemVendor: 'QEMU' }, 'source-mac', { driver: 'mlx5_core' });
    expect(lines[0]).toMatch(/port-security/u);
    expect(lines.at(-2)).toMatch(/SR-IOV.*trust on/u);
  });

  it('every kind, where nothing but a MAC gives it away, or nothing at all', () => {
    const hint = advise({}, 'both', { mac: '08:00:27:01:02:03' });
    expect(hint[0]).toMatch(/If this is a virtual machine on VirtualBox, as its MAC suggests/u);
    for (const lines of [hint, advise({}, 'both')]) {
      expect(lines.join('\n')).toMatch(/Hyper-V[^]*port-security[^]*SR-IOV/u);
    }
  });
});

describe('then what does not help', () => {
  it.each([esxi, iron, { systemVendor: 'Amazon EC2' }, {}])('%o', (machine) => {
    expect(advise(machine, 'both').at(-1)).toMatch(/romiscuous/u);
  });
});

it('no line has a place to be filled in', () => {
  const machines: Machine[] = [
    esxi,
    iron,
    {},
    { systemVendor: 'QEMU' },
    { productName: 'OpenStack Nova' },
  ];
  const lines = machines.flatMap((machine) =>
    (['source-mac', 'foreign-unicast', 'both'] as const).flatMap((what) => advise(machine, what)),
  );
  for (const line of lines) expect(line).not.toMatch(/[<>…{}]|\bVMNAME\b|undefined|\bNAME\b/u);
});

describe('a bridge of this host as parent', () => {
  const told = /eth0 is a bridge of this host.*`bridge -d link show master eth0`/u;
  it('may be where the frames are lost', () => {
    expect(advise(iron, 'both', { kind: 'bridge' }).join('\n')).toMatch(told);
  });
  it('is not spoken of where the parent is a card', () => {
    expect(advise(iron, 'both').join('\n')).not.toMatch(told);
  });
});
