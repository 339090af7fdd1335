// Why a SARIF result counts no more, in SARIF's terms.
import type { Suppression } from 'sarif';
import type { CheckResult } from '../../../model/report.js';
import { causeText } from '../order.js';

export function suppressionsOf(result: CheckResult): Suppression[] {
  if (result.status !== 'suppressed') return [];
  const justification = `Explained by ${causeText(result)}.`;
  return [{ kind: 'external', status: 'accepted', justification }];
}
