import { describe, expect, it } from 'vitest';
import { request } from '../../../../src/core/parse/rtnetlink/message.js';
import traffic from '../../../../src/edge/gatherers/kernel/traffic.js';
import { known, unknown } from '../../../../src/model/fact.js';
import { aSnapshot } from '../../../support/a-snapshot.js';
import { fakeNetlinkHost } from '../../../support/namespaces-host.js';
import { bytes, text, valueOf } from '../../../support/netlink-bytes.js';

function counted(name: string, packets: number): Uint8Array {
  const stats = bytes([4, packets], [4, 0]);
  return request(16, new Uint8Array(16), [
    [3, text(name)],
    [23, stats],
  ]);
}

const soFar = aSnapshot().parent('eth0').child('web').build().facts;

describe('traffic', () => {
  it('tells of cards and parents only', async () => {
    const answers = known([[counted('eth0', 7), counted('veth1', 8), counted('lo', 9)]]);
    const { traffic: fact } = await traffic.gather(
      fakeNetlinkHost({}, () => answers),
      soFar,
    );
    expect(valueOf(fact)).toEqual({ eth0: { rxPackets: 7 } });
  });

  it('says when the kernel refuses or does not answer', async () => {
    const refusing = fakeNetlinkHost({}, () => known([[request(2, bytes([4, -95]))]]));
    expect((await traffic.gather(refusing, soFar)).traffic).toMatchObject({ state: 'failed' });
    const mute = fakeNetlinkHost({}, () => unknown('failed', 'too late'));
    expect((await traffic.gather(mute, soFar)).traffic).toEqual(unknown('failed', 'too late'));
    expect((await traffic.gather({ ...mute, netlink: null }, soFar)).traffic.state).toBe('absent');
  });
});
