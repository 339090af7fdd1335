// What a real engine makes of a plan, and who then reaches whom: the other half of what is predicted.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { contains } from '../../src/core/derive/addressing/subnets.js';
import type { Plan, PlannedContainer, PlannedNetwork } from '../../src/model/plan.js';
import { callEngine, type Answer } from './engine-api.js';
import { IMAGE, type RealEngine } from './real-engine.js';

const run = promisify(execFile);

/** What became of one planned network, and of the containers on it. */
export interface Real {
  readonly created: boolean;
  /** Why not, in the words of whoever refused: the client or the engine. */
  readonly says: string;
  /** Containers that the engine did not start, with its words. */
  readonly notStarted: Readonly<Record<string, string>>;
  readonly reached: readonly Reached[];
  /** Addresses of theirs that somebody answers for once they are gone. */
  readonly othersHave: readonly string[];
  /** Addresses of others that would be given out one day. */
  readonly inThePool: readonly string[];
}

/** By echo requests, each way that is asked about. */
export interface Reached {
  readonly container: string;
  readonly ip: string;
  readonly gateway: boolean;
  readonly fromLan: boolean;
  readonly fromHost: boolean;
}

type Create = (network: PlannedNetwork) => Promise<Answer>;

/** Makes everything that is planned, looks, and takes it all away again. */
export async function realize(engine: RealEngine, plan: Plan, create: Create): Promise<Real> {
  const real = await makeAll(engine, plan, create);
  const ips = real.reached.map(({ ip }) => ip).filter((ip) => ip !== '');
  const answered = await Promise.all(ips.map((ip) => echoes(`/run/netns/${engine.netns}`, ip)));
  const mine = ips.filter((_ip, index) => answered[index] === true);
  return { ...real, othersHave: mine, inThePool: real.created ? devicesIn(plan) : [] };
}

/** The one on the bench, where a pool on its wire hands its address out. */
function devicesIn({ networks }: Plan): string[] {
  const pools = networks
    .filter(({ options }) => options['parent'] === 'eth0')
    .flatMap((network) => network.pools);
  const isHandedOut = pools.some(
    ({ subnet = '', ipRange, auxAddresses }) =>
      contains(ipRange ?? subnet, DEVICE) && !Object.values(auxAddresses).includes(DEVICE),
  );
  return isHandedOut ? [DEVICE] : [];
}

async function makeAll(
  engine: RealEngine,
  plan: Plan,
  create: Create,
): Promise<Omit<Real, 'inThePool' | 'othersHave'>> {
  const made: string[] = [];
  const started: string[] = [];
  try {
    for (const network of plan.networks.filter(({ isExternal }) => !isExternal)) {
      const answer = await create(network);
      if (!answer.ok) return { created: false, says: answer.says, notStarted: {}, reached: [] };
      made.push(network.name);
    }
    const notStarted: Record<string, string> = {};
    const reached: Reached[] = [];
    for (const [index, container] of plan.containers.entries()) {
      const id = `mvdt-${index.toString()}`;
      started.push(id);
      const says = await start(engine, id, container);
      if (says !== '') notStarted[container.name] = says;
    }
    for (const [index, { name, endpoints }] of plan.containers.entries()) {
      if (name in notStarted) continue;
      const lan = plan.networks.find(({ name: one }) => one === endpoints[0]?.network);
      reached.push(await look(engine, `mvdt-${index.toString()}`, { name, lan }));
    }
    return { created: true, says: '', notStarted, reached };
  } finally {
    for (const id of started) await callEngine(engine, 'DELETE', `/containers/${id}?force=1`);
    for (const name of made) await callEngine(engine, 'DELETE', `/networks/${name}`);
  }
}

/** As Compose asks for one: nothing is sorted out before. */
export function createByApi(engine: RealEngine, network: PlannedNetwork): Promise<Answer> {
  const { name, driver, isInternal, hasIpv6, isAttachable, options, pools } = network;
  return callEngine(engine, 'POST', '/networks/create', {
    Name: name,
    CheckDuplicate: true,
    Driver: driver,
    Internal: isInternal,
    EnableIPv6: hasIpv6,
    Attachable: isAttachable,
    Options: options,
    IPAM: {
      Driver: 'default',
      Config: pools.map(({ subnet, gateway, ipRange, auxAddresses }) => ({
        Subnet: subnet,
        Gateway: gateway,
        IPRange: ipRange,
        AuxiliaryAddresses: auxAddresses,
      })),
    },
  });
}

/** The first network with the container, the others one by one; why it did not start, or nothing. */
async function start(
  engine: RealEngine,
  id: string,
  { endpoints }: PlannedContainer,
): Promise<string> {
  const [first, ...others] = endpoints.map(({ network, ipv4, ipv6 }) => ({
    network,
    settings: { IPAMConfig: { IPv4Address: ipv4, IPv6Address: ipv6 } },
  }));
  const created = await callEngine(engine, 'POST', `/containers/create?name=${id}`, {
    Image: IMAGE,
    Cmd: ['/bin/sleep', '99999'],
    HostConfig: { NetworkMode: first?.network ?? 'none' },
    ...(first !== undefined && {
      NetworkingConfig: { EndpointsConfig: { [first.network]: first.settings } },
    }),
  });
  if (!created.ok) return created.says;
  for (const { network, settings } of others) {
    const body = { Container: id, EndpointConfig: settings };
    const joined = await callEngine(engine, 'POST', `/networks/${network}/connect`, body);
    if (!joined.ok) return joined.says;
  }
  return (await callEngine(engine, 'POST', `/containers/${id}/start`)).says;
}

interface Inspected {
  readonly State: { readonly Pid: number };
  readonly NetworkSettings: {
    readonly Networks: Readonly<
      Record<string, { readonly IPAddress: string; readonly Gateway: string }>
    >;
  };
}

async function look(
  engine: RealEngine,
  id: string,
  { name, lan }: { readonly name: string; readonly lan: PlannedNetwork | undefined },
): Promise<Reached> {
  const { body } = await callEngine(engine, 'GET', `/containers/${id}/json`);
  const { State, NetworkSettings } = body as unknown as Inspected;
  const { IPAddress: ip = '', Gateway: gateway = '' } =
    NetworkSettings.Networks[lan?.name ?? ''] ?? {};
  const inside = `/proc/${State.Pid.toString()}/ns/net`;
  const [byGateway, byLan, byHost] = await Promise.all([
    gateway === '' || echoes(inside, gateway),
    echoes(`/run/netns/${deviceOf(engine)}`, ip),
    echoes(`/run/netns/${engine.netns}`, ip),
  ]);
  return { container: name, ip, gateway: byGateway, fromLan: byLan, fromHost: byHost };
}

/** A machine on the LAN beside the router. */
export const DEVICE = '192.0.2.77';

/** Its namespace. */
export function deviceOf({ router }: Pick<RealEngine, 'router'>): string {
  return `${router}d`;
}

async function echoes(netns: string, ip: string): Promise<boolean> {
  try {
    await run('nsenter', [`--net=${netns}`, 'ping', '-c', '2', '-i', '0.2', '-W', '0.4', ip]);
    return true;
  } catch {
    return false;
  }
}
