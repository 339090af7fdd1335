import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseBridgeFdb } from '../../../../src/core/parse/ip-json.js';
import { fdbRequest, parseFdb } from '../../../../src/core/parse/rtnetlink/fdb.js';
import { linkNames, parseLinks } from '../../../../src/core/parse/rtnetlink/link.js';
import { request } from '../../../../src/core/parse/rtnetlink/message.js';
import {
  bytes,
  hostileMessages,
  printed,
  recorded,
  valueOf,
} from '../../../support/netlink-bytes.js';

const NEWNEIGH = 28;
const names = linkNames(parseLinks(recorded('links')));

describe('parseFdb', () => {
  it('reads recorded entries as `bridge fdb` prints them', () => {
    const entries = parseFdb(recorded('fdb'), names);
    expect(entries).toStrictEqual(valueOf(parseBridgeFdb(printed('fdb'))));
    expect(entries).toContainEqual({
      mac: '01:00:5e:00:00:01',
      ifname: 'eth0',
      flags: ['self'],
      state: 'permanent',
    });
  });

  it.each([
    [0x80, 'permanent'],
    [0x40, 'static'],
    [0x04, 'stale'],
    [0x02, ''],
    [0x01, 'state=0x1'],
  ])('names state %i', (state, name) => {
    const header = Uint8Array.of(7, 0, 0, 0, ...bytes([4, 3], [2, state]), 0x12, 0);
    const message = request(NEWNEIGH, header, [[2, new Uint8Array(6)]]);
    expect(parseFdb([message], names)[0]).toMatchObject({
      state: name,
      flags: ['self', 'extern_learn'],
    });
  });

  it('never throws', () => {
    fc.assert(
      fc.property(hostileMessages(NEWNEIGH, recorded('fdb')), (messages) => {
        for (const one of parseFdb(messages, names)) expect(one.mac).not.toBe('');
      }),
    );
  });

  it('asks for the bridge family', () => {
    expect([...fdbRequest().subarray(4, 17)]).toEqual([30, 0, 1, 3, ...new Uint8Array(8), 7]);
  });
});
