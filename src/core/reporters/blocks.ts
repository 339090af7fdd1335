// Which findings are told in full: the fourth child with the same fault teaches nothing new, and is only named.
import type { CheckResult } from '../../model/report.js';

/** Blocks of one check before the rest is only named. */
const BLOCKS_PER_CHECK = 3;

export interface AlikeBlock {
  readonly kind: 'alike';
  readonly check: string;
  readonly findings: readonly CheckResult[];
}

export type Block = { readonly kind: 'one'; readonly finding: CheckResult } | AlikeBlock;

/** In the given order; what is only named stands where the first of them would. */
export function blocksOf(findings: readonly CheckResult[], isVerbose: boolean): Block[] {
  const shown = new Map<string, number>();
  return findings.flatMap((finding): Block[] => {
    const key = keyOf(finding);
    const count = (shown.get(key) ?? 0) + 1;
    shown.set(key, count);
    if (isVerbose || count <= BLOCKS_PER_CHECK) return [{ kind: 'one', finding }];
    if (count > BLOCKS_PER_CHECK + 1) return [];
    const alike = findings.filter((other) => keyOf(other) === key).slice(BLOCKS_PER_CHECK);
    return [{ kind: 'alike', check: finding.check, findings: alike }];
  });
}

function keyOf({ check, status }: CheckResult): string {
  return `${check} ${status}`;
}

export function alikeText({ check, findings }: AlikeBlock): string {
  return `${findings.length.toString()} more ${check}`;
}

/** Names in one sentence before it turns into a list nobody reads. */
const NAMES_SHOWN = 12;

export function namesText({ findings }: Pick<AlikeBlock, 'findings'>): string {
  const names = findings.slice(0, NAMES_SHOWN).map(({ subject }) => subject.name);
  return `${names.join(', ')}${findings.length > NAMES_SHOWN ? ', …' : ''}`;
}
