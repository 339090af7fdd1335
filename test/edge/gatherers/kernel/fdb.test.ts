import { describe, expect, it } from 'vitest';
import { request } from '../../../../src/core/parse/rtnetlink/message.js';
import fdb from '../../../../src/edge/gatherers/kernel/fdb.js';
import { known, unknown } from '../../../../src/model/fact.js';
import { fakeNetlinkHost } from '../../../support/namespaces-host.js';
import { bytes, recorded, valueOf } from '../../../support/netlink-bytes.js';

describe('fdb', () => {
  it('lists the host’s entries by link name', async () => {
    const host = fakeNetlinkHost({}, () => known([recorded('links'), recorded('fdb')]));
    const { fdb: fact } = await fdb.gather(host, {});
    expect(valueOf(fact).map(({ ifname }) => ifname)).toContain('eth0');
  });

  it('says when the kernel refuses or does not answer', async () => {
    const refusal = [request(2, bytes([4, -95]))];
    const refusing = fakeNetlinkHost({}, () => known([recorded('links'), refusal]));
    expect((await fdb.gather(refusing, {})).fdb).toMatchObject({ state: 'failed' });
    const mute = fakeNetlinkHost({}, () => unknown('failed', 'too late'));
    expect((await fdb.gather(mute, {})).fdb).toEqual(unknown('failed', 'too late'));
    expect((await fdb.gather({ ...mute, netlink: null }, {})).fdb.state).toBe('absent');
  });
});
