// What is said of a gateway that leaves children unanswered: to all of them, to some, or only to those that have a better one.
import type { CheckContext } from '../../../model/check.js';
import { HOST } from '../../../model/finding.js';
import type { Child, Parent } from '../../../model/topology.js';
import { betterGateway } from '../gateways/backup.js';
import { upstreamAdvice } from '../platform/upstream-advice.js';
import { remainsOf } from '../upstream/remains.js';
import { aboutChild, aboutGateway } from '../wording/victims.js';
import type { GatewayCase } from './gateway-cases.js';
import { gatewayEvidence } from './gateway-evidence.js';

export interface GatewayData {
  readonly gateway: string;
  readonly parent: string;
  readonly victims: readonly string[];
  readonly answered: readonly string[];
  readonly isParentAsked: boolean;
  /** What is known beyond that; may be empty. */
  readonly remains: string;
}

export interface BackupData {
  readonly gateway: string;
  readonly parent: string;
  readonly victims: readonly string[];
  /** The gateway that they go by. */
  readonly better: string;
}

export function placeOf(parent: Parent, gateway: string, children: readonly Child[]) {
  const { subject, within } = aboutGateway(gateway, parent);
  const about = children.map((child) => aboutChild(child));
  const networks = about.flatMap((one) => one.within.filter(({ kind }) => kind === 'network'));
  return {
    subject,
    within: [...within, ...networks, HOST],
    parts: about.map((one) => one.subject),
  };
}

export function labelsOf(children: readonly Child[]): string[] {
  return children.map(({ label }) => label);
}

/** Whoever goes by a better gateway that does answer has lost nothing yet: the others outweigh that. */
export function reportSilent(one: GatewayCase, context: CheckContext) {
  const better = one.silent.map((child) => betterGateway(child, one.gateway, context));
  const [first] = better.flatMap((ip) => ip ?? []);
  const cutOff = one.silent.filter((_child, at) => better[at] === undefined);
  if (cutOff.length > 0 || first === undefined) {
    return reportCutOff({ ...one, silent: cutOff }, context);
  }
  const { parent, gateway, silent } = one;
  return {
    code: 'backup' as const,
    severity: 'warn' as const,
    ...placeOf(parent, gateway, silent),
    data: { gateway, parent: parent.name, victims: labelsOf(silent), better: first },
    evidence: gatewayEvidence(one, context),
    advice: [ASK_ANOTHER],
  };
}

function reportCutOff(one: GatewayCase, context: CheckContext) {
  const { parent, gateway, silent, answered, own } = one;
  const alone = own === 'answered' ? ('answers-parent-only' as const) : ('silent' as const);
  return {
    code: answered.length > 0 ? ('partial' as const) : alone,
    ...placeOf(parent, gateway, silent),
    data: {
      gateway,
      parent: parent.name,
      victims: labelsOf(silent),
      answered: labelsOf(answered),
      isParentAsked: own !== 'unknown',
      remains: remainsOf(one, context),
    },
    evidence: gatewayEvidence(one, context),
    advice:
      own === 'answered' || answered.length > 0
        ? upstreamAdvice(context.facts, parent, 'both')
        : LAN,
  };
}

const ASK_ANOTHER =
  'Ask from another machine on this LAN whether the gateway answers; if it does, this port is in the wrong VLAN or its cable leads elsewhere.';

const LAN = [
  ASK_ANOTHER,
  "If the router has another address, the network's --gateway is wrong; it can only be changed by making the network anew.",
];
