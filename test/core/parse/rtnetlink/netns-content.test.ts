import { describe, expect, it } from 'vitest';
import { request } from '../../../../src/core/parse/rtnetlink/message.js';
import {
  firstRequests,
  parseFirst,
  parseRest,
  parseSettings,
  restRequests,
} from '../../../../src/core/parse/rtnetlink/netns-content.js';
import { bytes, recorded } from '../../../support/netlink-bytes.js';

const refusal = [request(2, bytes([4, -95]))];

describe('the first look', () => {
  it('is links and the id of the host', () => {
    expect(firstRequests(3)).toHaveLength(2);
    expect(parseFirst([recorded('links'), recorded('nsid')])).toMatchObject({
      links: { length: expect.any(Number) as number },
      hostNsid: expect.any(Number) as number,
    });
  });

  it('fails only when the links are refused', () => {
    expect(parseFirst([refusal, []])).toEqual({ errno: 95 });
    expect(parseFirst([[], refusal])).toEqual({ links: [], hostNsid: null });
  });
});

describe('the rest', () => {
  it('is in the order of the requests, and empty where the kernel refuses', () => {
    const answers = [
      recorded('addresses'),
      recorded('routes'),
      refusal,
      recorded('neighbours'),
      refusal,
    ];
    expect(restRequests()).toHaveLength(answers.length);
    const rest = parseRest(answers, []);
    expect(rest.rules).toEqual([]);
    expect(rest.addresses.length).toBeGreaterThan(5);
    expect(rest.routes.length).toBeGreaterThan(5);
    expect(rest.neighbours.length).toBeGreaterThan(2);
    const { links, all } = parseSettings([recorded('links')], answers);
    expect(Object.keys(links)).toContain('eth0');
    expect(all).toBeUndefined();
  });
});
