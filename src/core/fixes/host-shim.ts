// Gives the host a macvlan link of its own, by which it reaches its children. Offered only where one works.
import { chosenFreeAddress, freeAddressCandidates } from '../derive/addressing/free-address.js';
import { isLanHeard, reflects } from '../derive/verdicts/reach.js';
import { covers } from '../derive/addressing/subnets.js';
import { contentOf } from '../derive/topology/content.js';
import { valueOf } from '../../model/fact.js';
import { defineFix, type FixContext } from '../../model/fix.js';
import { isAnswered } from '../../model/observation.js';
import type { Child, Parent } from '../../model/topology.js';
import { destinationsFor, ipv4Of } from './shim-destinations.js';
import { shimForms } from './persist/shim-forms.js';
import { creationSteps, type ShimSpec } from './persist/shim-spec.js';
import { replacedBy, type Replaced } from './shim-routes.js';

export default defineFix<{ readonly parent: string; readonly children: readonly string[] }>({
  meta: { id: 'host-shim', title: 'Give the host a shim on the parent', risk: 'safe' },
  plan({ parent: parentName, children: names }, context) {
    const parent = context.topology.parents.find((candidate) => candidate.name === parentName);
    if (parent === undefined) return { impossible: `${parentName} is not there any more.` };
    const asked = parent.children.filter((child) => names.includes(child.name));
    const served = asked.filter((child) => canServe(child, parent, context));
    if (served.length === 0) return { impossible: whyNobody(asked, parent) };
    const address = chosenFreeAddress(context, parent);
    if (address === undefined) return { impossible: whyNoAddress(context, parent) };

    const spec: ShimSpec = {
      name: freeName(context, parent),
      parent: parent.name,
      mode: served.every((child) => child.mode === 'bridge') ? 'bridge' : 'vepa',
      addresses: [`${address}/32`],
      destinations: destinationsFor(served, parent, { context, address }),
    };
    const persist = shimForms(spec, context);
    const replaced = replacedBy(spec, context.topology);
    return {
      steps: creationSteps(spec, new Set(replaced.map(({ dst }) => dst))),
      undo: [...replaced.map(({ back }) => back), ['ip', 'link', 'del', spec.name]],
      persist,
      notes: [
        ...notesFor({ address, parent, served, asked, persistable: persist.length > 0 }, context),
        ...replacedNotes(replaced),
      ],
    };
  },
});

/** What configured the old routes puts them back at the next boot. */
function replacedNotes(replaced: readonly Replaced[]): string[] {
  if (replaced.length === 0) return [];
  const devices = [...new Set(replaced.flatMap(({ device }) => device ?? []))].join(', ');
  const by = devices === '' ? '' : ` by ${devices}`;
  return [
    `The routes${by} to ${replaced.map(({ dst }) => dst).join(', ')} are replaced. Take them out of what configures them, or they are back at the next boot.`,
  ];
}

/** Bridge children are switched to the shim inside the parent; vepa children need the switch to send frames back. */
function canServe(child: Child, parent: Parent, context: FixContext): boolean {
  if (ipv4Of(child).length === 0) return false;
  return child.mode === 'bridge' || (child.mode === 'vepa' && reflects(parent, context) === 'yes');
}

function whyNobody(asked: readonly Child[], parent: Parent): string {
  const modes = new Set(asked.filter((child) => ipv4Of(child).length > 0).map(({ mode }) => mode));
  if (modes.has('vepa')) {
    return `A shim on ${parent.name} would not reach vepa children: the switch does not send their frames back. Put them into bridge mode first.`;
  }
  if (modes.size === 0)
    return `None of the children of ${parent.name} has an IPv4 address that a shim could lead to.`;
  return `A shim on ${parent.name} would stay silent: children in ${[...modes].join(' or ')} mode exchange no frames with it. Put them into bridge mode first.`;
}

function whyNoAddress(context: FixContext, parent: Parent): string {
  const candidates = freeAddressCandidates(context.topology, parent, context.facts);
  if (candidates.length === 0)
    return `A shim on ${parent.name} needs an address, and no free one is left in the subnet of the children.`;
  const asked = context.observations.filter(({ probe }) => probe === 'free-address-arp');
  if (asked.some((seen) => isAnswered(seen) && seen.parent === parent.name)) {
    return `A shim on ${parent.name} needs a free address: ${candidates.join(', ')} looked free, and none stayed silent when asked for by ARP.`;
  }
  return `A shim on ${parent.name} would help. It needs an address that is free, and none was asked for on the wire: run macvlan-doctor as root without --passive, and the commands are complete.`;
}

/**
 * `mvd-shim`, or the first of `mvd-shim1`, … that no link and no boot configuration has, and no parent before this one is
 * to get; always within 15 bytes.
 */
function freeName(context: FixContext, parent: Parent): string {
  const links = contentOf(context.topology.host).links;
  const configured = valueOf(context.facts.persistentConfig)?.macvlans ?? [];
  const taken = new Set([
    ...links.flatMap((link) => [link.ifname, ...(link.altnames ?? [])]),
    ...configured.map(({ name }) => name),
  ]);
  const bare = context.topology.parents.filter(({ shims }) => shims.length === 0);
  let before = Math.max(0, bare.indexOf(parent));
  let name = 'mvd-shim';
  for (let count = 1; taken.has(name) || before > 0; count += 1) {
    if (!taken.has(name)) before -= 1;
    name = `mvd-shim${count.toString()}`;
  }
  return name;
}

function notesFor(
  found: {
    readonly address: string;
    readonly parent: Parent;
    readonly served: readonly Child[];
    readonly asked: readonly Child[];
    readonly persistable: boolean;
  },
  context: FixContext,
): string[] {
  const { address, served, asked } = found;
  const left = asked.filter((child) => !served.includes(child)).map(({ label }) => label);
  return [
    addressNote(address, found.parent, context),
    `The children then reach this host at ${address}, and still not at its other addresses.`,
    ...(left.length === 0
      ? []
      : [`No shim reaches ${left.join(', ')}, because of mode or address.`]),
    found.persistable
      ? 'The commands last until the next reboot; the files make it last.'
      : 'The commands last until the next reboot. No files are shown: a name here cannot stand in configuration files.',
  ];
}

/** How sure it is that nobody has the address: on a LAN where everybody is silent, silence says nothing. */
function addressNote(address: string, parent: Parent, context: FixContext): string {
  if (!isLanHeard(parent, context)) {
    return `Whether ${address} is free is not proven: nobody known has it, but nobody at all answered on ${parent.name}, so silence says nothing. Run macvlan-doctor again once the LAN answers, before you keep it.`;
  }
  const pools = (valueOf(context.facts.runtime)?.networks ?? []).flatMap(({ pools }) => pools);
  const ranges = pools.flatMap(({ ipRange }) => ipRange ?? []);
  const isOutside = ranges.length > 0 && !ranges.some((range) => covers(range, address));
  const probe = context.observations.find(
    (seen) => seen.probe === 'free-address-arp' && seen.target === address,
  );
  const why = [
    isOutside ? 'outside the ip-range' : 'nobody known has it',
    'no neighbour entry',
    `no answer to ${(probe?.sent ?? 0).toString()} ARP requests`,
  ];
  return `${address} is free: ${why.join(', ')}. Keep it out of the pool of the DHCP server.`;
}
