// Why a SARIF result counts no more, in SARIF's terms.
import type { Suppression } from 'sarif';
import type { CheckResult } from '../../../model/report.js';
import { causeText } from '../order.js';
import { acceptedText, sentence } from '../prose.js';

export function suppressionsOf(result: CheckResult): Suppression[] {
  const justification = justificationOf(result);
  if (justification === undefined) return [];
  return [{ kind: 'external', status: 'accepted', justification }];
}

function justificationOf(result: CheckResult): string | undefined {
  if (result.status === 'suppressed') return `Explained by ${causeText(result)}.`;
  return result.status === 'accepted' ? sentence(`Accepted ${acceptedText(result)}`) : undefined;
}
