import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { request } from '../../../../src/core/parse/rtnetlink/message.js';
import {
  familiesRequest,
  parseNl80211Family,
  parseWireless,
  wirelessRequest,
} from '../../../../src/core/parse/rtnetlink/nl80211.js';
import { bytes, hostileMessages, recorded, text } from '../../../support/netlink-bytes.js';

const GENL_ID_CTRL = 16;
const FAMILY = 40;

function family(id: number, name: string) {
  return request(GENL_ID_CTRL, Uint8Array.of(1, 2, 0, 0), [
    [2, text(name)],
    [1, bytes([2, id])],
  ]);
}

describe('parseNl80211Family', () => {
  it('finds the family among all', () => {
    const families = [...recorded('families'), family(FAMILY, 'nl80211')];
    expect(parseNl80211Family(families)).toBe(FAMILY);
  });

  it('finds none on a machine without a wireless stack', () => {
    expect(recorded('families').length).toBeGreaterThan(5);
    expect(parseNl80211Family(recorded('families'))).toBeUndefined();
  });

  it('never throws', () => {
    fc.assert(
      fc.property(hostileMessages(GENL_ID_CTRL, recorded('families')), (messages) => {
        expect(parseNl80211Family(messages) ?? 1).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('parseWireless', () => {
  it('names the links', () => {
    const radio = (attached: readonly (readonly [number, Uint8Array])[]) =>
      request(FAMILY, Uint8Array.of(7, 1, 0, 0), attached);
    const messages = [radio([[4, text('wlan1')]]), radio([[4, text('wlan0')]]), radio([])];
    expect(parseWireless(messages, FAMILY)).toEqual(['wlan0', 'wlan1']);
  });

  it('asks in dumps: a family asked for by name would load a module', () => {
    expect([...familiesRequest()]).toEqual([
      20,
      0,
      0,
      0,
      16,
      0,
      1,
      3,
      ...new Uint8Array(8),
      3,
      1,
      0,
      0,
    ]);
    expect([...wirelessRequest(FAMILY).subarray(4, 17)]).toEqual([
      FAMILY,
      0,
      1,
      3,
      ...new Uint8Array(8),
      5,
    ]);
  });
});
