// Echoes watched on the parent's tap, long echoes, connections and relayed packets against a real kernel.
import { execFileSync, spawn } from 'node:child_process';
import { expect, it } from 'vitest';
import type { Lab } from '../../src/edge/lab/lab.js';
import healthyBridge from '../../src/edge/lab/scenarios/healthy-bridge.js';
import type { Observation, ProbeStep } from '../../src/model/observation.js';
import { inodeOf, probesIn, startProbes } from '../support/probes-in.js';
import { describeAsRoot } from '../support/root.js';
import { configurationOf, withLab } from '../support/standing-lab.js';

function placesOf(lab: Lab) {
  const [segment] = lab.plan.segments;
  const [child, sibling] = segment?.parent.children ?? [];
  const [device] = segment?.devices ?? [];
  if (!segment || !child || !sibling || !device) throw new Error('a LAN has all of these');
  return { ...segment, child, sibling, device };
}

function ipOf(cidr: string | undefined): string {
  return cidr?.split('/')[0] ?? '';
}

function ip(netns: string, ...args: readonly string[]): string {
  return execFileSync('ip', ['-n', netns, ...args], { encoding: 'utf8' });
}

function within(netns: string, ...program: readonly string[]): string {
  return execFileSync('ip', ['netns', 'exec', netns, ...program], { encoding: 'utf8' });
}

function nft(netns: string, ...commands: readonly string[]): void {
  const input = commands.join('\n');
  execFileSync('ip', ['netns', 'exec', netns, 'nft', '-f', '-'], { input });
}

type Sent = Pick<ProbeStep, 'probe' | 'send' | 'target'> & Partial<ProbeStep>;

function step(lab: Lab, what: Sent): ProbeStep {
  const { parent } = placesOf(lab).parent;
  return { from: 'here', to: 'there', parent, expect: 'answer', ...what };
}

function echo(lab: Lab, from: string, target: string, bytes?: number): ProbeStep {
  const size = bytes === undefined ? {} : { bytes };
  const send = { kind: 'icmp', netns: inodeOf(from), ...size } as const;
  return step(lab, {
    probe: bytes === undefined ? 'gateway-icmp' : 'full-size-icmp',
    send,
    target,
  });
}

function reflection(lab: Lab): ProbeStep {
  const device = placesOf(lab).parent.parent;
  const send = { kind: 'reflection', device, destination: 'broadcast' } as const;
  return step(lab, { probe: 'reflection', send, target: '', expect: 'silence' });
}

async function ask(lab: Lab, ...steps: ProbeStep[]): Promise<readonly Observation[]> {
  // The first round opens the parent's tap; it is kept.
  const [, answers = []] = await probesIn(lab.plan.hostNetns, [[reflection(lab)], steps]);
  return answers;
}

/** Of the benchmarking network (RFC 2544), which no practice LAN is drawn from. */
const FAR = '198.18.0.2';

/** A network behind the router, reached through a link of that MTU; who lives there answers by the LAN. */
function addFarNetwork(lab: Lab, mtu: number): void {
  const { router, device } = placesOf(lab);
  const far = [
    'link',
    'add',
    'far0',
    'mtu',
    mtu.toString(),
    'type',
    'veth',
    'peer',
    'name',
    'far1',
  ];
  ip(router.netns, ...far, 'netns', device.netns);
  ip(router.netns, 'addr', 'add', '198.18.0.1/24', 'dev', 'far0');
  ip(router.netns, 'link', 'set', 'far0', 'up');
  ip(device.netns, 'addr', 'add', `${FAR}/24`, 'dev', 'far1');
  ip(device.netns, 'link', 'set', 'far1', 'up');
  within(router.netns, 'sysctl', '-qw', 'net.ipv4.ip_forward=1');
}

describeAsRoot('the watch on the parent’s tap', () => {
  it('sees what leaves for the gateway and comes back, and nothing of siblings', async () => {
    await withLab(healthyBridge, { children: 3 }, async (lab) => {
      const { child, sibling } = placesOf(lab);
      const [gateway, near] = await ask(
        lab,
        echo(lab, child.netns, child.gateway),
        echo(lab, child.netns, ipOf(sibling.addresses[0])),
      );
      const arrived = [{ mac: child.mac, frames: 1 }];
      expect(gateway).toMatchObject({ sent: 1, left: 1, arrived, replies: [{}] });
      expect(near).toMatchObject({ sent: 1, left: 0, arrived: [], replies: [{}] });
    });
  });

  it('sees for whom an answer comes when the gateway remembers another MAC', async () => {
    await withLab(healthyBridge, { children: 2 }, async (lab) => {
      const { child, router } = placesOf(lab);
      const old = '02:42:00:00:99:99';
      const entry = ['neigh', 'replace', ipOf(child.addresses[0]), 'lladdr', old];
      ip(router.netns, ...entry, 'dev', router.link, 'nud', 'permanent');
      const [gateway] = await ask(lab, echo(lab, child.netns, child.gateway));
      const arrived = [{ mac: old, frames: 4 }];
      expect(gateway).toMatchObject({ sent: 4, left: 4, arrived, replies: [] });
    });
  });

  it('sees nothing where there is no tap, and says so by absence', async () => {
    await withLab(healthyBridge, { children: 2 }, async (lab) => {
      const { child } = placesOf(lab);
      const steps = [echo(lab, child.netns, child.gateway)];
      const [[gateway] = []] = await probesIn(lab.plan.hostNetns, [steps]);
      expect(gateway).toMatchObject({ sent: 1, replies: [{}] });
      expect(gateway).not.toHaveProperty('left');
      expect(gateway).not.toHaveProperty('arrived');
    });
  });
});

describeAsRoot('long echoes', () => {
  it('go through whole, or say who would not take them, and leave nothing in the routes', async () => {
    await withLab(healthyBridge, { children: 2 }, async (lab) => {
      addFarNetwork(lab, 1300);
      const { child } = placesOf(lab);
      const [full, short, long, far] = await ask(
        lab,
        echo(lab, child.netns, child.gateway, 1500),
        echo(lab, child.netns, FAR, 1300),
        echo(lab, child.netns, child.gateway, 1501),
        echo(lab, child.netns, FAR, 1500),
      );
      expect(full).toMatchObject({ replies: [{}], left: 1 });
      expect(short).toMatchObject({ replies: [{}] });
      expect(long).toMatchObject({ sent: 0, replies: [] });
      expect(long?.error).toContain('longer than the MTU of the link');
      expect(far).toMatchObject({ replies: [], tooBig: { by: child.gateway, mtu: 1300 } });
      expect(ip(child.netns, 'route', 'get', FAR)).not.toContain('mtu');
    });
  });

  it('are silent where they vanish', async () => {
    await withLab(healthyBridge, { children: 2 }, async (lab) => {
      const { child, router } = placesOf(lab);
      ip(router.netns, 'link', 'set', router.link, 'mtu', '1400');
      const [full, small] = await ask(
        lab,
        echo(lab, child.netns, child.gateway, 1500),
        echo(lab, child.netns, child.gateway, 1400),
      );
      expect(full).toMatchObject({ sent: 4, left: 4, arrived: [], replies: [] });
      expect(full).not.toHaveProperty('tooBig');
      expect(small).toMatchObject({ replies: [{}] });
    });
  });
});

/** Something that takes connections on the port until `act` is over. */
async function withListener(netns: string, port: number, act: () => Promise<void>): Promise<void> {
  const code = `require('node:net').createServer().listen(${port.toString()}, () => console.log('up'))`;
  const child = spawn('ip', ['netns', 'exec', netns, process.execPath, '-e', code]);
  try {
    await new Promise((resolve) => child.stdout.once('data', resolve));
    await act();
  } finally {
    child.kill();
  }
}

function tcp(lab: Lab, from: string, target: string, port: number): ProbeStep {
  const send = { kind: 'tcp', netns: inodeOf(from), port } as const;
  return step(lab, { probe: 'service-tcp', send, target });
}

describeAsRoot('connections', () => {
  it('are accepted, refused, dropped or not possible', async () => {
    await withLab(healthyBridge, { children: 2 }, async (lab) => {
      const { child, sibling, router } = placesOf(lab);
      const near = ipOf(sibling.addresses[0]);
      const drop = 'add rule ip f input tcp dport 4444 drop';
      const chain = 'add chain ip f input { type filter hook input priority 0; }';
      nft(sibling.netns, 'add table ip f', chain, drop);
      await withListener(sibling.netns, 8080, async () => {
        const [accepted, refused, dropped, nobody, other] = await ask(
          lab,
          tcp(lab, child.netns, near, 8080),
          tcp(lab, child.netns, near, 8081),
          tcp(lab, child.netns, near, 4444),
          tcp(lab, child.netns, ipOf(router.addresses[0]).replace(/\d+$/, '253'), 80),
          tcp(lab, 'gone', near, 80),
        );
        expect(accepted).toMatchObject({ sent: 3, replies: [{ tcp: 'accepted' }] });
        expect(refused).toMatchObject({ sent: 1, replies: [{ tcp: 'refused' }] });
        expect(dropped).toMatchObject({ sent: 4, replies: [] });
        expect(dropped).not.toHaveProperty('error');
        expect(nobody).toMatchObject({ replies: [] });
        expect(nobody).not.toHaveProperty('error');
        expect(other?.error).toContain('found again');
        expect(within(child.netns, 'ss', '-Htan')).toBe('');
      });
    });
  });

  it('say why there can be none', async () => {
    await withLab(healthyBridge, { children: 2 }, async (lab) => {
      const { child } = placesOf(lab);
      ip(child.netns, 'route', 'flush', 'table', 'main');
      const [none] = await ask(lab, tcp(lab, child.netns, FAR, 80));
      expect(none).toMatchObject({ sent: 0, replies: [] });
      expect(none?.error).toContain('no route');
    });
  });
});

function relay(lab: Lab, mac: string, ttl?: number): ProbeStep {
  const { parent } = placesOf(lab);
  const send = {
    kind: 'relay',
    device: parent.parent,
    ethernetSource: parent.mac,
    ethernetDestination: mac,
    sourceIp: ipOf(parent.addresses[0]),
    ...(ttl === undefined ? {} : { ttl }),
  } as const;
  return step(lab, { probe: 'gateway-relay', send, target: FAR });
}

describeAsRoot('a relayed packet', () => {
  it('comes back from where it went, or from where its time ended', async () => {
    await withLab(healthyBridge, { children: 2 }, async (lab) => {
      addFarNetwork(lab, 1500);
      const { router, device, child } = placesOf(lab);
      const steps = [relay(lab, router.mac), relay(lab, router.mac, 1), relay(lab, device.mac, 1)];
      // A router that is asked for several things at once also says "redirect", and then has no word left for a while.
      const [ended] = await ask(lab, ...steps.slice(1, 2));
      const [through] = await ask(lab, ...steps.slice(0, 1));
      expect(through?.replies).toMatchObject([{ mac: device.mac }]);
      expect(ended?.replies).toMatchObject([{ mac: router.mac, expiredAt: child.gateway }]);
      within(router.netns, 'sysctl', '-qw', 'net.ipv4.ip_forward=0');
      const [stopped, silent] = await ask(lab, ...steps);
      expect(stopped).toMatchObject({ sent: 4, replies: [] });
      expect(silent).toMatchObject({ sent: 4, replies: [] });
    });
  });
});

/** Who wants the parent to hear everything, as the kernel counts. */
function promiscuity(lab: Lab): number {
  const { parent } = placesOf(lab).parent;
  const [link] = JSON.parse(ip(lab.plan.hostNetns, '-d', '-j', 'link', 'show', 'dev', parent)) as {
    promiscuity: number;
  }[];
  return link?.promiscuity ?? -1;
}

/** The usual question for the gateway, and a promiscuous one for an address that nobody has. */
function promiscuousSteps(lab: Lab): ProbeStep[] {
  const { parent, child } = placesOf(lab);
  const mac = { ethernetSource: child.mac, senderMac: child.mac, senderIp: '0.0.0.0' };
  const send = { kind: 'arp', device: parent.parent, ...mac } as const;
  const nobody = child.gateway.replace(/\d+$/, '253');
  return [
    step(lab, { probe: 'split-child', send, target: child.gateway }),
    step(lab, {
      probe: 'split-promiscuous',
      send: { ...send, isPromiscuous: true },
      target: nobody,
    }),
  ];
}

const pause = () => new Promise((resolve) => setTimeout(resolve, 20));

describeAsRoot('a promiscuous trial', () => {
  it('holds a membership while it runs, and not longer', async () => {
    await withLab(healthyBridge, { children: 2 }, async (lab) => {
      const { child } = placesOf(lab);
      const before = promiscuity(lab);
      const steps = promiscuousSteps(lab);
      const running = probesIn(lab.plan.hostNetns, [steps], { windowMs: 2000 });
      const seen = new Set<number>();
      const end = Symbol('end');
      const ended = running.then(() => end);
      do seen.add(promiscuity(lab));
      while ((await Promise.race([ended, pause()])) !== end);
      const [[usual, promiscuous] = []] = await running;
      expect(usual).toMatchObject({ replies: [{ ethernetDestination: child.mac }] });
      expect(promiscuous).toMatchObject({ sent: 4, replies: [] });
      expect([...seen].toSorted()).toEqual([before, before + 1]);
      expect(promiscuity(lab)).toBe(before);
    });
  });

  it('leaves nothing behind when it is killed in the middle', async () => {
    await withLab(healthyBridge, { children: 2 }, async (lab) => {
      const before = configurationOf(lab);
      const without = promiscuity(lab);
      const order = { rounds: [promiscuousSteps(lab)], windowMs: 20_000 };
      const child = startProbes(lab.plan.hostNetns, order);
      const ended = new Promise((resolve) => child.on('close', resolve));
      while (promiscuity(lab) === without && child.exitCode === null) await pause();
      child.kill('SIGKILL');
      await ended;
      expect(child.signalCode).toBe('SIGKILL');
      expect(configurationOf(lab)).toEqual(before);
    });
  });
});

describeAsRoot('without the right to raw sockets', () => {
  it('every kind ends with a reason', async () => {
    await withLab(healthyBridge, { children: 2 }, async (lab) => {
      const { router, child } = placesOf(lab);
      const steps = [
        relay(lab, router.mac),
        echo(lab, child.netns, child.gateway, 1400),
        tcp(lab, child.netns, child.gateway, 80),
      ];
      const through = ['setpriv', '--bounding-set=-net_raw,-sys_admin'];
      const [answers = []] = await probesIn(lab.plan.hostNetns, [steps], { through });
      for (const { sent, error } of answers) {
        expect(sent).toBe(0);
        expect(error).toMatch(/not permitted|found again/);
      }
    });
  });
});
