// What no check looks at, of Docker: its books, its options, its versions.
import type { Topic } from '../../../model/manual.js';
import { DEFAULT_ROUTE, DOCKER_VERSION, LINKS, NETWORKS, onlyChecks } from '../commands.js';

export const dockerTopics: readonly Topic[] = [
  {
    id: 'docker28-parent-down',
    title: 'Docker 28.0 does not start a container whose parent has no carrier',
    explain: `Docker announces the address of a container on the wire when it starts. In 28.0.0 and 28.0.1 a failure of that announcement kept the container from starting, and while the parent is down, or its cable is out, it always fails: a standby card is enough. From 28.0.2 on the container starts.

A child is up only while its parent is, so the container would have nobody to talk to either way; but it starts, and works once the cable is in.`,
    next: [DOCKER_VERSION, onlyChecks('parent-down', 'parent-no-carrier')],
    vain: 'a carrier that is only pretended',
    references: ['moby pull request 49630', 'release notes of Docker Engine 28.0.2'],
  },
  {
    id: 'ipam-address-taken',
    title: 'The engine has given the address away already',
    explain: `An engine keeps books on the addresses of its networks, and nobody on the LAN is asked. An address is taken there if a container has it, running or stopped; if a container had it and was never signed off; if it is the gateway, or an \`--aux-address\`; or if another network with the same subnet keeps it. An address outside every subnet of the network is refused as well.

So a free address on the LAN proves nothing here, and one that the engine hands out may be in use on the LAN.

Look for the address in \`docker network inspect\` of all networks with that subnet, under Containers and IPAM. What hangs on a network without a running container is signed off with \`docker network disconnect --force\`. Two networks that share subnet and gateway are better one network, used by both as external.`,
    next: [NETWORKS, ['docker', 'ps', '--all', '--no-trunc']],
    vain: 'emptying ARP tables; settings of the router',
    references: ['docker network disconnect', 'CNI host-local plugin, allocator'],
  },
  {
    id: 'kernel-too-old',
    title: 'The kernel is older than this engine accepts',
    explain: `Docker before 23 asks for Linux 3.9 or later where a macvlan network is made, and every Docker asks for 4.2 or later where one of ipvlan is. Kernels of that age are met on network storage whose maker stopped updating it.

It takes a newer kernel, which there means newer firmware, or another machine. Docker from 23 on no longer asks for macvlan, since such kernels cannot run it anyway.`,
    next: [['uname', '-r'], DOCKER_VERSION],
    vain: 'making `uname` say something else: what is missing stays missing',
    references: ['moby commit 6dde6cb0b0, first in 23.0.0'],
  },
  {
    id: 'mode-typo',
    title: 'The mode, or the option for it, is misspelt',
    explain: `The modes are bridge, private, vepa and passthru, in small letters. The option is called \`macvlan_mode\` in Docker, and \`mode\` in Podman, CNI and Incus; libvirt alone writes passthrough.

Docker refuses an unknown mode, but takes an unknown option without a word: with \`-o mode=vepa\` the network is in bridge mode all the same. Children in different modes on one parent do not reach each other; the check mode-mixed looks for them.`,
    next: [['docker', 'network', 'ls', '--filter', 'driver=macvlan'], onlyChecks('mode-mixed')],
    vain: 'reflective relay for a child that is in the wrong mode',
    references: ['docker network create', 'ip-link(8)'],
  },
  {
    id: 'parent-gone-after-reboot',
    title: 'The network outlived its parent',
    explain: `The engine started before its parent was there: a VLAN link, a bond or a USB card that comes late, or an interface that has another name since the last update. The networks are still listed, and their containers do not start. A VLAN link that Docker made itself comes back only if the card below it is there.

Let the engine wait for the parent. \`systemctl edit docker\`, with the parent's name in place of eth0.50 in these three lines:

    [Unit]
    Wants=network-online.target
    After=network-online.target sys-subsystem-net-devices-eth0.50.device

Then \`systemctl restart docker\`, which reads the networks again. Incus waits for its parents, and starts such a network once the parent is there.`,
    next: [LINKS, onlyChecks('parent-missing'), ['systemctl', 'restart', 'docker']],
    vain: 'making all networks anew after each boot',
    references: [
      'systemd.unit(5)',
      'systemd.link(5)',
      'libnetwork, macvlan driver, populateNetworks',
    ],
  },
  {
    id: 'port-taken',
    title: 'A program has the port of the host already',
    explain: `A bridge network publishes ports on addresses of the host, and a port can be listened on by one program alone. A message with "bind" in it is about that.

A container whose only network is macvlan has an address of its own: it listens there, on the port that its program opens, and nothing is published on the host. Take the \`-p\` or \`ports:\` away from it; for a container on a bridge network, choose another port or end the other program.`,
    next: [['ss', '-lntup']],
    vain: 'another address for the container',
    references: ['bind(2)', 'ss(8)'],
  },
  {
    id: 'swarm-config-only',
    title: 'A macvlan network for Swarm is two objects',
    explain: `Parent and range differ from node to node, so they are kept in a network that is nothing but configuration, of the same name on each node that tasks may run on. The network that services use is made once, on a manager, and refers to it:

    docker network create --config-only --subnet 192.0.2.0/24 --gateway 192.0.2.1 --ip-range 192.0.2.32/27 -o parent=eth0 lan-config
    docker network create -d macvlan --scope swarm --attachable --config-from lan-config lan

These addresses are examples; each node gets a range of its own, or two tasks on two nodes get one address. Without \`-d macvlan\` the second network is a bridge, and it takes no options besides. 28.0.0 had a fault here: use 28.0.1 or later.`,
    next: [
      ['docker', 'node', 'ls'],
      ['docker', 'network', 'ls', '--filter', 'driver=null'],
      NETWORKS,
      DEFAULT_ROUTE,
    ],
    vain: 'subnet and parent as options of the network with `--scope swarm`: they are put aside without a word',
    references: ['moby pull request 32981', 'docker network create'],
  },
];
