// Two MACs that answer for one gateway: two machines, or one with two links? Told by an echo request that is handed to each.
import type { Evidence } from '../../../model/finding.js';
import type { Observation } from '../../../model/observation.js';
import { find, type Seen } from '../verdicts/reach.js';
import { listOf } from '../wording/victims.js';
import type { ContestedGateway } from './contested-gateways.js';

/** `open`: not tried, or not all answered, or in a way that tells neither. */
export type Machines = 'two' | 'one' | 'open';

type Asked = Pick<Seen, 'observations'>;

/**
 * One machine has one routing table: it answers by one link, and so with one MAC, whichever of its MACs the request went
 * to. A proxy passes on what it is handed, and the answer is the gateway's. Two machines answer each for itself.
 */
export function machinesBehind(contested: ContestedGateway, asked: Asked): Machines {
  if (answeringThemselves(contested, asked).length > 1) return 'two';
  const by = contested.rivals.map(({ mac }) => answeredBy(mac, contested, asked));
  const isOne = new Set(by.flat()).size === 1 && by.every((macs) => macs.length > 0);
  return isOne ? 'one' : 'open';
}

function answeringThemselves(contested: ContestedGateway, asked: Asked): string[] {
  return contested.rivals
    .map(({ mac }) => mac)
    .filter((mac) => answeredBy(mac, contested, asked).join(' ') === mac);
}

export function isHandedOver(contested: ContestedGateway, asked: Asked): boolean {
  return allHanded(contested, asked).length > 0;
}

export function machinesEvidence(contested: ContestedGateway, asked: Asked): Evidence {
  const macs = listOf(answeringThemselves(contested, asked));
  return {
    from: 'probe:gateway-rival',
    says: `echo requests that were handed to ${macs} were answered each with the MAC that it went to; one machine would have answered them by one link`,
  };
}

/** Echo requests for the gateway's address, each in a frame to one of those who answer for it. */
function allHanded({ gateway, parent }: ContestedGateway, { observations }: Asked): Observation[] {
  return find(observations, { probe: 'gateway-rival', parent: parent.name, target: gateway });
}

/** With which MACs the requests came back that went to this one. */
function answeredBy(mac: string, contested: ContestedGateway, asked: Asked): string[] {
  const handed = allHanded(contested, asked).filter(
    ({ send }) => send.kind === 'relay' && send.ethernetDestination === mac,
  );
  return [...new Set(handed.flatMap(({ replies }) => replies.flatMap((reply) => reply.mac ?? [])))];
}
