// How full the kernel's ARP table is once the probes are done, and whether it refused anybody meanwhile.
import { defineGatherer } from '../define-gatherer.js';
import { askArpTable } from './arp-table.js';

export default defineGatherer({
  meta: {
    id: 'neighbour-tables-after',
    title: 'The ARP table of all namespaces after the probes',
    provides: ['neighbourTableAfter'],
    reads: ['RTM_GETNEIGHTBL in the host’s network namespace'],
  },
  gather: (host) => ({ neighbourTableAfter: askArpTable(host) }),
});
