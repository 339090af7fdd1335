// A network that leads nowhere, because its parent is a device without a wire.
import { defineCheck, type CheckContext } from '../../model/check.js';
import { HOST } from '../../model/finding.js';
import type { RuntimeNetwork } from '../../model/runtime-network.js';
import type { Parent } from '../../model/topology.js';
import {
  macvlanNetworks,
  NO_NETWORKS,
  type PlacedNetwork,
} from '../derive/engine-networks/networks.js';
import { flavourOf } from '../derive/owners/another-address.js';
import { contentOf, findLink } from '../derive/topology/content.js';
import { betterParent } from '../derive/verdicts/better-parent.js';
import { networkSubject } from '../derive/wording/subjects.js';
import { parentSubject } from '../derive/wording/victims.js';
import recreateNetwork from '../fixes/recreate-network.js';

interface Nameless {
  readonly network: string;
  readonly best: string;
}

export default defineCheck({
  meta: {
    id: 'no-parent-dummy',
    category: 'parent',
    severity: 'fail',
    title: {
      pass: 'Every macvlan network has a parent that leads out',
      found: 'A macvlan network has no parent that leads out',
    },
    needs: ['runtime', 'namespaces'],
    dependsOn: ['network-refused', 'desktop-vm', 'rootless-namespace'],
    docs: {
      explain: `Docker does not insist on -o parent. Without it, it makes a device of its own, dm- and the beginning of the network's id, of the kind dummy: nothing is behind it. The containers reach each other and nobody else, and since 26.1 names outside are not resolved for them either ("SERVFAIL"). In a compose file the option is driver_opts: parent, and it goes missing easily there: under options it is not seen.

A network made from a template (--config-from) needs -d macvlan as well, or it is a bridge.

Where containers are to be by themselves, --internal says so, and this check is quiet. Podman takes the device of the default route where no parent is named.

What does not help: putting the dummy device into a bridge, or giving it an address. Make the network anew with the device that is on the LAN.`,
      references: ['moby, libnetwork/drivers/macvlan/macvlan_network.go', 'libnetwork issue 1298'],
    },
  },
  messages: {
    nameless: ({ network, best }: Nameless) => ({
      what: `Network ${network} names no parent, so Docker put it on a dummy device that leads nowhere.`,
      why: 'Its containers reach each other and nobody else.',
      todo:
        best === ''
          ? 'Make the network anew with -o parent and the device that is on the LAN, or with --internal if that is what is meant.'
          : `Make the network anew on ${best}, or with --internal if that is what is meant.`,
    }),
    dummy: ({ network, parent }: { readonly network: string; readonly parent: string }) => ({
      what: `Network ${network} is on ${parent}, which is a dummy device.`,
      why: 'Nothing is behind it: its containers reach each other and nobody else.',
      todo: 'Nothing, if they are meant to be by themselves. Otherwise make the network anew on the device that is on the LAN.',
    }),
  },
  evaluate(_facts, context) {
    const placed = macvlanNetworks(context.topology);
    if (placed.length === 0) return { notApplicable: NO_NETWORKS };
    const leading = placed.filter(({ network }) => !network.isInternal);
    return {
      findings: leading.flatMap((one) => [...nameless(one, context), ...onDummy(one, context)]),
    };
  },
});

function nameless({ network }: PlacedNetwork, context: CheckContext) {
  if ((network.parent ?? '') !== '' || flavourOf(context) === 'podman') return [];
  const best = betterParent(network, context.topology);
  const name = `dm-${network.id.slice(0, 12)}`;
  const isThere = findLink(contentOf(context.topology.host).links, name) !== undefined;
  return [
    {
      code: 'nameless' as const,
      subject: networkSubject(network),
      within: [HOST],
      data: { network: network.name, best: best?.name ?? '' },
      evidence: [
        {
          from: 'docker',
          says: `network ${network.name} has no option parent, and is not internal`,
        },
        ...(isThere ? [{ from: 'links', says: `there is a link ${name}` }] : []),
      ],
      remedies: best === undefined ? [] : moved(network, best.name),
      advice: [`In a compose file the option stands under driver_opts, as parent.`],
    },
  ];
}

/** Somebody may have wanted it so. */
function onDummy({ network, parent }: PlacedNetwork, context: CheckContext) {
  if (parent?.link.linkinfo?.info_kind !== 'dummy') return [];
  const best = betterParent(network, context.topology);
  const isElsewhere = best !== undefined && best.name !== parent.name;
  return [
    {
      code: 'dummy' as const,
      severity: 'warn' as const,
      subject: networkSubject(network),
      within: [parentSubject(parent.name), HOST],
      data: { network: network.name, parent: parent.name },
      evidence: [dummyEvidence(parent)],
      remedies: isElsewhere ? moved(network, best.name) : [],
      advice: ['Putting the dummy device into a bridge, or giving it an address, does not help.'],
    },
  ];
}

function dummyEvidence({ name }: Parent) {
  return { from: 'links', says: `${name} is of the kind dummy` };
}

function moved(network: RuntimeNetwork, parent: string) {
  return [recreateNetwork.request({ network, change: { parent } })];
}
