// From a scenario's broad strokes and a seed to a LAN with every name and address decided. Pure: same seed, same LAN.
import { DoctorError } from '../../../model/errors.js';
import { drawSubnets, hostAddress, sizeOf } from './addresses.js';
import {
  drawChildLink,
  drawNames,
  drawRouterLink,
  macOf,
  netnsName,
  virtualMac,
  type Names,
} from './naming.js';
import type { ChildPlan, LanPlan, ParentPlan, Segment, Station, Subnet } from './plan.js';
import { drawFrom, type Draw } from './random.js';
import type { LanSketch, SecondSketch } from '../scenario.js';

/** Room for two routers, devices, host and shim besides the children. */
const OTHER_STATIONS = 20;

export interface PlanOptions {
  readonly labId: string;
  readonly seed: number;
  /** How many children on the first parent, instead of what the seed would draw. */
  readonly children?: number;
}

/** Hands out what must be unique within one lab. */
interface Pool {
  readonly draw: Draw;
  readonly labId: string;
  readonly names: Names;
  readonly nextMac: () => string;
}

/** A segment's free host numbers, and its addresses by number. */
interface Numbers {
  readonly subnet: Subnet;
  readonly isIpv6: boolean;
  /** Third group of the documentation prefix 2001:db8::/32 (RFC 3849). */
  readonly group: number;
  readonly gatewayNumber: number;
  readonly take: () => number;
}

export function drawPlan(sketch: LanSketch, options: PlanOptions): LanPlan {
  const draw = drawFrom(options.seed);
  const [fewest, most] = sketch.children ?? [2, 4];
  const count = options.children ?? draw.between(fewest, most);
  assertFits(sketch, count);
  const second = sketch.second === undefined ? 0 : draw.between(...childrenOf(sketch.second));
  let macs = 0;
  const pool: Pool = {
    draw,
    labId: options.labId,
    names: drawNames(draw, count + second),
    nextMac: () => macOf(draw, (macs += 1)),
  };
  const subnets = drawSubnets(draw, 3, count + OTHER_STATIONS);
  const [first, home, other] = subnets.map((subnet) => numbersOf(draw, subnet, sketch)) as [
    Numbers,
    Numbers,
    Numbers,
  ];
  const labels = pool.names.children;
  const segments = [
    drawSegment(pool, sketch, { at: 0, numbers: first, labels: labels.slice(0, count) }),
  ];
  if (sketch.isUnnumbered === true || sketch.second !== undefined) {
    const plain: SecondSketch = sketch.second ?? { mode: sketch.mode };
    const numbers = plain.isOnFirstLan === true ? besides(first) : home;
    segments.push(drawSegment(pool, plain, { at: 1, numbers, labels: labels.slice(count) }));
  }
  const uplink = sketch.isUnnumbered === true ? home : first;
  return {
    labId: options.labId,
    seed: options.seed,
    hostNetns: netnsName(options.labId, 'host'),
    switchNetns: netnsName(options.labId, 'switch'),
    segments,
    hostGateway: hostAddress(uplink.subnet, uplink.gatewayNumber),
    otherSubnet: other.subnet,
  };
}

const childrenOf = ({ children = [1, 2] }: SecondSketch): readonly [number, number] => children;

/** The same numbers to draw from, and a second router at the other end of the subnet. */
function besides(numbers: Numbers): Numbers {
  return { ...numbers, gatewayNumber: numbers.gatewayNumber === 1 ? -1 : 1 };
}

/** More than anybody practises with, and as many as fit into the subnets. */
const MOST_CHILDREN = 500;

function assertFits({ mode, children }: LanSketch, count: number): void {
  const fewest = children?.[0] ?? 1;
  const isAlone = mode === 'passthru' || mode === 'private' || mode === 'source';
  const most = isAlone ? (children?.[1] ?? 1) : MOST_CHILDREN;
  if (count < fewest || count > most) {
    const range = fewest === most ? String(most) : `${fewest.toString()} to ${most.toString()}`;
    throw new DoctorError(
      'bad-flag',
      `this scenario takes --children ${range}, not ${count.toString()}`,
    );
  }
}

function numbersOf(draw: Draw, subnet: Subnet, sketch: LanSketch): Numbers {
  const gatewayNumber = draw.oneOf([1, 1, 1, -1]);
  const last = sizeOf(subnet);
  // The first and last few stay free: routers live there, and faults borrow from there.
  const free = draw.shuffled(Array.from({ length: Math.min(last, 600) - 10 }, (_, at) => at + 5));
  return {
    subnet,
    isIpv6: sketch.family === 'inet6',
    group: draw.between(1, 0xff_ff),
    gatewayNumber,
    take: () => free.pop() ?? last - 2,
  };
}

const ipv4Of = (numbers: Numbers, number: number): string =>
  `${hostAddress(numbers.subnet, number)}/${numbers.subnet.prefixlen}`;

const ipv6Of = (numbers: Numbers, number: number): string =>
  `2001:db8:${numbers.group.toString(16)}::${(number < 0 ? 1 : number).toString(16)}/64`;

/** Both families where the children speak IPv6, as on a real LAN. */
const dual = (numbers: Numbers, number: number): string[] =>
  numbers.isIpv6 ? [ipv4Of(numbers, number), ipv6Of(numbers, number)] : [ipv4Of(numbers, number)];

interface SegmentSeat {
  readonly at: number;
  readonly numbers: Numbers;
  readonly labels: readonly string[];
}

/** Any of the two: what the second lacks is so by default. */
type EitherSketch = LanSketch & SecondSketch;

function drawSegment(pool: Pool, sketch: EitherSketch, seat: SegmentSeat): Segment {
  const { at, numbers, labels } = seat;
  const suffix = at === 0 ? '' : String(at + 1);
  const station = (label: string, link: string, number: number): Station => ({
    label: `${label}${suffix}`,
    netns: netnsName(pool.labId, `${label}${suffix}`),
    link,
    mac: pool.nextMac(),
    port: `to-${label}${suffix}`,
    addresses: dual(numbers, number),
  });
  const isShared = sketch.isOnFirstLan === true;
  const router = station('router', drawRouterLink(pool.draw), numbers.gatewayNumber);
  return {
    name: isShared ? 'br-lan' : `br-lan${suffix}`,
    subnet: numbers.subnet,
    isShared,
    router: sketch.isRouterVirtual === true ? { ...router, mac: virtualMac(pool.draw) } : router,
    routerIgnoresPing: sketch.routerIgnoresPing === true,
    devices: pool.names.devices.map((label) => station(label, 'eth0', numbers.take())),
    parent: drawParent(pool, sketch, { at, numbers, labels }),
  };
}

function drawParent(pool: Pool, sketch: EitherSketch, seat: SegmentSeat): ParentPlan {
  const { at, numbers, labels } = seat;
  const nic = pool.names.nics[at] ?? `eth${at}`;
  const bridge = sketch.parentIsBridge === true ? { bridge: pool.names.bridge } : {};
  const shim =
    sketch.hasShim === true
      ? {
          shim: {
            name: `${pool.names.shim}${at === 0 ? '' : String(at + 1)}`,
            address: hostAddress(numbers.subnet, numbers.take()),
          },
        }
      : {};
  return {
    nic,
    mac: pool.nextMac(),
    port: `to-host${at === 0 ? '' : at + 1}`,
    switchReflects: sketch.switchReflects === true,
    ...bridge,
    parent: bridge.bridge ?? nic,
    addresses: sketch.isUnnumbered === true ? [] : dual(numbers, numbers.take()),
    children: labels.map((label) => drawChild(pool, sketch, numbers, label)),
    ...shim,
  };
}

function drawChild(pool: Pool, sketch: EitherSketch, numbers: Numbers, label: string): ChildPlan {
  const number = numbers.take();
  const gateway = numbers.isIpv6
    ? ipv6Of(numbers, numbers.gatewayNumber).replace(/\/.*/, '')
    : hostAddress(numbers.subnet, numbers.gatewayNumber);
  return {
    label,
    netns: netnsName(pool.labId, label),
    link: drawChildLink(pool.draw),
    mac: pool.nextMac(),
    mode: sketch.mode,
    addresses: [numbers.isIpv6 ? ipv6Of(numbers, number) : ipv4Of(numbers, number)],
    gateway,
  };
}
