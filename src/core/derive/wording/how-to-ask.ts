// What a user can do for a question that nobody asked.
import type { CheckContext } from '../../../model/check.js';
import { valueOf } from '../../../model/fact.js';

/**
 * To follow a reason: a run that was held back, by its user or for want of rights, can be made again without that. One that asked what it
 * could would only say the same again, and nothing is added.
 */
export function howToAsk({ facts, notProbed }: Pick<CheckContext, 'facts' | 'notProbed'>): string {
  const isPassive = notProbed?.includes('--passive') === true;
  return isPassive || !mayAskAll({ facts }) ? '; run as root without --passive' : '';
}

/** Why a question has no answer, and what to do about it, to follow a colon; `otherwise`: the reason of a run that did send something. */
export function whyUnseen(
  context: Pick<CheckContext, 'facts' | 'notProbed'>,
  otherwise: string,
): string {
  return `${context.notProbed ?? otherwise}${howToAsk(context)}`;
}

/** Where the platform is not known, nobody knows of a right that was missing. */
function mayAskAll({ facts }: Pick<CheckContext, 'facts'>): boolean {
  const privileges = valueOf(facts.platform)?.privileges;
  if (privileges === undefined) return true;
  return privileges.canEnterNamespaces && privileges.canOpenRawSockets;
}
