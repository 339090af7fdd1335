// Which address is offered for a shim, and which never is.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  chosenFreeAddress,
  freeAddressCandidates,
} from '../../../../src/core/derive/addressing/free-address.js';
import { contains } from '../../../../src/core/derive/addressing/subnets.js';
import { buildTopology } from '../../../../src/core/derive/topology/topology.js';
import type { Snapshot } from '../../../../src/model/snapshot.js';
import { aSnapshot } from '../../../support/a-snapshot.js';

function contextOf({ facts, scope, observations }: Snapshot) {
  const topology = buildTopology({ facts, scope });
  const parent = topology.parents[0];
  if (parent === undefined) throw new Error('the snapshot has no parent');
  return { context: { facts, topology, observations }, parent };
}

function candidates(given: { build: () => Snapshot }): readonly string[] {
  const { context, parent } = contextOf(given.build());
  return freeAddressCandidates(context.topology, parent, context.facts);
}

const lan = () => aSnapshot().parent('eth0', { gateway: '192.0.2.1' }).child('web');

describe('candidates', () => {
  it('come from the top of the subnet, four of them', () => {
    expect(candidates(lan())).toEqual(['192.0.2.254', '192.0.2.253', '192.0.2.252', '192.0.2.251']);
  });

  it('are nobody that is known: hosts, gateways, neighbours of any state, stopped containers, reserved ones', () => {
    const given = lan()
      .network({ name: 'lan', gateway: '192.0.2.254', aux: { nas: '192.0.2.253' } })
      .container('old', {
        endpoints: [{ networkId: 'net-lan', networkName: 'lan', ipv4: '192.0.2.252/24' }],
      })
      .hostNeighbour({ dst: '192.0.2.251', dev: 'eth0', state: ['FAILED'] })
      .hostLink('dummy0', { address: '192.0.2.250/32' })
      .hostRoute({ dst: '192.0.2.249', dev: 'eth0' })
      .child('db', {
        address: '192.0.2.248/24',
        neighbours: [{ dst: '192.0.2.247', state: ['STALE'] }],
      });
    expect(candidates(given)[0]).toBe('192.0.2.246');
  });

  it('begin with one that the network keeps for a shim, unless somebody has it', () => {
    const given = (ip: string) =>
      lan().network({ name: 'lan', gateway: '192.0.2.1', aux: { 'mvd-shim': ip } });
    expect(candidates(given('192.0.2.77'))).toEqual([
      '192.0.2.77',
      '192.0.2.254',
      '192.0.2.253',
      '192.0.2.252',
    ]);
    const had = given('192.0.2.77').hostNeighbour({
      dst: '192.0.2.77',
      dev: 'eth0',
      state: ['STALE'],
    });
    expect(candidates(had)[0]).toBe('192.0.2.254');
    expect(candidates(given('198.51.100.77'))[0]).toBe('192.0.2.254');
  });

  it('lie outside every ip-range while there is room', () => {
    const upper = lan().network({ name: 'lan', ipRange: '192.0.2.128/25' });
    expect(candidates(upper)[0]).toBe('192.0.2.127');
    const all = lan().network({ name: 'lan', ipRange: '192.0.2.0/24' });
    expect(candidates(all)[0]).toBe('192.0.2.254');
  });

  it('are neighbours in the eyes of the host and of the child', () => {
    const narrow = aSnapshot().parent('eth0').child('web', { address: '192.0.2.50/25' });
    expect(candidates(narrow)[0]).toBe('192.0.2.126');
    const wide = aSnapshot().parent('eth0').child('web', { address: '192.0.2.50/16' });
    expect(candidates(wide)[0]).toBe('192.0.2.254');
  });

  it("take the host's subnet for single addresses, and a network's when there is no child", () => {
    const single = aSnapshot().parent('eth0').child('web', { address: '192.0.2.50/32' });
    expect(candidates(single)[0]).toBe('192.0.2.254');
    const planned = aSnapshot().parent('eth0').network({ name: 'lan', subnet: '10.1.0.0/16' });
    expect(candidates(planned)[0]).toBe('10.1.255.254');
  });

  it('are none where there is no IPv4 subnet, or no room', () => {
    expect(candidates(aSnapshot().parent('eth0').child('web', { address: [] }))).toEqual([]);
    const full = aSnapshot()
      .parent('eth0', { address: '192.0.2.9/30' })
      .child('web', { address: '192.0.2.10/30' });
    expect(candidates(full)).toEqual([]);
  });

  it('are always in the subnet, never its ends, and never known', () => {
    const octet = fc.integer({ min: 1, max: 254 });
    fc.assert(
      fc.property(
        fc.integer({ min: 20, max: 30 }),
        octet,
        fc.array(octet, { maxLength: 40 }),
        (length, own, met) => {
          const given = aSnapshot()
            .parent('eth0', { address: `10.0.0.${own}/${length}` })
            .child('web', { address: `10.0.0.${own}/${length}`, gateway: null });
          for (const one of met)
            given.hostNeighbour({ dst: `10.0.0.${one}`, dev: 'eth0', state: ['STALE'] });
          for (const ip of candidates(given)) {
            expect(contains(`10.0.0.${own}/${length}`, ip)).toBe(true);
            expect([own, ...met].map((one) => `10.0.0.${one}`)).not.toContain(ip);
            expect(ip.endsWith('.255') && length >= 24).toBe(false);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('the chosen one', () => {
  const choose = (given: { build: () => Snapshot }) => {
    const { context, parent } = contextOf(given.build());
    return chosenFreeAddress(context, parent);
  };

  it('was asked for and stayed silent', () => {
    expect(choose(lan().allHealthy())).toBe('192.0.2.254');
    expect(choose(lan().allHealthy().answered('free-address-arp', { target: '192.0.2.254' }))).toBe(
      '192.0.2.253',
    );
  });

  it('is none when nobody asked, everybody answered, or the asking failed', () => {
    expect(choose(lan())).toBeUndefined();
    expect(choose(lan().answered('free-address-arp'))).toBeUndefined();
    expect(choose(lan().failed('free-address-arp', {}, 'no socket'))).toBeUndefined();
  });

  it('is not one that turned up among the neighbours meanwhile', () => {
    const given = lan()
      .allHealthy()
      .neighbourAfter('host', {
        dst: '192.0.2.254',
        dev: 'eth0',
        lladdr: '52:54:00:00:00:99',
        state: ['STALE'],
      });
    expect(choose(given)).toBe('192.0.2.253');
  });
});
