import { describe, expect, it } from 'vitest';
import routeLookups from '../../../../src/edge/gatherers/kernel/route-lookups.js';
import { type Fact, known, unknown } from '../../../../src/model/fact.js';
import type { Link } from '../../../../src/model/link.js';
import type { Netns, NetnsContent } from '../../../../src/model/netns.js';
import { fakeNetlinkHost } from '../../../support/namespaces-host.js';
import { recorded, valueOf } from '../../../support/netlink-bytes.js';

const child = {
  ifindex: 2,
  ifname: 'eth0',
  link_index: 5,
  link_netnsid: 0,
  linkinfo: { info_kind: 'macvlan' },
} as Link;

function netns(inode: number, content: Partial<NetnsContent>, isHost = false): Netns {
  const value = { links: [], addresses: [], hostNsid: null, ...content } as unknown as NetnsContent;
  return { inode, isHost, mounts: [], processes: [], content: known(value) };
}

function address(ifname: string, local: string, family: 'inet' | 'inet6' = 'inet') {
  return { ifname, family, local, prefixlen: 24, scope: 'global' };
}

const addresses = [
  address('eth0', '192.0.2.7'),
  address('eth0', 'fe80::7', 'inet6'),
  address('lo', '127.0.0.1'),
];
const NAMESPACES = [
  netns(1, { links: [{ ifindex: 5, ifname: 'p0' } as Link] }, true),
  netns(2, { hostNsid: 0, links: [child], addresses }),
  netns(3, { hostNsid: 0, links: [child], addresses }),
  netns(4, { hostNsid: 9, links: [child], addresses: [address('eth0', '192.0.2.8')] }),
  { ...netns(5, {}), content: unknown('denied', 'needs root') },
];

async function gathered(namespaces: Fact<readonly Netns[]> | undefined, count: number[] = []) {
  const host = fakeNetlinkHost({}, (path, requests) => {
    count.push(requests.length);
    return path === null
      ? known(requests.map(() => recorded('route-lookup')))
      : unknown('failed', path);
  });
  return (await routeLookups.gather(host, namespaces ? { namespaces } : {})).routeLookups;
}

describe('route-lookups', () => {
  it('asks the host once for each IPv4 address of a child of the host', async () => {
    const count: number[] = [];
    const found = valueOf(await gathered(known(NAMESPACES), count));
    expect(found.map(({ dst }) => dst)).toEqual(['192.0.2.7']);
    expect(count).toEqual([1]);
  });

  it('needs the namespaces', async () => {
    expect(await gathered(unknown('denied', 'because'))).toEqual(unknown('failed', 'because'));
    expect((await gathered(undefined)).state).toBe('failed');
  });
});
