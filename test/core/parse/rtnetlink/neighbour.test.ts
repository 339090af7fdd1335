import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIpNeighbours } from '../../../../src/core/parse/ip-json.js';
import { linkNames, parseLinks } from '../../../../src/core/parse/rtnetlink/link.js';
import { request } from '../../../../src/core/parse/rtnetlink/message.js';
import { parseNeighbours } from '../../../../src/core/parse/rtnetlink/neighbour.js';
import {
  bytes,
  hostileMessages,
  printed,
  recorded,
  valueOf,
} from '../../../support/netlink-bytes.js';

const NEWNEIGH = 28;
const names = linkNames(parseLinks(recorded('links')));

function neighbour(state: number, flags = 0) {
  const header = Uint8Array.of(2, 0, 0, 0, ...bytes([4, 3], [2, state]), flags, 1);
  return request(NEWNEIGH, header, [[1, Uint8Array.of(192, 0, 2, 1)]]);
}

describe('parseNeighbours', () => {
  it('reads recorded neighbours as iproute2 prints them', () => {
    const found = parseNeighbours(recorded('neighbours'), names);
    expect(found).toStrictEqual(valueOf(parseIpNeighbours(printed('neighbours'))));
    expect(found).toContainEqual({
      dst: '192.0.2.8',
      dev: 'eth0',
      lladdr: '02:00:00:00:00:08',
      state: ['STALE'],
    });
    expect(found).toContainEqual({ dst: '192.0.2.13', dev: 'eth0', state: ['FAILED'] });
  });

  it.each([
    [0x01, 'INCOMPLETE'],
    [0x02, 'REACHABLE'],
    [0x04, 'STALE'],
    [0x08, 'DELAY'],
    [0x10, 'PROBE'],
    [0x20, 'FAILED'],
    [0x80, 'PERMANENT'],
  ])('names state %i', (state, name) => {
    expect(parseNeighbours([neighbour(state)], names)[0]?.state).toEqual([name]);
  });

  it('leaves out what needs no resolution, what was never looked for, and proxies', () => {
    expect(parseNeighbours([neighbour(0x40), neighbour(0), neighbour(0x80, 0x08)], names)).toEqual(
      [],
    );
    expect(parseNeighbours([neighbour(0, 0x10)], names)[0]?.state).toEqual(['NONE']);
  });

  it('never throws', () => {
    fc.assert(
      fc.property(hostileMessages(NEWNEIGH, recorded('neighbours')), (messages) => {
        for (const one of parseNeighbours(messages, names)) expect(one.state).not.toEqual([]);
      }),
    );
  });
});
