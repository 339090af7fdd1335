// The summary page of a GitHub Actions step: Markdown that is added to a file which the runner names.
import { Buffer } from 'node:buffer';

/** Set by the runner for each step. Under `sudo` it is there only when it was passed on. */
export const STEP_SUMMARY = 'GITHUB_STEP_SUMMARY';

/** GitHub drops the whole summary of a step when it is larger. */
const MOST_BYTES = 1024 * 1024;

const CUT = '\n… and more, which has no room on this page.\n';

/** The report, or as many whole sections of it as there is room for behind `size` bytes that are there already. */
export function summaryWithin(markdown: string, size: number): string {
  const lead = size === 0 ? '' : '\n';
  const room = MOST_BYTES - size - lead.length;
  if (Buffer.byteLength(markdown) <= room) return lead + markdown;
  const left = room - Buffer.byteLength(CUT);
  let text = '';
  let bytes = 0;
  // A section begins with its heading: cut in front of one, and no fence or fold is left open.
  for (const section of markdown.split(/(?=^#### )/m)) {
    bytes += Buffer.byteLength(section);
    if (bytes > left) break;
    text += section;
  }
  return left < 0 ? '' : `${lead}${text}${CUT}`;
}
