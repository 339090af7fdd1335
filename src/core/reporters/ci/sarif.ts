// Report → SARIF 2.1.0: findings as results with stable fingerprints, what could not be decided as notifications of the run.
import type { Invocation, Log, Notification, ReportingDescriptor, Result } from 'sarif';
import type { CheckResult, Report } from '../../../model/report.js';
import { cleanReport } from '../clean.js';
import { renderValue } from '../json.js';
import { clauseOf, severityOf } from '../order.js';
import { sentence } from '../prose.js';
import type { Reporter } from '../reporter.js';
import { messageOf } from './message.js';
import { suppressionsOf } from './sarif-suppression.js';
import { locationsOf } from './sarif-location.js';
import { ruleOf } from './sarif-rule.js';

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';

/** Raised when the same finding would get another fingerprint: alerts that people have dismissed come back then. */
const FINGERPRINT = 'macvlanDoctor/v1';

const LEVELS = { fail: 'error', warn: 'warning' } as const;

export const renderSarif: Reporter = (report, { checks }) => {
  const clean = cleanReport(report);
  const said = clean.results.filter((result) => isFinding(result) || isRemark(result));
  const ids = [...new Set(said.map(({ check }) => check))].toSorted();
  const log: Log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: clean.tool.name,
            version: clean.tool.version,
            semanticVersion: clean.tool.version,
            rules: ids.map((id): ReportingDescriptor => ruleOf(id, checks)),
          },
        },
        columnKind: 'utf16CodeUnits',
        invocations: [invocationOf(clean)],
        results: said.filter((result) => isFinding(result)).map((result) => resultOf(result, ids)),
      },
    ],
  };
  return renderValue(log);
};

/** Symptoms that were not decided have no code and are nothing to be told of beside their cause. */
function isFinding({ status, code }: CheckResult): boolean {
  if (status === 'suppressed') return code !== undefined;
  return status === 'fail' || status === 'warn' || status === 'accepted';
}

function isRemark({ status }: CheckResult): boolean {
  return status === 'undetermined' || status === 'crashed';
}

function resultOf(result: CheckResult, ids: readonly string[]): Result {
  const { check, status, code, subject, fingerprint } = result;
  const suppressions = suppressionsOf(result);
  return {
    ruleId: check,
    ruleIndex: ids.indexOf(check),
    level: status === 'suppressed' ? 'note' : LEVELS[severityOf(result)],
    message: { text: status === 'suppressed' ? sentence(clauseOf(result)) : messageOf(result) },
    locations: locationsOf(result),
    ...(fingerprint === undefined ? {} : { partialFingerprints: { [FINGERPRINT]: fingerprint } }),
    ...(suppressions.length === 0 ? {} : { suppressions }),
    properties: { code, subject },
  };
}

function invocationOf(report: Report): Invocation {
  const remarks = report.results.filter((result) => isRemark(result));
  return {
    executionSuccessful: report.summary.crashed === 0,
    startTimeUtc: report.startedAt,
    machine: report.host.hostname,
    toolExecutionNotifications: [
      ...remarks.map((result) => notificationOf(result)),
      ...report.notes.map((text): Notification => ({ level: 'note', message: { text } })),
    ],
  };
}

function notificationOf(result: CheckResult): Notification {
  const { check, status, reason = '' } = result;
  const isCrash = status === 'crashed';
  const text = isCrash ? `${check} crashed: ${reason}` : `${check} could not decide: ${reason}`;
  return {
    associatedRule: { id: check },
    level: isCrash ? 'error' : 'warning',
    message: { text },
    locations: locationsOf(result),
  };
}
