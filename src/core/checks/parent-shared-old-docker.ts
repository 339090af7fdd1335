// Two macvlan networks on one parent, under a Docker that takes one.
import { compareNetworks } from '../derive/engine-networks/by-name.js';
import { defineCheck, type CheckContext } from '../../model/check.js';
import { HOST } from '../../model/finding.js';
import type { RuntimeNetwork } from '../../model/runtime-network.js';
import { isPlanned, macvlanNetworks, NO_NETWORKS } from '../derive/engine-networks/networks.js';
import { refusalsOf } from '../derive/engine-networks/refusals/refusals.js';
import type { Refusal } from '../derive/engine-networks/refusals/rule.js';
import { networkSubject } from '../derive/wording/subjects.js';
import { parentSubject } from '../derive/wording/victims.js';

interface Shared {
  readonly network: string;
  readonly other: string;
  readonly parent: string;
  readonly version: string;
}

export default defineCheck({
  meta: {
    id: 'parent-shared-old-docker',
    category: 'runtime',
    severity: 'warn',
    title: {
      pass: 'No two macvlan networks want one parent of a Docker that gives it to one',
      found: 'Two macvlan networks want one parent, and this Docker gives it to one',
    },
    needs: ['runtime', 'namespaces'],
    dependsOn: ['network-refused', 'desktop-vm', 'rootless-namespace'],
    docs: {
      explain: `Until version 26, Docker takes one macvlan network per parent and answers "network dm-0123456789ab is already using parent interface eth0" to the second. The text after dm- is the beginning of the id of the first network; a device of that name need not exist. Since 27.0.1 any number of macvlan networks share a parent, unless one of them is in passthru mode.

One network can have several subnets (repeat --subnet and --gateway), and VLAN links are parents of their own. After going back from a newer Docker, both networks are still listed, and the second one's containers do not start.

Where no network with that id is listed, the driver's own record has outlived its network: find it with docker network ls --no-trunc, remove it by its id where it is still known, and restart the daemon. Popular and wrong: deleting /var/lib/docker/network/files/local-kv.db, which takes every network that was ever made with it.`,
      references: ['moby pull request 47318', 'libnetwork issues 1743 and 2384'],
    },
  },
  messages: {
    planned: ({ network, other, parent, version }: Shared) => ({
      what: `Docker ${version} will not make network ${network}: ${parent} has the macvlan network ${other}, and it takes one per parent.`,
      why: 'Docker shares a parent between macvlan networks since 27.',
      todo: `Put the containers on ${other}, give ${network} a VLAN link of its own, or update Docker.`,
    }),
    both: ({ network, other, parent, version }: Shared) => ({
      what: `The networks ${other} and ${network} both want ${parent}, and Docker ${version} takes one macvlan network per parent.`,
      why: `The second of them cannot be made anew, and after a restart of the engine its containers may not start.`,
      todo: 'Put the containers on one of them, or update Docker.',
    }),
  },
  evaluate(_facts, context) {
    const networks = macvlanNetworks(context.topology).map(({ network }) => network);
    if (networks.length === 0) return { notApplicable: NO_NETWORKS };
    const pairs = networks.flatMap((network) =>
      refusalsOf(network, context)
        .filter(({ rule }) => rule === 'parent-shared')
        .map((refusal) => ({ network, refusal })),
    );
    return { findings: onceEach(pairs).map((pair) => report(pair, context)) };
  },
});

interface Pair {
  readonly network: RuntimeNetwork;
  readonly refusal: Refusal;
}

/** Of two that stand in each other's way, the one that is planned is told, or else the second by name. */
function onceEach(pairs: readonly Pair[]): Pair[] {
  return pairs.filter(({ network, refusal: { other } }) => {
    if (other === undefined || isPlanned(network)) return true;
    return !isPlanned(other) && compareNetworks(other, network) < 0;
  });
}

function report({ network, refusal }: Pair, { facts }: CheckContext) {
  const { parent = '', name } = network;
  const version = facts.runtime.state === 'known' ? facts.runtime.value.engine.serverVersion : '';
  const other = refusal.other?.name ?? '';
  return {
    code: isPlanned(network) ? ('planned' as const) : ('both' as const),
    ...(isPlanned(network) ? { severity: 'fail' as const } : {}),
    subject: networkSubject(network),
    within: [parentSubject(parent), HOST],
    data: { network: name, other, parent, version },
    evidence: [
      {
        from: 'docker',
        says: `Docker ${version}; networks ${other} and ${name} have parent=${parent}.`,
      },
      { from: 'docker', says: `It refuses the second with "${refusal.message}".` },
    ],
    advice: [
      `One network can have both subnets: docker network create with --subnet and --gateway given twice.`,
      'Where the message names a network that is not listed, see docker network ls --no-trunc for the id after dm-, remove it by that id, and restart the daemon.',
      'Do not delete local-kv.db for it: all networks are in there.',
    ],
  };
}
