// How full the kernel's ARP table is before anything is sent.
import { defineGatherer } from '../define-gatherer.js';
import { askArpTable } from './arp-table.js';

export default defineGatherer({
  meta: {
    id: 'neighbour-tables',
    title: 'The ARP table of all namespaces and its limit',
    provides: ['neighbourTable'],
    reads: ['RTM_GETNEIGHTBL in the host’s network namespace'],
  },
  gather: (host) => ({ neighbourTable: askArpTable(host) }),
});
