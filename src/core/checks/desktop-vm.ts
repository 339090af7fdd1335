// The engine lives in a virtual machine of a desktop product, so that its parents are not the links of this machine.
import { defineCheck } from '../../model/check.js';
import { valueOf } from '../../model/fact.js';
import type { Evaluation, Finding } from '../../model/finding.js';
import type { Platform } from '../../model/platform.js';
import type { Runtime } from '../../model/runtime-network.js';
import { waysOut } from '../derive/platform/ways-out.js';
import {
  engineInWords,
  networksInWords,
  lanNetworks,
  isBystander,
  isLocal,
  type Product,
  productOf,
} from '../derive/verdicts/engine-product.js';
import { listOf } from '../derive/wording/victims.js';

interface InVm {
  readonly product: Product | 'another product';
  readonly system: string;
  /** Its macvlan and ipvlan networks. */
  readonly networks: readonly string[];
}

const SYSTEMS: ReadonlyMap<string, string> = new Map(
  Object.entries({ darwin: 'macOS', win32: 'Windows' }),
);

export default defineCheck({
  meta: {
    id: 'desktop-vm',
    category: 'host',
    severity: 'fail',
    title: {
      pass: 'The container engine runs on this machine itself',
      found: 'The container engine runs in a virtual machine of a desktop product',
    },
    needs: ['platform'],
    dependsOn: [],
    docs: {
      explain: `Docker Desktop (on macOS, Windows and Linux), OrbStack, Colima, Lima, Rancher Desktop and Podman machine run their containers in a small Linux virtual machine. A macvlan network puts containers on the network of its parent, and the only parents that the engine can see are those of the virtual machine. They lead to the product, through NAT or a user-mode network stack, and not to your LAN.

That is why -o parent=en0 ends in "invalid subinterface vlan name en0, example formatting is eth0.10": there is no en0 in there, and a parent that does not exist and has no dot is taken for a VLAN name. And that is why -o parent=eth0 is accepted and still nobody on the LAN ever sees the container.

The doctor recognises the products by what the engine says of itself (operating system, kernel, name), by the docker context and the path of the socket. On macOS and Windows no further proof is needed: neither has macvlan at all.

Popular and wrong: -o parent=eth0 because it is accepted; updating the product; --net=host, which is the virtual machine's host network.`,
      references: [
        'Docker documentation: Macvlan network driver ("only works on Linux hosts")',
        'docker/for-mac issues 3447 and 3926',
        'orbstack/orbstack issues 342 and 1817',
        'Colima FAQ: network address; Lima documentation: socket_vmnet',
      ],
    },
  },
  messages: {
    'in-vm': ({ product, system, networks }: InVm) => ({
      what: `The container engine is that of ${product}: it runs in a virtual machine, not on ${system}.`,
      why: `Its macvlan networks reach the inside of that machine, and never the LAN${networks.length === 0 ? '' : `: ${listOf(networks)}`}.`,
      todo: 'Use an engine that runs on a Linux host itself, or publish ports instead.',
    }),
    'no-macvlan': ({ system }: { readonly system: string }) => ({
      what: `This is ${system}, which has no macvlan.`,
      why: 'Any engine that runs Linux containers here does so in a virtual machine, away from the LAN.',
      todo: 'Run the doctor, and the containers, on a Linux host.',
    }),
  },
  evaluate({ platform }, { facts, topology }) {
    const runtime = valueOf(facts.runtime);
    if (runtime === undefined) return withoutEngine(platform, facts.runtime);
    const { engine, networks } = runtime;
    const product = productOf(engine, platform);
    if (platform.os === 'linux') {
      if (product === undefined) return { findings: [] };
      if (isBystander(networks, topology)) {
        return { notApplicable: `${product} answers here, and the macvlan links are not its own` };
      }
      return { findings: [inVm(runtime, platform, product)] };
    }
    if (product === undefined && !isLocal(engine)) {
      return { notApplicable: `the engine at ${engine.endpoint} runs on another machine` };
    }
    return { findings: [inVm(runtime, platform, product)] };
  },
});

/** The facts of an engine that did not answer. */
type Silence = { readonly state: string; readonly reason?: string };
type InVmFinding = Finding<'in-vm', InVm>;
type NoMacvlanFinding = Finding<'no-macvlan', { readonly system: string }>;

function withoutEngine(
  { os }: Platform,
  { state, reason = '' }: Silence,
): Evaluation<NoMacvlanFinding> {
  if (os === 'linux') {
    if (state === 'absent') return { notApplicable: reason };
    return { findings: [], undetermined: [{ subject: { kind: 'host', name: 'host' }, reason }] };
  }
  const system = SYSTEMS.get(os) ?? os;
  const finding: NoMacvlanFinding = {
    code: 'no-macvlan',
    subject: { kind: 'host', name: 'host' },
    data: { system },
    evidence: [
      { from: 'platform', says: `the doctor runs on ${system}` },
      { from: 'docker', says: reason },
    ],
    advice: waysOut(undefined, os),
  };
  return { findings: [finding] };
}

function inVm(
  { engine, networks }: Runtime,
  platform: Platform,
  product: Product | undefined,
): InVmFinding {
  const system =
    SYSTEMS.get(platform.os) ?? (platform.os === 'linux' ? 'this Linux host' : platform.os);
  return {
    code: 'in-vm',
    subject: { kind: 'host', name: 'host' },
    data: {
      product: product ?? 'another product',
      system,
      networks: lanNetworks(networks).map(({ name }) => name),
    },
    evidence: [
      { from: 'docker', says: engineInWords(engine) },
      ...networksInWords(networks),
      { from: 'platform', says: `the doctor runs on ${system}, kernel ${platform.kernel}` },
    ],
    advice: waysOut(product, platform.os),
  };
}
