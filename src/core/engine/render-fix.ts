// A remedy as the report shows it: whole shell lines, every word quoted where it needs to be.
import type { Argv, FixContext, Persist, Remedy } from '../../model/fix.js';
import type { ReportFix, ReportPersist } from '../../model/report.js';
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
  };
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
