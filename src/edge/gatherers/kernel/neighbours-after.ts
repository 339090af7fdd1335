// The neighbour tables again, once the probes are done: what the kernel learnt, or failed to learn, from their traffic.
import { linkNames } from '../../../core/parse/rtnetlink/link.js';
import { errorOf } from '../../../core/parse/rtnetlink/message.js';
import { neighboursRequest, parseNeighbours } from '../../../core/parse/rtnetlink/neighbour.js';
import { known, unknown } from '../../../model/fact.js';
import { isMacvlanKind } from '../../../model/link.js';
import type { Neighbour } from '../../../model/neighbour.js';
import type { Netns } from '../../../model/netns.js';
import type { Host } from '../../host/host.js';
import { askNetns } from '../../host/netns-path.js';
import { defineGatherer } from '../define-gatherer.js';

export default defineGatherer({
  meta: {
    id: 'neighbours-after',
    title: 'Neighbour tables after the probes',
    provides: ['neighboursAfter'],
    reads: ['RTM_GETNEIGH in the network namespaces that hold macvlan links, and the host’s'],
  },
  gather(host, { namespaces }) {
    if (namespaces?.state !== 'known') {
      return {
        neighboursAfter: unknown('failed', namespaces?.reason ?? 'namespaces were not read'),
      };
    }
    const tables = namespaces.value.flatMap((netns) => {
      const table = neighboursOf(host, netns);
      return table ? [[String(netns.inode), table] as const] : [];
    });
    return { neighboursAfter: known(Object.fromEntries(tables)) };
  },
});

/** Undefined for a namespace without macvlan links, and for one that could not be asked (again). */
function neighboursOf(host: Host, netns: Netns): Neighbour[] | undefined {
  if (netns.content.state !== 'known') return undefined;
  const { links } = netns.content.value;
  if (!netns.isHost && !links.some(isMacvlanKind)) return undefined;
  const answers = askNetns(host, netns, [neighboursRequest()]);
  if (answers.state !== 'known' || errorOf(answers.value[0] ?? []) !== undefined) return undefined;
  return parseNeighbours(answers.value[0] ?? [], linkNames(links));
}
