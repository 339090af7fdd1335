// A remedy as the report shows it: whole shell lines, every word quoted where it needs to be.
import type { Argv, FixChange, FixContext, Persist, Remedy } from '../../model/fix.js';
import type { ReportChange, ReportFix, ReportPersist } from '../../model/report.js';
import { shellWord } from '../../model/text.js';

/** The planned fix, or why there is none here. Throws when the planner does. */
export function renderFix(
  remedy: Remedy,
  context: FixContext,
): ReportFix | { readonly impossible: string } {
  const plan = remedy.plan(context);
  if ('impossible' in plan) return plan;
  return {
    id: remedy.fix.id,
    title: remedy.fix.title,
    risk: remedy.fix.risk,
    commands: linesOf(plan.steps),
    undo: linesOf(plan.undo),
    persist: plan.persist.map((persist) => renderPersist(persist)),
    notes: [...plan.notes],
    ...(plan.changes === undefined
      ? {}
      : { changes: plan.changes.map((one) => renderChange(one)) }),
    ...(plan.compose === undefined ? {} : { compose: [plan.compose] }),
  };
}

function renderChange({ option, from, to, word }: FixChange): ReportChange {
  return {
    option,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(word === undefined ? {} : { word: shellWord(word) }),
  };
}

/**
 * Several ends of one finding that each want the same fix want it together: one list to paste, taken back in the opposite
 * order. What stays apart in a report are alternatives.
 */
export function mergeFixes(fixes: readonly ReportFix[]): ReportFix[] {
  const merged = new Map<string, ReportFix>();
  for (const fix of fixes) {
    const before = merged.get(fix.id);
    merged.set(fix.id, before === undefined ? fix : together(before, fix));
  }
  return [...merged.values()];
}

function together(first: ReportFix, second: ReportFix): ReportFix {
  return {
    ...first,
    commands: [...new Set([...first.commands, ...second.commands])],
    undo: [...new Set([...second.undo, ...first.undo])],
    persist: [...first.persist, ...second.persist],
    notes: [...new Set([...first.notes, ...second.notes])],
    ...joined('changes', first, second),
    ...joined('compose', first, second),
  };
}

function joined(
  part: 'changes' | 'compose',
  first: ReportFix,
  second: ReportFix,
): Pick<ReportFix, 'changes' | 'compose'> {
  const all = [...(first[part] ?? []), ...(second[part] ?? [])];
  return all.length === 0 ? {} : { [part]: all };
}

function renderPersist({ manager, files, commands }: Persist): ReportPersist {
  return {
    manager,
    files: files.map(({ path, content }) => ({ path, content })),
    commands: linesOf(commands),
  };
}

function linesOf(argvs: readonly Argv[]): string[] {
  return argvs.map((argv) => argv.map((word) => shellWord(word)).join(' '));
}
