import { describe, expect, it } from 'vitest';
import platform from '../../../../src/edge/gatherers/machine/platform.js';
import type { NetlinkDoor } from '../../../../src/edge/host/host.js';
import { known, unknown, valueOf } from '../../../../src/model/fact.js';
import { type FakeMachine, fakeHost } from '../../../support/fake-host.js';

const ROOT = {
  '/etc/os-release': 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\n',
  '/proc/self/status': 'Name:\tnode\nCapEff:\t000001ffffffffff\n',
  '/proc/self/uid_map': '         0          0 4294967295\n',
  '/proc/1/cgroup': '0::/init.scope\n',
};
const NAMESPACES = { '/proc/1/ns/net': 1, '/proc/self/ns/net': 1 };

async function look(machine: FakeMachine) {
  const { platform: fact } = await platform.gather(fakeHost(machine), {});
  return valueOf(fact);
}

/** A netlink door that lets nobody, or everybody, into the namespace that one is in. */
function door(isOpen: boolean): NetlinkDoor {
  const answer = isOpen ? known([]) : unknown('denied', 'operation not permitted');
  return { ask: () => answer, askGeneric: () => answer, withHostNetnsFd: (act) => act(-1) };
}

describe('platform', () => {
  it('describes an ordinary host seen by root', async () => {
    expect(await look({ files: ROOT, inodes: NAMESPACES })).toEqual({
      os: 'linux',
      hostname: 'nas',
      kernel: '6.1.0-32-amd64',
      arch: 'x64',
      distribution: 'Debian GNU/Linux 12 (bookworm)',
      isWsl: false,
      isInUserNamespace: false,
      isInitialNetns: true,
      isContainer: false,
      privileges: { canEnterNamespaces: true, canOpenRawSockets: true, isRoot: true },
    });
  });

  it('knows what an ordinary user may do', async () => {
    const files = { ...ROOT, '/proc/self/status': 'CapEff:\t0000000000000000\n' };
    expect(await look({ files, inodes: { '/proc/self/ns/net': 1 }, host: { uid: 1000 } })).toEqual(
      expect.objectContaining({
        privileges: { canEnterNamespaces: false, canOpenRawSockets: false, isRoot: false },
      }),
    );
  });

  it('knows single capabilities', async () => {
    const files = { ...ROOT, '/proc/self/status': 'CapEff:\t0000000000002000\n' };
    expect((await look({ files }))?.privileges).toMatchObject({
      canEnterNamespaces: false,
      canOpenRawSockets: true,
    });
  });

  it('believes capabilities in a user namespace only when the network namespace belongs to it', async () => {
    const files = { ...ROOT, '/proc/self/uid_map': '         0       1000          1\n' };
    const closed = await look({ files, host: { netlink: door(false) } });
    expect(closed).toMatchObject({
      isInUserNamespace: true,
      privileges: { canEnterNamespaces: false, canOpenRawSockets: false, isRoot: true },
    });
    const open = await look({ files, host: { netlink: door(true) } });
    expect(open?.privileges).toMatchObject({ canEnterNamespaces: true, canOpenRawSockets: true });
  });

  it('tells another network namespace than that of PID 1, and when it cannot', async () => {
    const inodes = { '/proc/1/ns/net': 1, '/proc/self/ns/net': 2 };
    expect((await look({ files: ROOT, inodes }))?.isInitialNetns).toBe(false);
    expect(await look({ files: ROOT })).not.toHaveProperty('isInitialNetns');
  });

  it('asks a thread of the kernel where PID 1 is guarded, and nobody else who has its number', async () => {
    const inodes = { '/proc/2/ns/net': 1, '/proc/self/ns/net': 1 };
    const kernel = { ...ROOT, '/proc/2/comm': 'kthreadd\n' };
    expect((await look({ files: kernel, inodes }))?.isInitialNetns).toBe(true);
    const stranger = { ...ROOT, '/proc/2/comm': 'sh\n' };
    expect(await look({ files: stranger, inodes })).not.toHaveProperty('isInitialNetns');
  });

  it.each([
    [{ host: { kernel: '5.15.167.4-microsoft-standard-WSL2' } }, true],
    [{ inodes: { '/run/WSL': 5 } }, true],
    [{ files: ROOT }, false],
  ])('recognises WSL: %j', async (machine, isWsl) => {
    expect((await look(machine))?.isWsl).toBe(isWsl);
  });

  it.each([
    [{ inodes: { '/.dockerenv': 5 } }, true],
    [{ inodes: { '/run/.containerenv': 5 } }, true],
    [{ files: { '/run/systemd/container': 'lxc\n' } }, true],
    [{ files: { '/run/systemd/container': 'wsl\n' } }, false],
    [{ files: { '/proc/1/cgroup': '12:pids:/docker/0123\n' } }, true],
    [{ files: { '/proc/1/cgroup': '0::/system.slice/docker.service\n' } }, false],
  ])('recognises a container: %j', async (machine, isContainer) => {
    expect((await look(machine))?.isContainer).toBe(isContainer);
  });

  it.each(['darwin', 'win32'])('works on %s', async (os) => {
    const seen = await look({ host: { os, uid: os === 'win32' ? -1 : 501, kernel: '24.3.0' } });
    expect(seen).toEqual({
      os,
      hostname: 'nas',
      kernel: '24.3.0',
      arch: 'x64',
      isWsl: false,
      isInUserNamespace: false,
      isContainer: false,
      privileges: { canEnterNamespaces: false, canOpenRawSockets: false, isRoot: false },
    });
  });
});
