// What the host's links had received once the probes were done.
import { errorOf } from '../../../core/parse/rtnetlink/message.js';
import { parseTraffic, trafficRequest } from '../../../core/parse/rtnetlink/traffic.js';
import { known, unknown } from '../../../model/fact.js';
import { carriersOf } from '../carriers.js';
import { defineGatherer } from '../define-gatherer.js';

export default defineGatherer({
  meta: {
    id: 'traffic',
    title: 'Packets received by the host’s links after the probes',
    provides: ['traffic'],
    reads: ['RTM_GETLINK (IFLA_STATS64) in the host’s network namespace'],
  },
  gather({ netlink }, soFar) {
    if (!netlink) return { traffic: unknown('absent', 'counters are read on Linux only') };
    const answers = netlink.ask(null, [trafficRequest()]);
    if (answers.state !== 'known') return { traffic: answers };
    const [messages = []] = answers.value;
    const errno = errorOf(messages);
    if (errno !== undefined) {
      return { traffic: unknown('failed', `the kernel refused to tell (errno ${errno})`) };
    }
    const counters = parseTraffic(messages);
    const found = carriersOf(soFar).flatMap(({ ifname }) => {
      const counted = counters.get(ifname);
      return counted === undefined ? [] : [[ifname, counted] as const];
    });
    return { traffic: known(Object.fromEntries(found)) };
  },
});
