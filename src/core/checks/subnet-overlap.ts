// Something else on this host claims addresses of a macvlan subnet.
import { claimsOn, macvlanSubnets, type Claim } from '../derive/addressing/overlap.js';
import { macvlanNetworksOn } from '../derive/topology/parents.js';
import { networkSubject } from '../derive/wording/subjects.js';
import { listOf } from '../derive/wording/victims.js';
import { defineCheck } from '../../model/check.js';
import type { Parent } from '../../model/topology.js';

interface Overlap {
  readonly parent: string;
  readonly subnets: readonly string[];
  readonly claims: readonly Claim[];
  /** ` of the children`, or of networks that nobody is on yet. */
  readonly who: string;
}

export default defineCheck({
  meta: {
    id: 'subnet-overlap',
    category: 'address',
    severity: 'fail',
    title: {
      pass: 'Nothing else on this host claims the subnets of the children',
      found: 'Something else on this host claims a subnet of the children',
    },
    needs: ['namespaces'],
    dependsOn: ['network-refused'],
    docs: {
      explain: `The children live in a subnet of the parent's LAN, and another network of this host has the same addresses: a bridge network of the engine that was given (or picked) 192.168.0.0/16, libvirt's default network, a VPN that brings a route to "the LAN" of the other end. Packets for the children's neighbours, or for the children themselves, then leave by the wrong link, depending on who sends them.

Compared are the subnets of children and macvlan networks with every other network of the engine and every route of the host, IPv4 and IPv6. No overlap is: the parent's own subnet and routes of shims on it; a default route; routes to single hosts; a wider route of a VPN, when the narrower one of the parent wins; the same LAN on a second network card; the bridge that a veth parent is plugged into; two macvlan networks that share one LAN with ip-ranges of their own; link-local addresses.

What does not help: metrics, when a narrower route is in the way; a static route inside the container. One of the two has to get another subnet.`,
      references: [
        'ip-route(8)',
        'docker network create --subnet',
        'dockerd(8), default-address-pools',
      ],
    },
  },
  messages: {
    overlap: ({ parent, subnets, claims, who }: Overlap) => ({
      what: `${sentenceStart(listOf(claims.map(({ subnet, by }) => `${by} claims ${subnet}`)))}: addresses of ${listOf(subnets)}, the LAN on ${parent}${who}.`,
      why: 'For the same addresses there are two directions, and which one is taken depends on who sends.',
      todo: 'Give the other network a subnet that is used nowhere else, or withdraw the route.',
    }),
  },
  evaluate(_facts, context) {
    const { parents } = context.topology;
    if (parents.every((parent) => macvlanSubnets(parent).length === 0)) {
      return { notApplicable: 'no macvlan subnets here' };
    }
    const findings = parents.flatMap((parent) => {
      const claims = claimsOn(parent, context);
      return claims.length === 0 ? [] : [findingFor(parent, claims)];
    });
    return { findings };
  },
});

function findingFor(parent: Parent, claims: readonly Claim[]) {
  const about = macvlanNetworksOn(parent);
  const networks = about.map(({ name }) => name);
  const isEmpty = parent.children.length === 0;
  return {
    code: 'overlap' as const,
    subject: { kind: 'parent' as const, name: parent.name },
    parts: isEmpty ? about.map((network) => networkSubject(network)) : [],
    data: {
      parent: parent.name,
      subnets: [...new Set(claims.map(({ against }) => against))],
      claims,
      who: isEmpty ? ` that network ${listOf(networks)} is for` : ' of the children',
    },
    evidence: claims.map(({ subnet, from, by, against }) => ({
      from,
      says: `${by}: ${subnet}; ${isEmpty ? `network ${listOf(networks)}` : 'the children'} on ${parent.name}: ${against}.`,
    })),
    advice: claims.map(({ from, by, subnet }) =>
      from === 'runtime'
        ? `Make ${by} anew with --subnet from a range that is used nowhere else, and set default-address-pools in the engine's configuration so that it does not pick ${subnet} again.`
        : `See what brings ${by} to ${subnet} (a VPN, libvirt, another engine), and have it use another subnet or leave this one out.`,
    ),
  };
}

function sentenceStart(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
