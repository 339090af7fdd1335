import { describe, expect, it } from 'vitest';
import { unitMacvlans } from '../../../../src/core/parse/config/systemd-units.js';

const path = '/etc/systemd/system/mvshim.service';
const UNIT = `[Unit]
After=network-online.target
[Service]
Type=oneshot
ExecStart=/sbin/ip link add mvshim link eth0 type macvlan mode bridge
ExecStart=/sbin/ip link set mvshim up
ExecStop=/sbin/ip link add nonsense link eth0 type macvlan
[Install]
WantedBy=multi-user.target
`;

describe('unitMacvlans', () => {
  it('reads the commands of a unit that is enabled', () => {
    const enabled = new Set(['mvshim.service']);
    expect(unitMacvlans([{ path, text: UNIT }], enabled)).toEqual([
      { name: 'mvshim', manager: 'unit', path, isComplete: true },
    ]);
  });

  it('sees that nothing starts it at boot', () => {
    expect(unitMacvlans([{ path, text: UNIT }], new Set())).toMatchObject([
      { isComplete: false, gap: 'the unit is not enabled: systemctl enable mvshim.service' },
    ]);
  });
});
