// A check as a SARIF rule: its page, for whoever reads an alert.
import type { ReportingDescriptor } from 'sarif';
import type { CheckMeta } from '../../../model/check.js';

/** A report of another version may name a check that is not known here. */
export function ruleOf(id: string, checks: readonly CheckMeta[]): ReportingDescriptor {
  const meta = checks.find((check) => check.id === id);
  if (meta === undefined) return { id };
  const { category, severity, title, docs } = meta;
  const [first = docs.explain] = docs.explain.split('\n\n', 1);
  const page = [docs.explain, referencesText(docs.references)].filter((part) => part !== '');
  return {
    id,
    shortDescription: { text: title.found },
    fullDescription: { text: first },
    help: { text: page.join('\n\n'), markdown: page.join('\n\n') },
    defaultConfiguration: { level: severity === 'fail' ? 'error' : 'warning' },
    properties: { tags: [...new Set(['network', 'macvlan', category])] },
  };
}

function referencesText(references: readonly string[]): string {
  return references.length === 0 ? '' : `See also: ${references.join('; ')}.`;
}
