// A rootless engine keeps its networks in a namespace of its own, where no parent of this host exists.
import { defineCheck } from '../../model/check.js';
import type { Engine } from '../../model/runtime-network.js';
import {
  engineInWords,
  isBystander,
  lanNetworks,
  networksInWords,
} from '../derive/verdicts/engine-product.js';

interface Rootless {
  readonly product: string;
  readonly networks: readonly string[];
}

export default defineCheck({
  meta: {
    id: 'rootless-namespace',
    category: 'host',
    severity: 'fail',
    title: {
      pass: 'The container engine has the network of this host',
      found: 'A rootless engine cannot put containers on the LAN',
    },
    needs: ['platform'],
    dependsOn: ['desktop-vm'],
    docs: {
      explain: `A rootless engine (Docker with RootlessKit, Podman as an ordinary user, rootless nerdctl) keeps its networks in a network namespace that belongs to its user. In there is one tap link to a user-mode network stack (slirp4netns, pasta), and none of the host's links. A macvlan link takes a parent in the same place and the right to use it, and the engine has neither.

Docker then says "-o parent interface was not found on the host" or "invalid subinterface vlan name"; Podman says "netavark: Netlink error: No such device (os error 19)". A macvlan network on the tap link can be made and reaches nobody.

The doctor takes the engine's own word for it: name=rootless among its security options.

Popular and wrong: setcap on the engine's binaries, --privileged, net.ipv4.ping_group_range. None of them gives the engine a link of the host.`,
      references: [
        'Docker documentation: Rootless mode, known limitations',
        'containers/netavark issue 1089; moby/moby issue 45779',
        'network_namespaces(7), user_namespaces(7)',
      ],
    },
  },
  messages: {
    rootless: ({ product, networks }: Rootless) => ({
      what: `${product} runs rootless here, in a network namespace without any link of this host.`,
      why:
        networks.length === 0
          ? 'A macvlan network of it finds no parent.'
          : `No parent of this host exists in there, so these networks reach nobody: ${networks.join(', ')}.`,
      todo: 'Run the containers that need the LAN under the rootful engine.',
    }),
  },
  evaluate(_facts, { facts, topology }) {
    const { runtime } = facts;
    if (runtime.state === 'absent') return { notApplicable: runtime.reason };
    if (runtime.state !== 'known') {
      const subject = { kind: 'host', name: 'host' } as const;
      return { findings: [], undetermined: [{ subject, reason: runtime.reason }] };
    }
    const { engine, networks } = runtime.value;
    if (!engine.isRootless) return { findings: [] };
    if (isBystander(networks, topology)) {
      return {
        notApplicable: 'the engine is rootless, and the macvlan links here are not its own',
      };
    }
    const own = lanNetworks(networks);
    return {
      findings: [
        {
          code: 'rootless',
          subject: { kind: 'host', name: 'host' },
          data: {
            product: engine.flavour === 'podman' ? 'Podman' : 'Docker',
            networks: own.map(({ name }) => name),
          },
          evidence: [
            {
              from: 'docker',
              says: `${engineInWords(engine)}, and name=rootless among its security options`,
            },
            ...networksInWords(networks),
          ],
          advice: adviceFor(engine),
        },
      ],
    };
  },
});

function adviceFor({ flavour }: Engine): readonly string[] {
  const rootful =
    flavour === 'podman'
      ? 'Make the network and the container as root: sudo podman network create -d macvlan, sudo podman run, or a quadlet in /etc/containers/systemd.'
      : 'Use the rootful engine for these containers: sudo systemctl enable --now docker, then docker context use default.';
  return [
    rootful,
    'The two engines share nothing: networks, images and volumes have to be made, or pulled, again there.',
    'Or stay rootless and publish the ports (-p).',
    'setcap, --privileged and net.ipv4.ping_group_range do not give a rootless engine a link of the host.',
  ];
}
