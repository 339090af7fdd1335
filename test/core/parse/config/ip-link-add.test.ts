import { describe, expect, it } from 'vitest';
import { macvlanNames } from '../../../../src/core/parse/config/ip-link-add.js';

describe('macvlanNames', () => {
  it.each([
    ['ip link add mvshim link eth0 type macvlan mode bridge', ['mvshim']],
    ['ip link add link eth0 name mvshim type macvlan mode bridge', ['mvshim']],
    ['/sbin/ip link add dev mvshim link eth0 address 02:00:00:00:00:01 type macvlan', ['mvshim']],
    ['ip link add link eth0 mvshim mtu 1400 type macvtap mode bridge', ['mvshim']],
    ['ip l a mvshim link eth0 type macvlan', ['mvshim']],
    ['/bin/sh -c "ip link add \'mv shim\' link eth0 type macvlan"', ['mv']],
    ['ip link add a link eth0 type macvlan && ip link add b link eth0 type macvlan', ['a', 'b']],
    ['ip link add a \\\n  link eth0 type macvlan', ['a']],
    ['# ip link add a link eth0 type macvlan', []],
    ['ip link add a link eth0 type vlan id 3', []],
    ['ip link set a up; ip link show type macvlan', []],
    ['ip link add link type macvlan', []],
    ['', []],
  ])('%j makes %j', (text, names) => {
    expect(macvlanNames(text)).toEqual(names);
  });
});
