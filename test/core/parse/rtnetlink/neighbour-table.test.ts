import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { request } from '../../../../src/core/parse/rtnetlink/message.js';
import {
  neighbourTablesRequest,
  parseNeighbourTable,
} from '../../../../src/core/parse/rtnetlink/neighbour-table.js';
import { bytes, hostileMessages, text } from '../../../support/netlink-bytes.js';

const RTM_NEWNEIGHTBL = 64;
const [AF_INET, AF_INET6] = [2, 10];
const [NAME, THRESH1, THRESH2, THRESH3] = [1, 2, 3, 4];
const [CONFIG, PARMS, STATS] = [5, 6, 7];

interface Table {
  readonly family?: number;
  readonly name?: string;
  readonly entries?: number;
}

/** As the kernel tells of the table as a whole: 300 refusals, the high half of the number too. */
function table({ family = AF_INET, name = 'arp_cache', entries = 12 }: Table = {}): Uint8Array {
  const stats = new Uint8Array(88);
  stats.set(bytes([4, 300], [4, 1]), 80);
  return request(RTM_NEWNEIGHTBL, Uint8Array.of(family, 0, 0, 0), [
    [NAME, text(name)],
    [THRESH1, bytes([4, 128])],
    [THRESH2, bytes([4, 512])],
    [THRESH3, bytes([4, 1024])],
    [CONFIG, bytes([2, 4], [2, 336], [4, entries], [4, 9], [4, 9])],
    [STATS, stats],
  ]);
}

/** The settings of one link: no limits in them. */
const ofLink = request(RTM_NEWNEIGHTBL, Uint8Array.of(AF_INET, 0, 0, 0), [
  [NAME, text('arp_cache')],
  [PARMS, bytes([2, 8], [2, 1], [4, 3])],
]);

describe('the ARP table', () => {
  it('is asked for as the IPv4 one', () => {
    const asked = neighbourTablesRequest();
    expect([asked[4], asked[16]]).toEqual([66, AF_INET]);
  });

  it('is told by one message among those of single links', () => {
    expect(parseNeighbourTable([ofLink, table(), ofLink])).toEqual({
      entries: 12,
      gcThresh1: 128,
      gcThresh2: 512,
      gcThresh3: 1024,
      tableFulls: 2 ** 32 + 300,
    });
  });

  it.each([
    ['nothing', []],
    ['links only', [ofLink]],
    ['the table of another family', [table({ family: AF_INET6 })]],
    ['another table', [table({ name: 'dn_neigh_cache' })]],
    ['a refusal', [request(2, bytes([4, -95]))]],
    ['half a message', [table().slice(0, 60)]],
  ])('is undefined when the kernel tells of %s', (_what, messages) => {
    expect(parseNeighbourTable(messages)).toBeUndefined();
  });

  it('survives whatever the kernel might send', () => {
    fc.assert(
      fc.property(hostileMessages(RTM_NEWNEIGHTBL, [table(), ofLink]), (messages) => {
        const numbers = Object.values(parseNeighbourTable(messages) ?? {}) as number[];
        expect(numbers.every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
      }),
    );
  });
});
