// The command that preflight prints, run as it stands in a real engine on a LAN with devices; then the next container, and the shim.
import { describe, expect, it } from 'vitest';
import {
  findings,
  found,
  inHost,
  program,
  report,
  reported,
  runContainer,
} from '../support/engine-doctor.js';
import { cannotRunEngine, withEngine } from '../support/real-engine.js';

const ISOLATION = 'warn host-child-isolation parent eth0';

describe.skipIf(cannotRunEngine)('preflight --suggest (needs root and dockerd)', () => {
  it('prints a command after which all is well', async () => {
    await withEngine(async (engine) => {
      const { router } = engine;
      for (const last of [2, 9, 200, 243, 254]) {
        const ip = `192.0.2.${last.toString()}/32`;
        await inHost({ ...engine, netns: router }, `ip addr add ${ip} dev lan0`);
      }
      const flags = ['--parent', 'eth0', '--subnet', '192.0.2.0/24', '--name', "the kids' TV"];
      const asked = reported(await program(engine, 'preflight', '--json', '--suggest', ...flags));
      expect(found(asked)).toContain("fail range-in-use network the kids' TV");
      const [one] = asked.preflight?.suggestions ?? [];
      expect(one).toMatchObject({
        ipRange: '192.0.2.232/29',
        auxAddress: 'mvd-shim=192.0.2.253',
      });

      // As printed: what the terminal shows is what is run.
      const printed = await program(engine, 'preflight', '--suggest', ...flags);
      expect(printed.stdout).toContain(`\n    ${one?.command ?? '?'}\n`);
      await inHost(engine, one?.command ?? 'false');
      const again = reported(
        await program(engine, 'preflight', '--json', '--network', "the kids' TV"),
      );
      expect(found(again)).toEqual([ISOLATION]);

      runContainer(engine, 'tv', '--network', "the kids' TV");
      const after = await report(engine.netns, engine.endpoint);
      expect(found(after)).toEqual([ISOLATION]);
      const [isolation] = findings(after);
      const commands = isolation?.fixes?.[0]?.commands ?? [];
      expect(commands).toContain('ip addr add 192.0.2.253/32 dev mvd-shim');
      await inHost(engine, ...commands);
      const cured = await report(engine.netns, engine.endpoint);
      expect(found(cured).filter((line) => line.startsWith('fail'))).toEqual([]);
      expect(found(cured)).not.toContain(ISOLATION);
    });
  });
});
