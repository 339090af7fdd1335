// Report → annotations of a GitHub Actions step, the worst first. GitHub shows ten of a kind per step and says nothing of
// the others; so there are never more than ten, and the last one names what it stands for.
import type { CheckResult, Report } from '../../../model/report.js';
import { namesText } from '../blocks.js';
import { cleanReport } from '../clean.js';
import { verdictOf } from '../head.js';
import { findingsOf, groupsOf, idsOf, reasonOf, withStatus } from '../order.js';
import { subjectText } from '../prose.js';
import type { Reporter } from '../reporter.js';
import { plural } from '../style.js';
import { messageOf } from './message.js';
import { commandLine, type Annotation, type Kind } from './workflow-command.js';

/** Of each kind; with three kinds that leaves a job (50) room for another step of this sort. */
const MOST = 10;

export const renderGithub: Reporter = (report) => {
  const clean = cleanReport(report);
  const lines = annotationsOf(clean).map((annotation) => commandLine(annotation));
  // The last line is for whoever reads the log; it holds no name that could pass for a command.
  return `${[...lines, `macvlan-doctor: ${verdictOf(clean)}`].join('\n')}\n`;
};

function annotationsOf(report: Report): Annotation[] {
  const findings = findingsOf(report);
  const crashes = withStatus(report, 'crashed').map((result): Annotation => ({
    kind: 'warning',
    title: `${result.check}: crashed`,
    message: `A bug of macvlan-doctor: ${result.reason ?? ''}`,
  }));
  const failed = findings.filter(({ status }) => status === 'fail');
  const warned = findings.filter(({ status }) => status === 'warn');
  return [
    ...limited('error', merged('error', failed)),
    ...limited('warning', [...merged('warning', warned), ...crashes]),
    ...limited('notice', openOf(report)),
  ];
}

/** One each while they fit; else one per check, code and file. */
function merged(kind: Kind, findings: readonly CheckResult[]): Annotation[] {
  if (findings.length <= MOST) return findings.map((finding) => annotationOf(kind, [finding]));
  const alike = groupsOf(findings, ({ check, code, location }) =>
    JSON.stringify([check, code, location?.file]),
  );
  return [...alike.values()].map((group) => annotationOf(kind, group));
}

function annotationOf(kind: Kind, group: readonly CheckResult[]): Annotation {
  const [first] = group;
  if (first === undefined) throw new TypeError('an annotation of nothing');
  const { file, line, column } = first.location ?? {};
  const title =
    group.length === 1
      ? `${first.check}: ${subjectText(first)}`
      : `${first.check}: ${group.length.toString()} times`;
  const others = group.length === 1 ? '' : `\n\nFound on: ${namesText({ findings: group })}`;
  return {
    kind,
    title,
    message: messageOf(first) + others,
    ...(file === undefined ? {} : { file }),
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
  };
}

/** What was not decided, by its reason. */
function openOf(report: Report): Annotation[] {
  const byReason = groupsOf(withStatus(report, 'undetermined'), reasonOf);
  return [...byReason].map(([reason, results]) => ({
    kind: 'notice',
    title: `${plural(idsOf(results).length, 'check')} not decided`,
    message: `${idsOf(results).join(', ')}: ${reason}`,
  }));
}

function limited(kind: Kind, annotations: readonly Annotation[]): Annotation[] {
  if (annotations.length <= MOST) return [...annotations];
  const rest = annotations.slice(MOST - 1);
  return [
    ...annotations.slice(0, MOST - 1),
    {
      kind,
      title: `${rest.length.toString()} more`,
      message: `${rest.map(({ title }) => title).join('\n')}\n\nThe step summary and the other formats have them in full.`,
    },
  ];
}
