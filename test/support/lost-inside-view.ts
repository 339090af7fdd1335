// A child whose gateway answers its own ARP request on the parent's tap, and whose table stays without the MAC.
import { known } from '../../src/model/fact.js';
import type { DroppingRule } from '../../src/model/filter.js';
import type { NudState } from '../../src/model/neighbour.js';
import type { SnapshotBuilder } from './a-snapshot.js';

const GATEWAY = '192.0.2.1';

interface Swallowed {
  readonly forIp?: string;
  readonly state?: NudState;
}

/** The child `web` at 192.0.2.50; `forIp` is whom the answer names. */
export function swallowed(
  builder: SnapshotBuilder,
  parent: string,
  { forIp = '192.0.2.50', state = 'INCOMPLETE' }: Swallowed = {},
): SnapshotBuilder {
  const mac = '02:42:c0:00:02:10';
  return builder
    .allHealthy()
    .silent('gateway-icmp', { child: 'web' })
    .observed({
      probe: 'gateway-arp-child',
      from: 'child:eth0@web',
      to: `gateway:${GATEWAY}`,
      parent,
      child: 'eth0@web',
      target: GATEWAY,
      send: {
        kind: 'arp',
        device: parent,
        ethernetSource: mac,
        senderMac: mac,
        senderIp: '0.0.0.0',
      },
      expect: 'answer',
      sent: 1,
      replies: [
        { rttMs: 0.4, mac: '52:54:00:aa:00:01', forIp: '0.0.0.0' },
        { rttMs: 0.5, mac: '52:54:00:aa:00:01', forIp },
      ],
    })
    .neighbourAfter('web', { dst: GATEWAY, dev: 'eth0', state: [state] });
}

/** Rules that were read in the namespace of a child, or of the host. */
export function readIn(
  builder: SnapshotBuilder,
  place: string,
  dropping: readonly DroppingRule[],
): SnapshotBuilder {
  const { facts } = builder.build();
  const namespaces = facts.namespaces.state === 'known' ? facts.namespaces.value : [];
  const netns = namespaces.find(({ isHost, mounts }) =>
    place === 'host' ? isHost : mounts.some((mount) => mount.endsWith(place)),
  );
  return builder.fact('filters', known({ [String(netns?.inode)]: { dropping } }));
}
