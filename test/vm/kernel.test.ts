// What the machine's own kernel may lack: VLANs, ipvlan, dummy links, bonds and Wi-Fi, on Debian's kernel under emulation. All LANs
// are staged in one boot; each fault beside what is sound and looks like it.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');
const VM = path.join(ROOT, 'scripts/kernel-vm');
/** The whole boot with all that is staged in it. */
const LIMIT_S = 290;
const BUSY = 'RTNETLINK answers: Device or resource busy';

const canRun = process.getuid?.() === 0 && existsSync('/usr/bin/qemu-system-x86_64');
const cannotRun = !canRun && process.env['MACVLAN_DOCTOR_NO_SKIP'] !== '1';

interface Said {
  readonly check: string;
  readonly status: string;
  readonly about: string;
  readonly what?: string;
}

interface Seen {
  readonly broken?: string;
  /** What the kernel answered to commands that may fail. */
  readonly kernel: Readonly<Record<string, string>>;
  readonly results: readonly Said[];
  readonly parents: readonly {
    readonly name: string;
    readonly children: readonly { readonly label: string }[];
    readonly ipvlans?: readonly { readonly label: string; readonly mode: string }[];
  }[];
}

describe.skipIf(cannotRun)('on Debian’s kernel', () => {
  let seen: Readonly<Record<string, Seen>> = {};

  beforeAll(
    () => {
      const argv = ['-t', LIMIT_S.toString(), '--', process.execPath, 'test/vm/guest.js'];
      const { status, stdout, stderr } = spawnSync(VM, argv, { cwd: ROOT, encoding: 'utf8' });
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      const lines = stdout.trim().split('\n');
      const each = lines.map((line) => JSON.parse(line) as Seen & { readonly lan: string });
      seen = Object.fromEntries(each.map((one) => [one.lan, one]));
    },
    (LIMIT_S + 60) * 1000,
  );

  function staged(lan: string): Seen {
    const one = seen[lan];
    expect(one?.broken).toBeUndefined();
    if (one === undefined) throw new Error(`nothing was staged as ${lan}`);
    return one;
  }

  /** What is reported as wrong, but for host isolation, which is so by design. */
  function wrong(lan: string): string[] {
    return staged(lan)
      .results.filter(({ status }) => ['fail', 'warn', 'crashed'].includes(status))
      .filter(({ check }) => check !== 'host-child-isolation')
      .map(({ status, check, about }) => `${status} ${check} ${about}`);
  }

  it('a VLAN that the other end does not pass is found, and one that it passes is not', () => {
    expect(wrong('vlan not trunked')).toEqual(['fail vlan-not-trunked parent eth0.50']);
    expect(wrong('vlan trunked')).toEqual([]);
  });

  it('a VLAN link that a network names and nobody made is missing; one that is there is not', () => {
    expect(wrong('vlan link missing')).toEqual(['fail vlan-parent-missing network iot']);
    expect(staged('vlan trunked').parents.map(({ name }) => name)).toEqual(['enp3s0.50']);
  });

  it('macvlan keeps ipvlan from its parent', () => {
    const { kernel, parents } = staged('macvlan keeps ipvlan out');
    expect(Object.values(kernel)).toEqual([BUSY]);
    expect(wrong('macvlan keeps ipvlan out')).toEqual(['fail ipvlan-macvlan-mix parent eth0']);
    expect(parents).toMatchObject([{ name: 'eth0', children: [{ label: 'first' }] }]);
  });

  it('ipvlan keeps macvlan from its parent, is named as what it is, and is as cut off from its host', () => {
    const { kernel, parents } = staged('ipvlan keeps macvlan out');
    const [made, toGateway, fromHost, toHost] = Object.values(kernel);
    expect([made, toGateway]).toEqual([BUSY, 'ok']);
    expect([fromHost, toHost]).not.toContain('ok');
    expect(wrong('ipvlan keeps macvlan out')).toEqual(['fail ipvlan-macvlan-mix parent eth0']);
    expect(parents).toMatchObject([
      { name: 'eth0', children: [], ipvlans: [{ label: 'first', mode: 'l2' }] },
    ]);
  });

  it('a VLAN link as the second parent makes room for both', () => {
    expect(Object.values(staged('a parent for each kind').kernel)).toEqual(['ok']);
    expect(wrong('a parent for each kind')).toEqual([]);
  });

  it('a dummy that an engine made, since nobody named a parent, is found as that and nothing else', () => {
    const lan = 'no parent but a dummy';
    expect(staged(lan).parents).toMatchObject([{ children: [{ label: 'web' }] }]);
    expect(staged(lan).parents[0]?.name).toMatch(/^dm-[\da-f]{12}$/);
    expect(wrong(lan)).toEqual(['fail no-parent-dummy network lost']);
  });

  it('a member of a bond is no parent, and the bond is one', () => {
    expect(Object.values(staged('parent in a bond').kernel)).toEqual([BUSY]);
    expect(wrong('parent in a bond')).toEqual(['fail parent-enslaved parent eno1']);
    expect(wrong('the bond as parent')).toEqual([]);
  });

  it('a Wi-Fi client is no parent, and a wired card beside it is one', () => {
    expect(wrong('wireless parent')).toEqual(['fail parent-wireless parent wlan0']);
    expect(wrong('a parent for each kind').join(',')).not.toContain('parent-wireless');
  });
});
