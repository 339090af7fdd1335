// What libvirt says of the macvtap links that it makes for virtual machines.
import type { KnownMessage } from '../../../model/manual.js';
import { LINKS, LINKS_IN_DETAIL, onlyChecks } from '../commands.js';

const CREATING = 'error creating {kind} interface {link}@{parent} ({mac})';

export const libvirt: readonly KnownMessage[] = [
  {
    wordings: [`${CREATING}: Device or resource busy`],
    saidBy: 'libvirt',
    means:
      'The {kind} link of the virtual machine cannot be put on {parent}: somebody has it already, a bridge, bond or Open vSwitch that it belongs to, or links of ipvlan.',
    about: ['parent-enslaved', 'ipvlan-macvlan-mix'],
    next: [
      onlyChecks('parent-enslaved', 'ipvlan-macvlan-mix'),
      ['ip', '-d', 'link', 'show', 'dev', '{parent}'],
    ],
    vain: 'promiscuous mode',
  },
  {
    wordings: [`${CREATING}: Invalid argument`],
    saidBy: 'libvirt',
    means:
      'The kernel refuses a {kind} link on {parent}: that is no Ethernet device, or one of the two, the old link or the new one, is in passthrough mode and wants the device for itself.',
    about: ['passthru-shared', 'parent-not-ethernet'],
    next: [onlyChecks('passthru-shared', 'parent-not-ethernet'), LINKS_IN_DETAIL],
    vain: 'another MAC',
  },
  {
    wordings: [`${CREATING}: Operation not supported`, `${CREATING}: Unknown device type`],
    saidBy: 'libvirt',
    means: 'The kernel has no {kind}.',
    about: ['module-missing'],
    next: [['modprobe', '{kind}'], onlyChecks('module-missing')],
    vain: 'another model of the card in the guest',
  },
  {
    wordings: [
      "Cannot get interface MTU on '{parent}': No such device",
      "Cannot get interface flags on '{parent}': No such device",
      'Unable to get index for interface {parent}: No such device',
    ],
    saidBy: 'libvirt',
    means: 'There is no interface called {parent} on this host.',
    about: ['parent-missing'],
    next: [LINKS],
    vain: 'defining the virtual machine anew',
  },
];
