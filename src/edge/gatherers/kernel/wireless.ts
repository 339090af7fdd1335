// Which of the host's links are wireless.
import {
  familiesRequest,
  parseNl80211Family,
  parseWireless,
  wirelessRequest,
} from '../../../core/parse/rtnetlink/nl80211.js';
import { errorOf } from '../../../core/parse/rtnetlink/message.js';
import { type Fact, known, unknown } from '../../../model/fact.js';
import type { NetlinkDoor } from '../../host/host.js';
import { defineGatherer } from '../define-gatherer.js';

export default defineGatherer({
  meta: {
    id: 'wireless',
    title: 'Wireless links',
    provides: ['wireless'],
    reads: ['generic netlink families', 'NL80211_CMD_GET_INTERFACE'],
  },
  gather({ netlink }) {
    if (!netlink) return { wireless: unknown('absent', 'wireless links are listed on Linux only') };
    return { wireless: wirelessLinks(netlink) };
  },
});

/** Without the wireless stack (it is not loaded for our sake) there are no wireless links. */
function wirelessLinks(netlink: NetlinkDoor): Fact<string[]> {
  const families = netlink.askGeneric([familiesRequest()]);
  if (families.state !== 'known') return families;
  const family = parseNl80211Family(families.value[0] ?? []);
  if (family === undefined) return known([]);
  const answers = netlink.askGeneric([wirelessRequest(family)]);
  if (answers.state !== 'known') return answers;
  const errno = errorOf(answers.value[0] ?? []);
  return errno === undefined
    ? known(parseWireless(answers.value[0] ?? [], family))
    : unknown('failed', `the kernel refused to list wireless links (errno ${errno})`);
}
