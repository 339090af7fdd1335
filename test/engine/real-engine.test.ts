// A real Docker Engine with macvlan networks: the doctor finds the children in the kernel, and the engine names them.
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.js';
import {
  BIN,
  doctor,
  type Ended,
  found,
  inHost,
  makeLan,
  report,
  run,
  runContainer,
} from '../support/engine-doctor.js';
import { answering, babbling, hanging, type StandIn } from '../support/engine-servers.js';
import { cannotRunEngine, IMAGE, withEngine } from '../support/real-engine.js';

describe.skipIf(cannotRunEngine)('a real engine (needs root and dockerd)', () => {
  it('names networks and containers, and its absence costs only the names', async () => {
    await withEngine(async (engine) => {
      makeLan(engine);
      runContainer(engine, 'web', '--network', 'lan', '--ip', '192.0.2.70');
      runContainer(engine, 'db', '--network', 'lan');
      engine.docker(
        'create',
        '--name',
        'later',
        '--network',
        'lan',
        '--ip',
        '192.0.2.71',
        IMAGE,
        'sh',
      );

      const named = await report(engine.netns, engine.endpoint);
      expect(found(named)).toEqual(['warn host-child-isolation parent eth0']);
      const [parent] = named.topology.parents;
      expect(parent).toMatchObject({ name: 'eth0', networks: ['lan'] });
      expect(
        parent?.children.map(({ label, container, network }) => [label, container, network]),
      ).toEqual(
        expect.arrayContaining([
          ['db', 'db', 'lan'],
          ['web', 'web', 'lan'],
        ]),
      );
      expect(named.reachability).toEqual(
        expect.arrayContaining([
          expect.objectContaining({
            from: 'container:web',
            to: 'gateway:192.0.2.1',
            answered: true,
          }),
          expect.objectContaining({ probe: 'sibling-icmp', answered: true }),
          expect.objectContaining({ probe: 'host-child-icmp', answered: false }),
        ]),
      );

      const unnamed = await report(engine.netns, 'unix:///nonexistent/docker.sock');
      expect(found(unnamed)).toEqual(found(named));
      expect(unnamed.topology.parents[0]?.children).toHaveLength(2);
      expect(unnamed.topology.parents[0]?.children[0]).not.toHaveProperty('container');
    });
  });

  it('goes on with an engine that hangs, babbles, or is somebody else', async () => {
    await withEngine(async (engine) => {
      makeLan(engine);
      runContainer(engine, 'web', '--network', 'lan');
      const badOnes: [StandIn, RegExp][] = [
        [await hanging(), /did not answer within 1500 ms/],
        [await babbling('SSH-2.0-OpenSSH_9.2\r\n'), /not HTTP/],
        [await answering({}), /HTTP 404/],
      ];
      for (const [standIn, reason] of badOnes) {
        const started = performance.now();
        const { results, topology } = await report(engine.netns, standIn.endpoint);
        expect(performance.now() - started).toBeLessThan(6000);
        await standIn.close();
        expect(topology.parents[0]?.children).toHaveLength(1);
        const undecided = results.filter(({ check }) => check === 'rootless-namespace');
        expect(undecided).toMatchObject([
          { status: 'undetermined', reason: expect.stringMatching(reason) as string },
        ]);
      }
    });
  });

  it('says what gives access to an engine that may not be asked', async () => {
    await withEngine(async (engine) => {
      makeLan(engine);
      runContainer(engine, 'web', '--network', 'lan');
      const nobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
      const program = [...nobody, process.execPath, BIN, 'run', '--json'];
      const env = { ...process.env, DOCKER_HOST: engine.endpoint };
      const command = [`--net=/run/netns/${engine.netns}`, ...program];
      const { stdout } = await run('nsenter', command, { env }).catch(
        (error: unknown) => error as Ended,
      );
      const { results, summary } = JSON.parse(stdout) as Report;
      expect(summary.crashed).toBe(0);
      expect(results.find(({ check }) => check === 'rootless-namespace')).toMatchObject({
        status: 'undetermined',
        reason: expect.stringContaining('run as root or join the docker group') as string,
      });
    });
  });

  it('suggests a shim that works as it is printed', async () => {
    await withEngine(async (engine) => {
      makeLan(engine);
      runContainer(engine, 'web', '--network', 'lan', '--ip', '192.0.2.70');
      const first = await report(engine.netns, engine.endpoint);
      const isolation = first.results.find(({ check }) => check === 'host-child-isolation');
      await inHost(engine, ...(isolation?.fixes?.[0]?.commands ?? []));
      await inHost(engine, 'busybox ping -c 1 -W 2 192.0.2.70');
      await inHost(engine, 'busybox ping -c 1 -W 2 192.0.2.1');
      const second = await report(engine.netns, engine.endpoint);
      expect(
        second.results.filter(({ status }) => status === 'fail' || status === 'crashed'),
      ).toEqual([]);
      expect(found(second)).not.toContain('warn host-child-isolation parent eth0');
      await inHost(engine, ...(isolation?.fixes?.[0]?.undo ?? []));
      expect(found(await report(engine.netns, engine.endpoint))).toEqual(found(first));
    });
  });

  it('takes an engine of another namespace for none', async () => {
    await withEngine(async (engine) => {
      makeLan(engine);
      const { topology, results } = await report(engine.router, engine.endpoint);
      expect(topology.orphanNetworks).toEqual([]);
      expect(results.find(({ check }) => check === 'rootless-namespace')).toMatchObject({
        status: 'not-applicable',
        reason: `the engine at ${engine.endpoint} runs in another network namespace`,
      });
    });
  });

  it('leaves the engine as it was', async () => {
    await withEngine(async (engine) => {
      makeLan(engine);
      runContainer(engine, 'web', '--network', 'lan');
      const state = (): string =>
        engine.docker('network', 'inspect', 'lan') + engine.docker('ps', '-a', '--no-trunc', '-q');
      const before = state();
      await doctor(engine.netns, engine.endpoint);
      expect(state()).toBe(before);
    });
  });
});
