import { describe, expect, it } from 'vitest';
import { ifupdownLinks, ifupdownMacvlans } from '../../../../src/core/parse/config/ifupdown.js';

const path = '/etc/network/interfaces';
const HEAD = 'source /etc/network/interfaces.d/*\n\nauto lo\niface lo inet loopback\n\n';
const SHIM = `iface mvshim inet static
    address 192.0.2.250/32
    pre-up ip link add mvshim link eth0 type macvlan mode bridge
    up ip route replace 192.0.2.96/27 dev mvshim
    post-down ip link del mvshim
`;

describe('ifupdown', () => {
  it('reads the stanza that makes a shim', () => {
    const text = `${HEAD}auto eth0 mvshim\niface eth0 inet dhcp\n${SHIM}`;
    expect(ifupdownMacvlans([{ path, text }])).toEqual([
      { name: 'mvshim', manager: 'ifupdown', path, isComplete: true },
    ]);
    expect(ifupdownLinks([{ path, text }])).toEqual(['eth0', 'mvshim']);
  });

  it('sees that nothing brings it up, and takes auto from another file', () => {
    const file = { path, text: HEAD + SHIM };
    expect(ifupdownMacvlans([file])).toMatchObject([
      { isComplete: false, gap: 'no line "auto mvshim": nothing brings it up at boot' },
    ]);
    const other = { path: '/etc/network/interfaces.d/a', text: 'allow-hotplug mvshim' };
    expect(ifupdownMacvlans([file, other])).toMatchObject([{ isComplete: true }]);
  });

  it('knows $IFACE, and a link made in the parent’s stanza', () => {
    const own = SHIM.replace('add mvshim', 'add $IFACE');
    const parents =
      'auto eth0\niface eth0 inet dhcp\n  post-up ip link add b link eth0 type macvlan\n';
    expect(ifupdownMacvlans([{ path, text: `auto mvshim\n${own}${parents}` }])).toMatchObject([
      { name: 'mvshim', isComplete: true },
      { name: 'b', isComplete: true },
    ]);
  });

  it('leaves commands alone that run at the end, and comments', () => {
    const text = `auto a\niface a inet manual\n  down ip link add b link eth0 type macvlan\n# iface c inet dhcp\n`;
    expect(ifupdownMacvlans([{ path, text }])).toEqual([]);
    expect(ifupdownLinks([{ path, text }])).toEqual(['a']);
    expect(ifupdownLinks([{ path, text: HEAD }])).toEqual([]);
  });
});
