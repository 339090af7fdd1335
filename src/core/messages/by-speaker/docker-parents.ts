// What Docker says of parents: not there, not fit, somebody else's.
import type { KnownMessage } from '../../../model/manual.js';
import {
  DEFAULT_ROUTE,
  DOCKER_VERSION,
  LINKS,
  LINKS_IN_DETAIL,
  NETWORKS,
  onlyChecks,
} from '../commands.js';

const PORT = 'failed to create the {driver} port';

export const dockerParents: readonly KnownMessage[] = [
  {
    wordings: ['invalid subinterface vlan name {parent}, example formatting is eth0.10'],
    saidBy: 'Docker',
    means:
      'Where Docker runs there is no interface called {parent}. It then takes the name for one of a VLAN that it should make, and complains about its form; the form is not what is wrong.',
    about: ['parent-missing', 'desktop-vm', 'rootless-namespace'],
    next: [LINKS, DEFAULT_ROUTE, onlyChecks('desktop-vm', 'rootless-namespace')],
    vain: 'a name with a dot in it; on a Mac or under Windows `parent=eth0`, which is accepted and reaches nobody',
  },
  {
    wordings: [
      '-o parent interface was not found on the host: {base}',
      '-o parent interface does was not found on the host: {base}',
    ],
    saidBy: 'Docker',
    means:
      'Docker was to make a VLAN link, and there is no interface called {base}, which is the part before the dot, where it runs.',
    about: ['vlan-parent-missing', 'parent-missing', 'desktop-vm', 'rootless-namespace'],
    next: [LINKS, DEFAULT_ROUTE, onlyChecks('desktop-vm', 'rootless-namespace')],
    vain: 'another VLAN number; rights (`setcap`, `--privileged`) for a rootless engine',
  },
  {
    wordings: ['the requested parent interface {parent} was not found on the Docker host'],
    saidBy: 'Docker',
    means:
      'The network is there and its parent {parent} is not: not yet, not any more, or under another name by now.',
    about: ['parent-missing', 'parent-gone-after-reboot'],
    next: [LINKS, onlyChecks('parent-missing')],
    vain: 'making all networks anew after each boot',
  },
  {
    wordings: [
      'error occoured looking up the {driver} parent iface {parent} error: {reason*}',
      'error occurred looking up the {driver} parent iface {parent} error: {reason*}',
    ],
    saidBy: 'Docker',
    means:
      'A container of a {driver} network was to start, and the parent {parent} is not there: {reason}.',
    about: ['parent-missing', 'parent-gone-after-reboot'],
    next: [LINKS, onlyChecks('parent-missing')],
    vain: 'making all networks anew after each boot',
  },
  {
    wordings: ['network {other} is already using parent interface {parent}'],
    saidBy: 'Docker',
    means:
      'Docker before 27 allows one network per parent, and {parent} has one. {other} is no name: it is dm- or di- and the beginning of the id of that other network.',
    about: ['parent-shared-old-docker'],
    next: [onlyChecks('parent-shared-old-docker'), DOCKER_VERSION, NETWORKS],
    vain: 'deleting `local-kv.db`, with which all networks are gone',
  },
  {
    wordings: [
      'cannot use mode passthru, macvlan network {other} is already using parent interface {parent}',
      'macvlan network {other} is already using parent interface {parent} in mode passthru',
    ],
    saidBy: 'Docker',
    means:
      'In passthru mode a child has its parent for itself; {parent} belongs to the network {other} as well, and one of the two asks for that mode.',
    about: ['passthru-shared'],
    next: [['docker', 'network', 'inspect', '{other}']],
    vain: 'passthru as a cure for what looks like a matter of promiscuous mode: `macvlan_mode=bridge` is what containers need',
  },
  {
    wordings: [`${PORT}: device or resource busy`],
    saidBy: 'Docker',
    means:
      'The kernel does not put a {driver} link on this parent, because somebody has the parent already: a bridge, bond or Open vSwitch that it belongs to, or a running container of the other driver (macvlan and ipvlan do not share a parent).',
    about: ['parent-enslaved', 'ipvlan-macvlan-mix'],
    next: [onlyChecks('parent-enslaved', 'ipvlan-macvlan-mix'), LINKS_IN_DETAIL],
    vain: 'installing Docker anew; promiscuous mode; taking the card out of its bridge while you are connected through it',
  },
  {
    wordings: [`${PORT}: operation not supported`],
    saidBy: 'Docker',
    means:
      'The kernel has no {driver}: the module is not installed, or belongs to a kernel that is not the running one, or may not be loaded from in here.',
    about: ['module-missing'],
    next: [
      ['modprobe', '{driver}'],
      ['uname', '-r'],
      ['ls', '/lib/modules'],
    ],
    vain: 'the experimental features of Docker; looking into `lsmod`, which does not show what is built in',
  },
  {
    wordings: [
      `${PORT}: operation not supported, ensure there are no {other} networks using the same -o parent`,
    ],
    saidBy: 'Docker',
    means:
      'As Docker of old said it: a running container of {other} has the parent, and macvlan and ipvlan do not share one.',
    about: ['ipvlan-macvlan-mix'],
    next: [onlyChecks('ipvlan-macvlan-mix'), LINKS_IN_DETAIL],
    vain: 'loading modules; restarting Docker',
  },
  {
    wordings: [`${PORT}: invalid argument`],
    saidBy: 'Docker',
    means:
      'The kernel refuses this {driver} link: its parent is no Ethernet device (WireGuard, tun, ppp, InfiniBand), or a passthru child has the parent for itself, or was to have a parent that others use.',
    about: ['passthru-shared', 'parent-not-ethernet'],
    next: [onlyChecks('passthru-shared', 'parent-not-ethernet'), LINKS_IN_DETAIL],
    vain: 'a tap and a bridge around WireGuard',
  },
  {
    wordings: ['loopback interface is not a valid {driver} parent link'],
    saidBy: 'Docker',
    means: 'The parent was given as `lo`, which leads nowhere.',
    about: ['parent-not-ethernet'],
    next: [DEFAULT_ROUTE],
    vain: 'an address on `lo`',
  },
  {
    wordings: [
      'failed to create {link} vlan link: {reason*}',
      'failed to create {link} vlan link',
      'vlan id must be between 1-4094, received: {id}',
      'vlan id must be between 1-4094',
      'required interface name format is: name.vlan_id',
    ],
    saidBy: 'Docker',
    means:
      'Docker makes a VLAN link where the parent is called like an interface, one dot and a number from 1 to 4094, and it could not: the name has another form, or the kernel lacks 8021q.',
    about: ['vlan-parent-missing'],
    next: [onlyChecks('vlan-parent-missing'), ['modprobe', '8021q'], LINKS],
    vain: '`-o vlan=50`, which Docker does not know',
  },
  {
    wordings: [
      "requested {driver} mode '{mode}' is not valid, '{fallback}' mode is the {again} driver default",
    ],
    saidBy: 'Docker',
    means:
      'There is no mode {mode}; the modes are bridge, private, vepa and passthru, in small letters.',
    about: ['mode-typo'],
    next: [],
    vain: 'the option `mode`, which Docker takes and ignores: it is `macvlan_mode`',
  },
  {
    wordings: [
      'kernel version failed to meet the minimum {driver} kernel requirement of {needed}, found {found}',
    ],
    saidBy: 'Docker',
    means:
      'The kernel here is {found}, and this version of Docker wants {needed} or later for {driver}.',
    about: ['kernel-too-old'],
    next: [['uname', '-r'], DOCKER_VERSION],
    vain: 'making `uname` say something else',
  },
];
