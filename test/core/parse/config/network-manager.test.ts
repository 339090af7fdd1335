import { describe, expect, it } from 'vitest';
import { networkManagerMacvlans } from '../../../../src/core/parse/config/network-manager.js';

const path = '/etc/NetworkManager/system-connections/mvshim.nmconnection';
const KEYFILE =
  '[connection]\nid=mvshim\ntype=macvlan\ninterface-name=mvshim\n\n[macvlan]\nmode=2\n';

describe('networkManagerMacvlans', () => {
  it('reads a connection of type macvlan', () => {
    expect(networkManagerMacvlans([{ path, text: KEYFILE }])).toEqual([
      { name: 'mvshim', manager: 'NetworkManager', path, isComplete: true },
    ]);
  });

  it('sees that nothing brings it up', () => {
    const text = KEYFILE.replace('[macvlan]', 'autoconnect=false\n[macvlan]');
    expect(networkManagerMacvlans([{ path, text }])).toMatchObject([
      { isComplete: false, gap: expect.stringContaining('autoconnect=false') as string },
    ]);
  });

  it('leaves other types alone', () => {
    const text = KEYFILE.replace('type=macvlan', 'type=ethernet');
    expect(networkManagerMacvlans([{ path, text }])).toEqual([]);
  });
});
