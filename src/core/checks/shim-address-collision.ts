// An address of a shim that somebody else has, or that the container engine is about to hand out.
import { defineCheck } from '../../model/check.js';
import type { IpamPool } from '../../model/runtime-network.js';
import type { Shim } from '../../model/topology.js';
import { sharedWithShims } from '../derive/owners/contested.js';
import { awaitedOn, type Endangered, endangeredOn } from '../derive/owners/hand-out.js';
import { rivalsOn, shimsLeftOpen } from '../derive/owners/shim-owners.js';
import {
  reportAwaited,
  reportChildren,
  reportEndangered,
  reportStranger,
} from '../derive/owners/shim-reports.js';
import { ipv4Of } from '../derive/probing/probe-targets.js';
import { upOnes } from '../derive/topology/parents.js';
import { groupBy, listOf } from '../derive/wording/victims.js';
import moveShimAddress from '../fixes/move-shim-address.js';
import recreateNetwork from '../fixes/recreate-network.js';

interface Taken {
  readonly shim: string;
  readonly ip: string;
  readonly owners: readonly string[];
}

interface Reserved {
  readonly shim: string;
  readonly ip: string;
  readonly network: string;
  readonly turn: number;
}

export default defineCheck({
  meta: {
    id: 'shim-address-collision',
    category: 'shim',
    severity: 'fail',
    title: {
      pass: 'The addresses of shims are theirs alone',
      found: 'The address of a shim is somebody else’s too, or will be',
    },
    needs: ['namespaces'],
    dependsOn: ['parent-down', 'parent-no-carrier', 'parent-enslaved'],
    docs: {
      explain: `The shim needs an address that nobody else has. The container engine does not know of it: to it every address of its range is free that none of its containers has, unless it is named as an aux-address. Nor does the DHCP server of the router know. Weeks later a container, or somebody's telephone, gets the very address of the shim, and the host loses its children now and then.

Found when a child of this host has the address, or when a device on the LAN answers for it. The shim itself does not hear its parent, so an answer with another MAC is another owner; machines that answer for every address (proxy ARP) are told apart. A warning is given when the engine will get to the address soon. Docker hands out the lowest free address and Podman the one after the last, so what counts is how many containers away it is: 32 in a range that was named with --ip-range, which is meant to be filled, and 8 where the range is the whole subnet. A shim at .250 above three containers at .2 to .4 is quiet.

What does not help: stopping the container, which comes back. Take an address outside the ip-range and outside the DHCP pool, or name the shim's as an aux-address when the network is made.`,
      references: ['docker network create --aux-address', 'RFC 5227'],
    },
  },
  messages: {
    child: ({ shim, ip, owners }: Taken) => ({
      what: `${shim} has the address ${ip}, and so ${owners.length === 1 ? 'has' : 'have'} ${listOf(owners)}.`,
      why: 'The host keeps what is meant for that address to itself, and the LAN gets two answers to one question.',
      todo: `Give ${shim} an address that nobody has.`,
    }),
    lan: ({ shim, ip, owners }: Taken) => ({
      what: `${shim} has the address ${ip}, for which ${listOf(owners)} answers on the LAN as well.`,
      why: 'The children send what is meant for this host now to the shim and now to that device.',
      todo: `Give ${shim} an address that nobody has, or find the device and change its own.`,
    }),
    awaited: ({ shim, ip, owners }: Taken) => ({
      what: `${shim} has the address ${ip} of ${listOf(owners)}, which does not run at the moment.`,
      why: 'Once it starts, two have the address, and the host loses its children now and then.',
      todo: `Give ${shim} an address that nobody has.`,
    }),
    'reserved-nowhere': ({ shim, ip, network, turn }: Reserved) => ({
      what: `${ip}, the address of ${shim}, lies in what network ${network} hands out, and is reserved nowhere.`,
      why: `${turn === 1 ? 'The next new container gets it' : `The engine gets to it with ${turn} more containers`}, and the host then loses its children now and then.`,
      todo: `Give ${shim} an address outside the range, or reserve this one as an aux-address.`,
    }),
  },
  evaluate(_facts, context) {
    const { parents } = context.topology;
    const inUse = parents.filter(({ shims }) =>
      upOnes(shims).some((one) => ipv4Of(one).length > 0),
    );
    if (inUse.length === 0) return { notApplicable: 'no shim with an address here' };
    const looked = inUse.map((parent) => ({ parent, strangers: rivalsOn(parent, context) }));
    const taken = looked.flatMap(({ parent, strangers }) => [
      ...groupBy(sharedWithShims(parent), ({ shim, ip }) => `${shim.name} ${ip}`).map(([, ones]) =>
        reportChildren(ones),
      ),
      ...strangers
        .filter(({ standing }) => standing === 'owner')
        .map((one) => reportStranger(one, parent, context)),
    ]);
    const isFree = ({ shim }: { readonly shim: Shim }): boolean =>
      !taken.some(({ subject }) => subject.name === shim.name);
    const awaited = inUse.flatMap((parent) => awaitedOn(parent, context)).filter(isFree);
    const endangered = inUse
      .flatMap((parent) => endangeredOn(parent, context))
      .filter((one) => isFree(one) && !awaited.some(({ ip }) => ip === one.ip));
    const said = [...taken, ...awaited.map((one) => reportAwaited(one))];
    return {
      findings: [
        ...said.map((finding) => ({ ...finding, remedies: [moved(finding.data)] })),
        ...endangered.map((one) => {
          const finding = reportEndangered(one);
          return { ...finding, remedies: [moved(finding.data), reserved(one)] };
        }),
      ],
      undetermined: looked.flatMap(({ parent, strangers }) =>
        shimsLeftOpen(parent, strangers, context),
      ),
    };
  },
});

function moved({ shim, ip }: Pick<Taken, 'shim' | 'ip'>) {
  return moveShimAddress.request({ shim, address: ip });
}

function reserved({ shim, ip, network, pool: { subnet } }: Endangered) {
  const withShim = (one: IpamPool): IpamPool =>
    one.subnet === subnet
      ? { ...one, auxAddresses: { ...one.auxAddresses, [shim.name]: ip } }
      : one;
  return recreateNetwork.request({ network, change: { pool: withShim } });
}
