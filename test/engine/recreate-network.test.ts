// Networks of a real engine made anew by the printed lines, word for word, with everybody who is on them; and taken back.
import { describe, expect, it } from 'vitest';
import type { CheckResult, ReportFix } from '../../src/model/report.js';
import { findings, found, inHost, report, runContainer } from '../support/engine-doctor.js';
import { cannotRunEngine, IMAGE, type RealEngine, withEngine } from '../support/real-engine.js';

/** What the engine says of a network and of everybody on it, without what is new each time. */
function stateOf({ docker }: RealEngine, network: string): unknown {
  const format = '{{json .IPAM}} {{json .Options}} {{.EnableIPv6}} {{.Internal}}';
  const options = docker('network', 'inspect', '-f', format, network);
  const names = docker('ps', '-a', '--filter', `network=${network}`, '--format', '{{.Names}}');
  const members = names.trim().split('\n').sort();
  const place = `{{with index .NetworkSettings.Networks ${JSON.stringify(network)}}}{{with .IPAMConfig}}{{.IPv4Address}} {{.IPv6Address}}{{end}} {{.IPAddress}}{{end}} {{.State.Status}}`;
  return {
    options,
    members: members.map((name) => `${name} ${docker('inspect', '-f', place, name).trim()}`),
  };
}

async function fixOf(engine: RealEngine, check: string): Promise<[CheckResult, ReportFix]> {
  const finding = findings(await report(engine.netns, engine.endpoint)).find(
    (one) => one.check === check,
  );
  const fix = finding?.fixes?.find(({ id }) => id === 'recreate-network');
  if (finding === undefined || fix === undefined) throw new Error(`${check} has no such fix`);
  return [finding, fix];
}

describe.skipIf(cannotRunEngine)('networks made anew (needs root and dockerd)', () => {
  it('keep their containers, running or not, and what these asked for', async () => {
    await withEngine(async (engine) => {
      const { docker } = engine;
      const subnets = ['--subnet', '192.0.2.0/24', '--gateway', '192.0.2.1'];
      const range = ['--ip-range', '192.0.2.64/27', '--aux-address', 'tv=192.0.2.65'];
      const six = ['--ipv6', '--subnet', '2001:db8:7::/64'];
      const driver = ['-o', 'parent=eth0', '-o', 'macvlan_mode=private'];
      const all = ['network', 'create', '-d', 'macvlan', ...subnets, ...range, ...six, ...driver];
      docker(...all, "it's $HOME");
      const on = ['--network', "it's $HOME"];
      runContainer(engine, 'auto-1', ...on);
      runContainer(engine, 'asked', ...on, '--ip', '192.0.2.77', '--ip6', '2001:db8:7::77');
      runContainer(engine, 'auto-2', ...on, '--rm');
      runContainer(engine, 'guest', '--network', 'container:asked');
      runContainer(engine, 'napping', ...on);
      docker('pause', 'napping');
      docker('create', '--name', 'fresh', ...on, '--ip', '192.0.2.70', IMAGE, '/bin/sleep', '9999');
      runContainer(engine, 'asleep', ...on);
      docker('stop', '-t', '0', 'asleep');
      const before = stateOf(engine, "it's $HOME");

      const [finding, fix] = await fixOf(engine, 'mode-private');
      expect(finding.subject).toEqual({ kind: 'parent', name: 'eth0' });
      expect(fix.changes).toEqual([
        { option: '-o macvlan_mode', from: 'private', to: 'bridge', word: 'macvlan_mode=bridge' },
      ]);
      await inHost(engine, ...fix.commands);
      expect(found(await report(engine.netns, engine.endpoint))).toEqual([
        'warn host-child-isolation parent eth0',
      ]);
      const after = stateOf(engine, "it's $HOME");
      expect(JSON.stringify(after).replace('bridge', 'private')).toBe(JSON.stringify(before));
      docker('start', 'asleep', 'fresh');
      docker('restart', '-t', '0', 'asked', 'auto-1');
      docker('stop', '-t', '0', 'asleep', 'fresh');
      const now = stateOf(engine, "it's $HOME");

      await inHost(engine, ...fix.undo);
      expect(JSON.stringify(stateOf(engine, "it's $HOME"))).toBe(
        JSON.stringify(now).replace('bridge', 'private'),
      );
      docker('unpause', 'napping');
      docker('rm', '-f', ...docker('ps', '-aq').trim().split('\n'));
      docker('network', 'rm', "it's $HOME");

      // A network that is made from a template: both are made anew.
      const form = ['--config-only', ...subnets, '-o', 'parent=eth0', '-o', 'macvlan_mode=vepa'];
      docker('network', 'create', ...form, 'form');
      docker('network', 'create', '-d', 'macvlan', '--config-from', 'form', 'lan');
      runContainer(engine, 'one', '--network', 'lan');
      runContainer(engine, 'two', '--network', 'lan');
      const first = stateOf(engine, 'lan');
      const [, second] = await fixOf(engine, 'vepa-no-hairpin');
      expect(second.compose).toBeUndefined();
      await inHost(engine, ...second.commands);
      expect(found(await report(engine.netns, engine.endpoint))).toEqual([
        'warn host-child-isolation parent eth0',
      ]);
      await inHost(engine, ...second.undo);
      expect(stateOf(engine, 'lan')).toEqual(first);
    });
  });
});
