import { describe, expect, it } from 'vitest';
import setChildAddress from '../../../src/core/fixes/set-child-address.js';
import { aSnapshot, type SnapshotBuilder } from '../../support/a-snapshot.js';
import { attempt, linesOf, planOf } from './plan.js';

const SHARED = { address: '192.0.2.50/24' };
const request = setChildAddress.request({ child: 'eth0@old', address: '192.0.2.50', turn: 0 });
const siblings = (): SnapshotBuilder =>
  aSnapshot().parent('eth0').child('web', SHARED).child('old', SHARED).allHealthy();

describe('set-child-address', () => {
  it('moves the one, gives its gateway back, and lets the other announce itself', () => {
    const { steps, undo, notes } = planOf(request, siblings());
    expect(linesOf(steps)).toEqual([
      'ip -n old addr del 192.0.2.50/24 dev eth0',
      expect.stringMatching(/^ip -n old addr add 192\.0\.2\.\d+\/24 dev eth0$/u),
      'ip -n old route replace default via 192.0.2.1 dev eth0',
      'ip netns exec web sysctl -w net.ipv4.conf.eth0.arp_notify=1',
      expect.stringMatching(/^ip -n web link set dev eth0 address [\da-f:]{17}$/u),
    ]);
    expect(linesOf(undo).at(-1)).toBe(
      'ip netns exec web sysctl -w net.ipv4.conf.eth0.arp_notify=0',
    );
    expect(notes[0]).toContain('web keeps 192.0.2.50');
  });

  it('has nobody announce an address that only a device on the LAN keeps', () => {
    const given = aSnapshot().parent('eth0').child('old', SHARED).allHealthy();
    expect(linesOf(planOf(request, given).steps).join('\n')).not.toContain('arp_notify');
  });

  it('does not guess where no address is proven to be free', () => {
    const passive = aSnapshot().parent('eth0').child('web', SHARED).child('old', SHARED);
    expect(attempt(request, passive)).toHaveProperty('impossible');
  });
});
