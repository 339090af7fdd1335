import { describe, expect, it } from 'vitest';
import namespaces from '../../../../src/edge/gatherers/kernel/namespaces.js';
import { known, unknown } from '../../../../src/model/fact.js';
import { closedNetns, type FakeFiles, fakeNetlinkHost } from '../../../support/namespaces-host.js';
import { bytes, recorded, valueOf } from '../../../support/netlink-bytes.js';
import { request } from '../../../../src/core/parse/rtnetlink/message.js';

const [HOST, WEB, BARE, GONE] = [4_026_531_840, 4_026_532_100, 4_026_532_200, 4_026_532_300];

const FILES: FakeFiles = {
  folders: {
    '/proc': ['10', '2', '7', '8', '9', 'self', 'net', '11'],
    '/run/netns': ['bare', 'left-over'],
  },
  links: {
    '/proc/2/ns/net': `net:[${HOST}]`,
    '/proc/7/ns/net': `net:[${WEB}]`,
    '/proc/8/ns/net': `net:[${WEB}]`,
    '/proc/9/ns/net': `net:[${WEB}]`,
    '/proc/10/ns/net': `net:[${WEB}]`,
    '/proc/11/ns/net': `net:[${GONE}]`,
  },
  texts: {
    '/proc/2/comm': 'systemd\n',
    '/proc/7/comm': 'nginx\n',
    '/proc/8/comm': 'nginx\n',
    '/proc/11/comm': 'short-lived\n',
    '/proc/self/mountinfo': `300 25 0:4 net:[${BARE}] /run/netns/bare rw - nsfs nsfs rw`,
  },
  inodes: {
    '/proc/self/ns/net': HOST,
    '/proc/7/ns/net': WEB,
    '/run/netns/bare': BARE,
    '/run/netns/left-over': 1234,
  },
};

const loOnly = [recorded('links').slice(0, 1), []];
const full = [recorded('links'), recorded('nsid')];
const netconf = [2, 3, 5].map((type) => [type, bytes([4, 0])] as const);
const rest = [
  ...['addresses', 'routes', 'rules', 'neighbours'].map(recorded),
  [request(80, Uint8Array.of(2, 0, 0, 0), netconf)],
];

function hostThat(web: 'answers' | 'denies' | 'refuses') {
  return fakeNetlinkHost(FILES, (path, requests) => {
    if (path === '/run/netns/bare') return known(loOnly);
    if (path !== null && web === 'denies') return unknown('denied', 'needs root');
    if (web === 'refuses') return known([[request(2, bytes([4, -95]))], []]);
    return known(requests.length === 2 ? full : rest);
  });
}

describe('namespaces', () => {
  it('finds them by process and by mount, ours first, and keeps those with macvlan links only', async () => {
    const { namespaces: fact } = await namespaces.gather(hostThat('answers'), {});
    const found = valueOf(fact);
    expect(found.map(({ inode, isHost, mounts }) => [inode, isHost, mounts])).toEqual([
      [HOST, true, []],
      [WEB, false, []],
    ]);
    expect(JSON.stringify(found)).not.toMatch(/bare|short-lived/);
    expect(found[1]?.processes).toEqual([
      { pid: 7, comm: 'nginx' },
      { pid: 8, comm: 'nginx' },
    ]);
    const contents = found.map(({ content }) => valueOf(content));
    for (const { routes } of contents) expect(routes.length).toBeGreaterThan(5);
  });

  it('adds the IPv4 settings of each, read inside it, and none where they could not be read', async () => {
    const asked: (string | null)[] = [];
    const netns = {
      ...closedNetns,
      readTexts: (path: string | null, paths: readonly string[]) => {
        asked.push(path);
        return path === null ? known(paths.map(() => known('1\n'))) : unknown('failed', 'gone');
      },
    };
    const { namespaces: fact } = await namespaces.gather({ ...hostThat('answers'), netns }, {});
    const [host, web] = valueOf(fact).map(({ content }) => valueOf(content));
    expect(asked).toEqual([null, '/proc/7/ns/net']);
    expect(host?.ipv4).toMatchObject({ all: { arp_ignore: 1 }, ignoresEcho: true });
    expect(Object.keys(host?.ipv4?.links ?? {})).toContain('eth0');
    expect(web).not.toHaveProperty('ipv4');
  });

  it('keeps a namespace that it may not enter, and says why', async () => {
    const { namespaces: fact } = await namespaces.gather(hostThat('denies'), {});
    const [host, web] = valueOf(fact);
    expect(host?.content.state).toBe('known');
    expect(web?.content).toEqual({ state: 'denied', reason: 'needs root' });
  });

  it('says when the kernel refuses', async () => {
    const { namespaces: fact } = await namespaces.gather(hostThat('refuses'), {});
    expect(valueOf(fact)[0]?.content).toMatchObject({ state: 'failed' });
  });

  it('is absent where there is no Linux, and unknown without /proc', async () => {
    const elsewhere = { ...hostThat('answers'), netlink: null };
    expect((await namespaces.gather(elsewhere, {})).namespaces.state).toBe('absent');
    const bare = fakeNetlinkHost({}, () => known([]));
    expect((await namespaces.gather(bare, {})).namespaces.state).toBe('absent');
  });
});
