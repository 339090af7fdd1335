// What every text of a snapshot is: the one table from which names are collected and in which stand-ins are put.
import type { Machine, Nic, Traffic } from '../../../model/machine.js';
import type { NeighbourTable } from '../../../model/neighbour.js';
import type { MacvlanSupport, PersistentConfig, Platform } from '../../../model/platform.js';
import type { Facts, Snapshot } from '../../../model/snapshot.js';
import type { Sweep } from '../../../model/sweep.js';
import { AS_IT_IS, type Shape } from './shape.js';
import {
  FDB_ENTRY,
  NEIGHBOUR,
  NETNS,
  RESOLVERS,
  ROUTE_LOOKUP,
  RULES,
  SERVICES,
} from './netns-shape.js';
import { OBSERVATION } from './observation-shape.js';
import { PLAN } from './plan-shape.js';
import { RUNTIME } from './runtime-shape.js';

const PLATFORM: Shape<Platform> = {
  fields: {
    os: 'word',
    hostname: 'host',
    kernel: 'word',
    arch: 'word',
    distribution: 'word',
    isWsl: AS_IT_IS,
    isInUserNamespace: AS_IT_IS,
    isInitialNetns: AS_IT_IS,
    isContainer: AS_IT_IS,
    privileges: {
      fields: { canEnterNamespaces: AS_IT_IS, canOpenRawSockets: AS_IT_IS, isRoot: AS_IT_IS },
    },
  },
};

const CONFIG: Shape<PersistentConfig> = {
  fields: {
    managers: { list: 'word' },
    macvlans: {
      list: {
        fields: { name: 'link', manager: 'word', path: 'path', isComplete: AS_IT_IS, gap: 'prose' },
      },
    },
    networkFiles: { keys: 'link', values: 'path' },
  },
};

/** Vendors and models are not the user's; serial numbers are never gathered. */
const MACHINE: Shape<Machine> = {
  fields: {
    systemVendor: 'word',
    productName: 'word',
    productVersion: 'word',
    boardVendor: 'word',
    biosVendor: 'word',
    chassisAssetTag: 'assetTag',
    hypervisorType: 'word',
    hasHypervisorFlag: AS_IT_IS,
    deviceTreeModel: 'word',
    appliance: 'word',
  },
};

const SUPPORT: Shape<MacvlanSupport> = {
  fields: { available: AS_IT_IS, evidence: 'prose', lacks: { list: 'word' } },
};

const NIC: Shape<Nic> = {
  fields: { driver: 'word', busInfo: 'word', isVirtualFunction: AS_IT_IS },
};

const TABLE: Shape<NeighbourTable> = {
  fields: {
    entries: AS_IT_IS,
    gcThresh3: AS_IT_IS,
    gcThresh1: AS_IT_IS,
    gcThresh2: AS_IT_IS,
    tableFulls: AS_IT_IS,
  },
};

const TRAFFIC: Shape<Traffic> = { fields: { rxPackets: AS_IT_IS } };

const SWEEP: Shape<Sweep> = {
  fields: {
    parent: 'link',
    range: 'address',
    addresses: AS_IT_IS,
    sent: AS_IT_IS,
    answers: { list: { fields: { ip: 'address', mac: 'mac' } } },
    error: 'prose',
  },
};

const FACTS: Shape<Facts> = {
  fields: {
    platform: { fact: PLATFORM },
    namespaces: { fact: { list: NETNS } },
    fdb: { fact: { list: FDB_ENTRY } },
    wireless: { fact: { list: 'link' } },
    macvlanSupport: { fact: SUPPORT },
    runtime: { fact: RUNTIME },
    persistentConfig: { fact: CONFIG },
    routeLookups: { fact: { list: ROUTE_LOOKUP } },
    neighboursAfter: { fact: { keys: 'word', values: { list: NEIGHBOUR } } },
    machine: { fact: MACHINE },
    nics: { fact: { keys: 'link', values: NIC } },
    neighbourTable: { fact: TABLE },
    neighbourTableAfter: { fact: TABLE },
    traffic: { fact: { keys: 'link', values: TRAFFIC } },
    services: { fact: { keys: 'word', values: SERVICES } },
    filters: { fact: { keys: 'word', values: RULES } },
    resolvers: { fact: { keys: 'word', values: RESOLVERS } },
    plan: { fact: PLAN },
    sweeps: { fact: { list: SWEEP } },
  },
};

export const SNAPSHOT: Shape<Snapshot> = {
  fields: {
    schemaVersion: AS_IT_IS,
    tool: { fields: { name: 'word', version: 'word' } },
    takenAt: 'word',
    scope: {
      fields: {
        parents: { list: 'link' },
        networks: { list: 'network' },
        containers: { list: 'who' },
      },
    },
    facts: FACTS,
    observations: { list: OBSERVATION },
    probing: { fact: { fields: { windowMs: AS_IT_IS, notes: { list: 'prose' } } } },
    sources: { list: { fields: { id: 'word', reads: { list: 'prose' }, durationMs: AS_IT_IS } } },
    durationMs: AS_IT_IS,
    expectations: { list: 'word' },
  },
};
