// What the machine's own kernel may lack: VLANs, ipvlan, dummy links, bonds and Wi-Fi, on Debian's kernel under emulation. All LANs
// are staged in one boot; each fault beside what is sound and looks like it.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');
const VM = path.join(ROOT, 'scripts/kernel-vm');
/** The whole boot with all that is staged in it. */
const LIMIT_S = 280;

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
    readonly children: readonly { readonly addresses: readonly string[] }[];
    readonly ipvlans?: readonly { readonly mode: string; readonly addresses: readonly string[] }[];
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

  function found(lan: string): string[] {
    return staged(lan)
      .results.filter(({ status }) => ['fail', 'warn', 'crashed'].includes(status))
      .map(({ status, check, about }) => `${status} ${check} ${about}`);
  }

  it('a VLAN that the other end does not pass is found, and one that it passes is not', () => {
    expect(found('vlan not trunked')).toContain('fail vlan-not-trunked parent eth0.50');
    expect(found('vlan trunked').filter((one) => !one.includes('host-child-isolation'))).toEqual(
      [],
    );
  });

  it('a VLAN link that a network names and nobody made is missing, and one that is there is not', () => {
    expect(found('vlan link missing').join('\n')).toMatch(/^fail (?:vlan-)?parent-missing .*/m);
    expect(found('vlan trunked').join('\n')).not.toContain('parent-missing');
  });

  it('macvlan keeps ipvlan from its parent', () => {
    const { kernel, parents } = staged('macvlan keeps ipvlan out');
    expect(Object.values(kernel)).toEqual(['RTNETLINK answers: Device or resource busy']);
    expect(found('macvlan keeps ipvlan out')).toContain('fail ipvlan-macvlan-mix parent eth0');
    expect(parents).toMatchObject([{ name: 'eth0', children: [{ addresses: ['192.0.2.20/24'] }] }]);
  });

  it('ipvlan keeps macvlan from its parent, is shown as what it is, and is as cut off from its host', () => {
    const { kernel, parents } = staged('ipvlan keeps macvlan out');
    const [busy, gateway, fromHost, toHost] = Object.values(kernel);
    expect(busy).toBe('RTNETLINK answers: Device or resource busy');
    expect([gateway, fromHost === 'ok', toHost === 'ok']).toEqual(['ok', false, false]);
    expect(found('ipvlan keeps macvlan out')).toContain('fail ipvlan-macvlan-mix parent eth0');
    expect(parents).toMatchObject([
      { name: 'eth0', children: [], ipvlans: [{ mode: 'l2', addresses: ['192.0.2.20/24'] }] },
    ]);
  });

  it('a VLAN link as the second parent makes room for both', () => {
    expect(Object.values(staged('a parent for each kind').kernel)).toEqual(['ok']);
    expect(found('a parent for each kind').join('\n')).not.toContain('ipvlan-macvlan-mix');
  });

  it('a dummy in place of a parent is no device that is missing, down or unfit', () => {
    const { parents } = staged('no parent but a dummy');
    expect(parents.map(({ name }) => name)).toEqual([expect.stringMatching(/^dm-[\da-f]{9}/)]);
    expect(found('no parent but a dummy').join('\n')).not.toMatch(
      /parent-(?:missing|down|no-carrier|not-ethernet)/,
    );
  });

  it('a member of a bond is no parent, and the bond is one', () => {
    const { kernel } = staged('parent in a bond');
    expect(Object.values(kernel)).toEqual(['RTNETLINK answers: Device or resource busy']);
    expect(found('parent in a bond')).toContain('fail parent-enslaved parent eno1');
    const sound = found('the bond as parent').filter((one) => !one.includes('isolation'));
    expect(sound).toEqual([]);
  });

  it('a Wi-Fi client is no parent, and a wired card beside it is one', () => {
    expect(found('wireless parent')).toContain('fail parent-wireless parent wlan0');
    expect(found('a parent for each kind').join('\n')).not.toContain('parent-wireless');
  });
});
