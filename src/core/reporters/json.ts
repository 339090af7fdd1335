// Report → JSON: the contract itself, indented for people, with a newline at the end for tools.
import type { Report, RunPlan } from '../../model/report.js';

export function renderJson(report: Report): string {
  return renderValue(report);
}

export function renderPlanJson({ steps, frameLimit, mostRounds }: RunPlan): string {
  return renderValue({ plan: steps, frameLimit, mostRounds });
}

/** What JSON leaves as it is and a terminal obeys or hides: C1 controls, bidirectional marks, zero-width marks. */
const RAW =
  /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

export function renderValue(value: unknown): string {
  const json = JSON.stringify(value, undefined, 2);
  return `${json.replaceAll(RAW, (char) => `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`)}\n`;
}
