import { describe, expect, it } from 'vitest';
import resolvers from '../../../../src/edge/gatherers/inside/resolvers.js';
import { type Fact, known, unknown } from '../../../../src/model/fact.js';
import type { Netns } from '../../../../src/model/netns.js';
import { type FakeMachine, fakeHost } from '../../../support/fake-host.js';

const EMPTY = known({
  links: [],
  addresses: [],
  routes: [],
  rules: [],
  neighbours: [],
  hostNsid: null,
});

function netns(
  inode: number,
  pids: readonly number[] = [],
  content: Netns['content'] = EMPTY,
): Netns {
  const processes = pids.map((pid) => ({ pid, comm: 'sh' }));
  return { inode, isHost: inode === 1, mounts: [], processes, content };
}

async function look(machine: FakeMachine, namespaces: Fact<readonly Netns[]>) {
  return (await resolvers.gather(fakeHost(machine), { namespaces })).resolvers;
}

describe('resolvers', () => {
  it('reads the host’s file, and a container’s through one of its processes', async () => {
    const files = {
      '/etc/resolv.conf': 'nameserver 192.0.2.53\n',
      '/proc/70/root/etc/resolv.conf': 'nameserver 127.0.0.11\n# ExtServers: [host(192.0.2.53)]\n',
    };
    const fact = await look(
      { files, inodes: { '/proc/70/ns/net': 7 } },
      known([netns(1), netns(7, [70, 71])]),
    );
    expect(fact).toEqual(
      known({
        1: { nameservers: ['192.0.2.53'] },
        7: {
          nameservers: ['127.0.0.11'],
          upstream: [{ ip: '192.0.2.53', isAskedFromHost: true }],
        },
      }),
    );
  });

  it('goes on to the next process where the number belongs to somebody else by now', async () => {
    const files = {
      '/proc/70/root/etc/resolv.conf': 'nameserver 203.0.113.1\n',
      '/proc/71/root/etc/resolv.conf': 'nameserver 192.0.2.53\n',
    };
    const inodes = { '/proc/70/ns/net': 8, '/proc/71/ns/net': 7 };
    const fact = await look({ files, inodes }, known([netns(1), netns(7, [70, 71])]));
    expect(fact).toMatchObject({ value: { 7: { nameservers: ['192.0.2.53'] } } });
  });

  it('takes a container without the file for one that names nobody', async () => {
    const fact = await look({ inodes: { '/proc/70/ns/net': 7 } }, known([netns(7, [70])]));
    expect(fact).toEqual(known({ 7: { nameservers: [] } }));
  });

  it('looks behind systemd-resolved’s own address on the host', async () => {
    const files = {
      '/etc/resolv.conf': 'nameserver 127.0.0.53\n',
      '/run/systemd/resolve/resolv.conf': 'nameserver 192.0.2.1\n',
    };
    expect(await look({ files }, known([netns(1)]))).toEqual(
      known({
        1: {
          nameservers: ['127.0.0.53'],
          upstream: [{ ip: '192.0.2.1', isAskedFromHost: true }],
        },
      }),
    );
    const alone = { '/etc/resolv.conf': 'nameserver 127.0.0.53\n' };
    expect(await look({ files: alone }, known([netns(1)]))).toEqual(
      known({ 1: { nameservers: ['127.0.0.53'] } }),
    );
  });

  it('leaves out a namespace without processes', async () => {
    const fact = await look({}, known([netns(1), netns(7)]));
    expect(fact).toEqual(known({ 1: { nameservers: [] } }));
  });

  it('says why where nothing but the host could be read', async () => {
    const path = '/proc/70/root/etc/resolv.conf';
    const denied = unknown('denied', `${path} may not be read by this user`);
    const machine = { files: { [path]: denied }, inodes: { '/proc/70/ns/net': 7 } };
    expect(await look(machine, known([netns(1), netns(7, [70])]))).toEqual(denied);
    const closed = unknown('denied', 'entering the network namespace needs root');
    expect(await look({}, known([netns(1), netns(7, [], closed)]))).toEqual(closed);
    const elsewhere = unknown('absent', 'network namespaces exist on Linux only');
    expect(await look({}, elsewhere)).toEqual(elsewhere);
  });
});
