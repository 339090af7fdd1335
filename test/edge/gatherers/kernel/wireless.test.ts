import { describe, expect, it } from 'vitest';
import { request } from '../../../../src/core/parse/rtnetlink/message.js';
import wireless from '../../../../src/edge/gatherers/kernel/wireless.js';
import { known, unknown } from '../../../../src/model/fact.js';
import { fakeNetlinkHost } from '../../../support/namespaces-host.js';
import { bytes, recorded, text } from '../../../support/netlink-bytes.js';

const family = request(16, Uint8Array.of(1, 2, 0, 0), [
  [1, bytes([2, 40])],
  [2, text('nl80211')],
]);
const radio = request(40, Uint8Array.of(7, 1, 0, 0), [[4, text('wlan0')]]);

async function gathered(...generic: Parameters<typeof fakeNetlinkHost>[2] & object) {
  const host = fakeNetlinkHost({}, () => unknown('failed', 'not asked'), generic);
  return (await wireless.gather(host, {})).wireless;
}

describe('wireless', () => {
  it('knows that there is none where the family is not registered', async () => {
    expect(await gathered(known([recorded('families')]))).toEqual(known([]));
  });

  it('names the links', async () => {
    expect(await gathered(known([[family]]), known([[radio]]))).toEqual(known(['wlan0']));
  });

  it('passes on what went wrong', async () => {
    expect(await gathered(unknown('denied', 'no'))).toEqual(unknown('denied', 'no'));
    expect(await gathered(known([[family]]), unknown('failed', 'late'))).toMatchObject({
      reason: 'late',
    });
    const refusal = [request(2, bytes([4, -1]))];
    expect(await gathered(known([[family]]), known([refusal]))).toMatchObject({ state: 'failed' });
  });
});
