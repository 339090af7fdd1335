// Two MACs answer for one gateway: each is handed an echo request, for which machine answers tells whether they are two.
import type { ProbeStep } from '../../../../model/observation.js';
import { addressNear } from '../../addressing/on-link.js';
import { contestedGateways, type ContestedGateway } from '../../gateways/contested-gateways.js';
import { isHandedOver } from '../../gateways/rival-machines.js';
import type { SoFar } from './follow-up.js';

/** Gateways of one parent that are asked about. */
export const MOST_CONTESTED = 2;
/** Of those that answer for one of them. */
export const MOST_RIVALS = 3;

export function rivalSteps(soFar: SoFar): ProbeStep[] {
  return soFar.topology.parents.flatMap((parent) =>
    contestedGateways(parent, soFar)
      .slice(0, MOST_CONTESTED)
      .filter((one) => !isHandedOver(one, soFar))
      .flatMap((one) => handOver(one)),
  );
}

function handOver(contested: ContestedGateway): ProbeStep[] {
  const sender = senderFor(contested);
  if (sender === undefined) return [];
  const { parent, gateway, rivals } = contested;
  const { from, mac, ip } = sender;
  return rivals.slice(0, MOST_RIVALS).map((rival) => ({
    probe: 'gateway-rival',
    from,
    to: `gateway:${gateway}`,
    parent: parent.name,
    target: gateway,
    send: {
      kind: 'relay',
      device: parent.name,
      ethernetSource: mac,
      ethernetDestination: rival.mac,
      sourceIp: ip,
    },
    expect: 'answer',
  }));
}

/** The host where the parent has an address that a machine at the gateway's would answer, else a child that uses it. */
function senderFor({ parent, gateway, users }: ContestedGateway) {
  const host = { from: 'host', mac: parent.link.address ?? '', addresses: parent.addresses };
  const children = users.map(({ endpoint, mac, addresses }) => ({
    from: endpoint,
    mac,
    addresses,
  }));
  for (const { from, mac, addresses } of [host, ...children]) {
    const ip = addressNear({ addresses }, gateway);
    if (ip !== undefined) return { from, mac, ip };
  }
  return undefined;
}
