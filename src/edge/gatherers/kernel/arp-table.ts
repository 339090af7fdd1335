// Asks the kernel for the limits and the filling of the ARP table that all namespaces share.
import { errorOf } from '../../../core/parse/rtnetlink/message.js';
import {
  neighbourTablesRequest,
  parseNeighbourTable,
} from '../../../core/parse/rtnetlink/neighbour-table.js';
import { type Fact, known, unknown } from '../../../model/fact.js';
import type { NeighbourTable } from '../../../model/neighbour.js';
import type { Host } from '../../host/host.js';

/** Any namespace's answer tells of the whole table. */
export function askArpTable({ netlink }: Pick<Host, 'netlink'>): Fact<NeighbourTable> {
  if (!netlink) return unknown('absent', 'the ARP table is read on Linux only');
  const answers = netlink.ask(null, [neighbourTablesRequest()]);
  if (answers.state !== 'known') return answers;
  const [messages = []] = answers.value;
  const table = parseNeighbourTable(messages);
  if (table !== undefined) return known(table);
  const errno = errorOf(messages);
  return unknown(
    'failed',
    errno === undefined
      ? 'the kernel told nothing of its ARP table'
      : `the kernel refused to tell of its ARP table (errno ${errno.toString()})`,
  );
}
