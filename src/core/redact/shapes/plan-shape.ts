// What every text of a plan is.
import type {
  Plan,
  PlannedContainer,
  PlannedNetwork,
  PlannedPool,
  Words,
} from '../../../model/plan.js';
import { AS_IT_IS, type Shape } from './shape.js';

const WORDS: Shape<Words> = {
  fields: {
    path: 'prose',
    place: { fields: { file: 'path', line: AS_IT_IS, column: AS_IT_IS } },
  },
};

const POOL: Shape<PlannedPool> = {
  fields: {
    subnet: 'address',
    gateway: 'address',
    ipRange: 'address',
    auxAddresses: { keys: 'aux', values: 'address' },
  },
};

const NETWORK: Shape<PlannedNetwork> = {
  fields: {
    name: 'network',
    rank: AS_IT_IS,
    driver: 'word',
    isExternal: AS_IT_IS,
    isInternal: AS_IT_IS,
    hasIpv6: AS_IT_IS,
    isAttachable: AS_IT_IS,
    options: { keys: 'word', values: 'prose' },
    pools: { list: POOL },
    clientSays: 'prose',
    words: WORDS,
    parts: { keys: 'prose', values: WORDS },
  },
};

const CONTAINER: Shape<PlannedContainer> = {
  fields: {
    name: 'container',
    isNamed: AS_IT_IS,
    endpoints: {
      list: {
        fields: {
          network: 'network',
          ipv4: 'address',
          ipv6: 'address',
          mac: 'mac',
          gwPriority: AS_IT_IS,
          rank: AS_IT_IS,
          trialMac: 'mac',
          words: WORDS,
        },
      },
    },
    published: {
      list: {
        fields: { port: AS_IT_IS, protocol: 'word', hostIp: 'address', hostPort: AS_IT_IS },
      },
    },
    dns: { list: 'address' },
  },
};

export const PLAN: Shape<Plan> = {
  fields: {
    reader: 'prose',
    networks: { list: NETWORK },
    containers: { list: CONTAINER },
    notes: { list: 'prose' },
  },
};
