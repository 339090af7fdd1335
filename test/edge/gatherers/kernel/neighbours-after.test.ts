import { describe, expect, it } from 'vitest';
import neighboursAfter from '../../../../src/edge/gatherers/kernel/neighbours-after.js';
import { parseLinks } from '../../../../src/core/parse/rtnetlink/link.js';
import { known, unknown } from '../../../../src/model/fact.js';
import type { Link } from '../../../../src/model/link.js';
import type { Netns } from '../../../../src/model/netns.js';
import { fakeNetlinkHost } from '../../../support/namespaces-host.js';
import { recorded, valueOf } from '../../../support/netlink-bytes.js';

const withMacvlan = parseLinks(recorded('links'));

function netns(inode: number, links: readonly Link[], isHost = false): Netns {
  const content = { links };
  return {
    inode,
    isHost,
    mounts: isHost ? [] : [`/run/netns/${inode}`],
    processes: [],
    content: known(content as never),
  };
}

describe('neighbours-after', () => {
  it('asks the host and the namespaces with macvlan links, and leaves out what vanished', async () => {
    const inodes = { '/run/netns/2': 2, '/run/netns/3': 3, '/run/netns/4': 99 };
    const host = fakeNetlinkHost({ inodes }, () => known([recorded('neighbours')]));
    const namespaces = known([
      netns(1, [], true),
      netns(2, withMacvlan),
      netns(3, []),
      netns(4, withMacvlan),
      { ...netns(5, withMacvlan), content: unknown('denied', 'needs root') },
    ]);
    const tables = valueOf((await neighboursAfter.gather(host, { namespaces })).neighboursAfter);
    expect(Object.keys(tables)).toEqual(['1', '2']);
    expect(tables['2']).toContainEqual({ dst: '192.0.2.13', dev: 'eth0', state: ['FAILED'] });
  });

  it('needs the namespaces', async () => {
    const host = fakeNetlinkHost({}, () => known([]));
    expect((await neighboursAfter.gather(host, {})).neighboursAfter.state).toBe('failed');
  });
});
