// Connections to a gateway: one that answers neither pings nor ARP probes may still take or refuse them.
import type { IcmpSend, ProbeStep } from '../../../../model/observation.js';

/** Name service and configuration pages: as a rule one of them is open, or refused in plain words. */
const GATEWAY_PORTS = [53, 80, 443] as const;

export interface Caller {
  /** The end's name in probes. */
  readonly from: string;
  readonly child?: string;
  /** Where it is sent from. */
  readonly send: Pick<IcmpSend, 'netns' | 'device'>;
}

export function connectTo(gateway: string, parent: string, caller: Caller): ProbeStep[] {
  const { from, child, send } = caller;
  const where = send.device === undefined ? {} : { device: send.device };
  return GATEWAY_PORTS.map((port) => ({
    probe: 'service-tcp',
    from,
    ...(child !== undefined && { child }),
    to: `gateway:${gateway}`,
    parent,
    target: gateway,
    send: { kind: 'tcp', netns: send.netns, ...where, port },
    expect: 'answer',
  }));
}
