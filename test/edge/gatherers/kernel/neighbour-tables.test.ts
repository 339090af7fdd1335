import { describe, expect, it } from 'vitest';
import { request } from '../../../../src/core/parse/rtnetlink/message.js';
import neighbourTables from '../../../../src/edge/gatherers/kernel/neighbour-tables.js';
import neighbourTablesAfter from '../../../../src/edge/gatherers/kernel/neighbour-tables-after.js';
import { known, unknown } from '../../../../src/model/fact.js';
import { fakeNetlinkHost } from '../../../support/namespaces-host.js';
import { bytes, text } from '../../../support/netlink-bytes.js';

const table = request(64, Uint8Array.of(2, 0, 0, 0), [
  [1, text('arp_cache')],
  [4, bytes([4, 1024])],
  [5, bytes([4, 0], [4, 12])],
  [7, new Uint8Array(88)],
]);

describe('neighbour tables', () => {
  it('are read before and after', async () => {
    const host = fakeNetlinkHost({}, () => known([[table]]));
    const told = known({ entries: 12, gcThresh3: 1024, tableFulls: 0 });
    expect(await neighbourTables.gather(host, {})).toEqual({ neighbourTable: told });
    expect(await neighbourTablesAfter.gather(host, {})).toEqual({ neighbourTableAfter: told });
  });

  it.each([
    ['refuses', known([[request(2, bytes([4, -95]))]]), 'failed'],
    ['tells nothing', known([[]]), 'failed'],
    ['is not to be asked', unknown('denied', 'no'), 'denied'],
  ])('say so when the kernel %s', async (_what, answer, state) => {
    const host = fakeNetlinkHost({}, () => answer);
    expect((await neighbourTables.gather(host, {})).neighbourTable.state).toBe(state);
  });

  it('are a thing of Linux', async () => {
    const elsewhere = { ...fakeNetlinkHost({}, () => known([])), netlink: null };
    expect((await neighbourTables.gather(elsewhere, {})).neighbourTable.state).toBe('absent');
  });
});
