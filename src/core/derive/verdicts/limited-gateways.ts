// Gateways that answer so many questions a second, whoever puts them: who was left out cannot be told.
import type { CheckContext } from '../../../model/check.js';
import type { Child, Parent } from '../../../model/topology.js';
import { leftOutTogether } from './beside.js';
import type { GatewayCase } from './gateway-cases.js';

export interface LimitedGateway {
  readonly parent: Parent;
  readonly gateway: string;
  readonly children: readonly Child[];
  readonly why: string;
}

/** Nothing can be held against them, nor is it clear that all is well. */
export function limitedGateways(
  cases: readonly GatewayCase[],
  context: CheckContext,
): LimitedGateway[] {
  return cases.flatMap(({ parent, gateway, silent, answered, unknown }) => {
    const { children, asked, answered: heard } = leftOutTogether(unknown, gateway, context);
    if (children.length === 0 || silent.length > 0 || answered.length === 0) return [];
    const why = `it answers others, but of ${asked} questions that were put in turn with theirs by one of those it answered only ${heard}: it, or a switch, lets through so many at a time; --container asks for fewer`;
    return [{ parent, gateway, children, why }];
  });
}
