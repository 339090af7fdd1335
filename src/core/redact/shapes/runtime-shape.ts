// What every text of a container engine's view is.
import type {
  Engine,
  IpamPool,
  Runtime,
  RuntimeContainer,
  RuntimeNetwork,
} from '../../../model/runtime-network.js';
import { AS_IT_IS, type Shape } from './shape.js';

const ENGINE: Shape<Engine> = {
  fields: {
    endpoint: 'endpoint',
    serverVersion: 'word',
    operatingSystem: 'word',
    kernelVersion: 'word',
    osType: 'word',
    name: 'host',
    isRootless: AS_IT_IS,
    context: 'context',
    apiVersion: 'word',
    swarmState: 'word',
    flavour: 'word',
  },
};

const POOL: Shape<IpamPool> = {
  fields: {
    subnet: 'address',
    gateway: 'address',
    ipRange: 'address',
    auxAddresses: { keys: 'aux', values: 'address' },
    addressesLeft: AS_IT_IS,
  },
};

const NETWORK: Shape<RuntimeNetwork> = {
  fields: {
    id: 'id',
    name: 'network',
    rank: AS_IT_IS,
    driver: 'word',
    scope: 'word',
    isInternal: AS_IT_IS,
    isConfigOnly: AS_IT_IS,
    configFrom: 'network',
    hasIpv6: AS_IT_IS,
    isAttachable: AS_IT_IS,
    parent: 'link',
    mode: 'word',
    ipvlanFlag: 'word',
    otherOptions: { list: 'prose' },
    bridgeName: 'link',
    pools: { list: POOL },
    held: {
      list: { fields: { name: 'container', containerId: 'id', ipv4: 'address', mac: 'mac' } },
    },
  },
};

const CONTAINER: Shape<RuntimeContainer> = {
  fields: {
    id: 'id',
    name: 'container',
    state: 'word',
    endpoints: {
      list: {
        fields: {
          networkId: 'id',
          networkName: 'network',
          mac: 'mac',
          ipv4: 'address',
          ipv6: 'address',
          wantedIpv4: 'address',
          wantedIpv6: 'address',
          gateway: 'address',
          gwPriority: AS_IT_IS,
        },
      },
    },
    published: {
      list: {
        fields: { port: AS_IT_IS, protocol: 'word', hostIp: 'address', hostPort: AS_IT_IS },
      },
    },
    networkMode: 'networkMode',
    dns: { list: 'address' },
    pid: AS_IT_IS,
  },
};

export const RUNTIME: Shape<Runtime> = {
  fields: {
    engine: ENGINE,
    networks: { list: NETWORK },
    containers: { list: CONTAINER },
    gaps: { list: 'prose' },
  },
};
