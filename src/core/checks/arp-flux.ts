// A shim that answers ARP for the host's main address as well: two MACs for one address on the LAN.
import { defineCheck } from '../../model/check.js';
import { HOST, type Evidence } from '../../model/finding.js';
import { fluxOf, type Flux } from '../derive/passage/arp-flux.js';
import { aboutShim, listOf } from '../derive/wording/victims.js';
import quietShim from '../fixes/passage/quiet-shim.js';

export default defineCheck({
  meta: {
    id: 'arp-flux',
    category: 'shim',
    severity: 'warn',
    title: {
      pass: 'Shims answer ARP for their own addresses only',
      found: 'A shim answers ARP for other addresses of the host',
    },
    needs: ['namespaces'],
    dependsOn: ['parent-down', 'parent-no-carrier', 'shim-down'],
    docs: {
      explain: `To Linux an address belongs to the machine, not to the link that it stands on: every link answers ARP for all of them. A shim sits on the same LAN as its parent, so a question for the host's main address gets two answers, one with the parent's MAC and one with the shim's. Machines on the LAN take the one that comes first, and change their minds later.

Mostly this goes unnoticed. Where it does not: connections to the host that hang for seconds or break, switches that log a moving MAC, routers that warn of an address conflict, MAC filters and DHCP reservations that do not fit.

With arp_ignore=1 a link answers for its own addresses only, and with arp_announce=2 it asks with them. The price: children then reach the host by the address of the shim alone, where before they also reached it by the main one.

What does not help: arp_filter, which decides by routes and so lets children see the shim all the same; switching ARP off on the shim, which cuts it off.`,
      references: ['ip-sysctl.rst, arp_ignore, arp_announce', 'arp(7)'],
    },
  },
  messages: {
    flux: ({ shim, parent, addresses }: FluxData) => ({
      what: `${shim} answers ARP for ${listOf(addresses)} too, which ${addresses.length === 1 ? 'is an address' : 'are addresses'} of ${parent}.`,
      why: `The LAN then has two MACs for one address, that of ${parent} and that of ${shim}, and takes whichever answers first.`,
      todo: `Let ${shim} answer for its own address only. The children then reach this host by that one; if they use the other, leave it so.`,
    }),
  },
  evaluate(_facts, context) {
    const all = context.topology.parents.flatMap((parent) =>
      parent.shims.flatMap((shim) => {
        const state = fluxOf(shim, parent, context);
        return state === undefined ? [] : [{ shim, state }];
      }),
    );
    if (all.length === 0) {
      return { notApplicable: 'no shim that is up beside an address of the host on its parent' };
    }
    return {
      findings: all.flatMap(({ state }) => (typeof state === 'string' ? [] : [report(state)])),
      undetermined: all
        .filter(({ state }) => state === 'unknown')
        .map(({ shim }) => ({
          ...aboutShim(shim),
          reason: `whether ${shim.name} answers ARP for other addresses of the host was not seen: its settings could not be read; \`sysctl -a --pattern arp_ignore\` shows them`,
        })),
    };
  },
});

interface FluxData {
  readonly shim: string;
  readonly parent: string;
  readonly addresses: readonly string[];
}

function report(flux: Flux) {
  const { shim, addresses } = flux;
  const about = aboutShim(shim);
  return {
    code: 'flux' as const,
    ...about,
    within: [...about.within, HOST],
    data: { shim: shim.name, parent: shim.parent, addresses },
    evidence: evidenceOf(flux),
    remedies: [quietShim.request({ shim: shim.name })],
  };
}

function evidenceOf({ shim, settings, witness }: Flux): Evidence[] {
  return [
    ...(settings === undefined
      ? []
      : [
          {
            from: 'settings',
            says: `arp_ignore is ${settings.arpIgnore.toString()} and arp_filter ${settings.arpFilter.toString()}, the greater of ${shim.name} and all`,
          },
        ]),
    ...(witness === undefined
      ? []
      : [
          {
            from: 'neighbours',
            says: `${witness.label} knows ${witness.ip} under ${shim.mac}, the MAC of ${shim.name}`,
          },
        ]),
  ];
}
