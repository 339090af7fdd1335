import { describe, expect, it } from 'vitest';
import { askNetns, netnsPath } from '../../../src/edge/host/netns-path.js';
import { known, unknown } from '../../../src/model/fact.js';
import { fakeFiles, fakeNetlinkHost } from '../../support/namespaces-host.js';

const WEB = {
  inode: 7,
  isHost: false,
  mounts: ['/run/netns/web'],
  processes: [
    { pid: 40, comm: 'a' },
    { pid: 50, comm: 'b' },
  ],
};

describe('netnsPath', () => {
  it('is the first path that leads there now', () => {
    const path = (inodes: Record<string, number>) => netnsPath(fakeFiles({ inodes }), WEB);
    expect(path({ '/run/netns/web': 7 })).toBe('/run/netns/web');
    expect(path({ '/run/netns/web': 8, '/proc/50/ns/net': 7 })).toBe('/proc/50/ns/net');
    expect(path({ '/proc/40/ns/net': 8 })).toBeUndefined();
    expect(netnsPath(fakeFiles({}), { ...WEB, isHost: true })).toBeNull();
  });
});

describe('askNetns', () => {
  it('asks at that path, and says when there is none', () => {
    const asked: (string | null)[] = [];
    const ask = (path: string | null) => {
      asked.push(path);
      return known([]);
    };
    const host = fakeNetlinkHost({ inodes: { '/run/netns/web': 7 } }, ask);
    expect(askNetns(host, WEB, [])).toEqual(known([]));
    expect(asked).toEqual(['/run/netns/web']);
    expect(askNetns(fakeNetlinkHost({}, ask), WEB, [])).toEqual(
      unknown('failed', 'the network namespace has vanished'),
    );
    expect(askNetns({ ...host, netlink: null }, WEB, []).state).toBe('absent');
  });
});
