// The receive filters of the host's links: they hold the MAC of every macvlan link on a parent.
import { fdbRequest, parseFdb } from '../../../core/parse/rtnetlink/fdb.js';
import { linkNames, linksRequest, parseLinks } from '../../../core/parse/rtnetlink/link.js';
import { errorOf } from '../../../core/parse/rtnetlink/message.js';
import { known, unknown } from '../../../model/fact.js';
import { defineGatherer } from '../define-gatherer.js';

export default defineGatherer({
  meta: {
    id: 'fdb',
    title: 'Receive filters of the host’s links',
    provides: ['fdb'],
    reads: ['RTM_GETNEIGH (PF_BRIDGE) in the host’s network namespace'],
  },
  gather({ netlink }) {
    if (!netlink) return { fdb: unknown('absent', 'receive filters are read on Linux only') };
    const answers = netlink.ask(null, [linksRequest(), fdbRequest()]);
    if (answers.state !== 'known') return { fdb: answers };
    const [links = [], entries = []] = answers.value;
    const errno = errorOf(entries);
    if (errno !== undefined) {
      return { fdb: unknown('failed', `the kernel refused to list them (errno ${errno})`) };
    }
    return { fdb: known(parseFdb(entries, linkNames(parseLinks(links)))) };
  },
});
