// What every text of a probe and its outcome is.
import type { Observation } from '../../../model/observation.js';
import { AS_IT_IS, type Shape } from './shape.js';

const SEND: Shape<Observation['send']> = {
  kinds: {
    arp: {
      fields: {
        kind: 'word',
        device: 'link',
        netns: AS_IT_IS,
        ethernetSource: 'mac',
        senderMac: 'mac',
        senderIp: 'address',
        bytes: AS_IT_IS,
        isPromiscuous: AS_IT_IS,
        isAdmitted: AS_IT_IS,
      },
    },
    icmp: { fields: { kind: 'word', netns: AS_IT_IS, device: 'link', bytes: AS_IT_IS } },
    tcp: { fields: { kind: 'word', netns: AS_IT_IS, device: 'link', port: AS_IT_IS } },
    relay: {
      fields: {
        kind: 'word',
        device: 'link',
        ethernetSource: 'mac',
        ethernetDestination: 'mac',
        sourceIp: 'address',
        ttl: AS_IT_IS,
      },
    },
    reflection: {
      fields: { kind: 'word', device: 'link', destination: 'word', heardAt: 'link' },
    },
  },
};

export const OBSERVATION: Shape<Observation> = {
  fields: {
    probe: 'word',
    from: 'end',
    to: 'end',
    parent: 'link',
    child: 'child',
    target: 'address',
    send: SEND,
    expect: 'word',
    sent: AS_IT_IS,
    replies: {
      list: {
        fields: {
          rttMs: AS_IT_IS,
          mac: 'mac',
          forIp: 'address',
          ethernetDestination: 'mac',
          tcp: 'word',
          expiredAt: 'address',
        },
      },
    },
    error: 'prose',
    left: AS_IT_IS,
    arrived: { list: { fields: { mac: 'mac', frames: AS_IT_IS } } },
    tooBig: { fields: { by: 'address', mtu: AS_IT_IS } },
  },
};
