// One report with a result of every status, and names that are out to break whatever quotes them.
import type { CheckResult, Report } from '../../src/model/report.js';
import type { ReporterOptions } from '../../src/core/reporters/reporter.js';
import { checks } from '../../src/core/checks/index.js';
import { aReport, found, passed, SHIM_FIX, undecided } from './a-report.js';
import { aSnapshot } from './a-snapshot.js';

/** A link may be called almost anything; a container, a file and a field too. */
export const HOSTILE = 'x\u001B[2J<b>&"\']]>|`\r\n::error::%0A\u202E\uFFFE@all -->';

export const ON_PAPER: ReporterOptions = {
  color: false,
  width: 80,
  verbose: false,
  quiet: false,
  failOn: 'fail',
  strict: false,
  checks: checks.map(({ meta }) => meta),
};

export const IN_A_FILE = found('address/gateway-outside-subnet', {
  on: 'network lan',
  what: 'The gateway 192.0.3.1 is not in 192.0.2.0/24.',
  why: 'The engine refuses such a network.',
  location: {
    file: 'deploy/compose.yaml',
    line: 12,
    column: 9,
    path: 'networks.lan.ipam.config[0].gateway',
  },
});
export const LIVE = found('parent/parent-down', { on: 'parent eth0', code: 'down' });
export const WARNING = found('macvlan/host-child-isolation', {
  on: 'parent eth0',
  status: 'warn',
  fixes: [SHIM_FIX],
});
export const SYMPTOM: CheckResult = {
  ...found('neighbour/gateway-silent', { on: 'gateway 192.0.2.1', status: 'suppressed' }),
  suppressedBy: 'parent-down',
  suppressedOn: { kind: 'parent', name: 'eth0' },
};
export const OPEN = undecided('filter/rp-filter', 'run as root', 'eth0@web');
export const CRASH: CheckResult = {
  check: 'firewall-child',
  category: 'filter',
  status: 'crashed',
  subject: { kind: 'host', name: 'host' },
  title: 'Not known',
  reason: 'TypeError: x is not a function\n    at evaluate (firewall-child.ts:1:2)',
};
export const NOT_APPLICABLE: CheckResult = {
  check: 'pool-overlap',
  category: 'runtime',
  status: 'not-applicable',
  subject: { kind: 'host', name: 'host' },
  title: 'Pools do not overlap',
  reason: 'no container engine here',
};

export function reportOf(...results: readonly CheckResult[]): Report {
  return aReport(aSnapshot().parent('eth0').child('web').child('db').allHealthy(), results);
}

export function everyOutcome(): Report {
  return reportOf(
    ...passed('host/wsl2'),
    LIVE,
    IN_A_FILE,
    WARNING,
    SYMPTOM,
    OPEN,
    CRASH,
    NOT_APPLICABLE,
  );
}

/** A finding in which every text from outside is `text`. */
export function hostileFinding(text: string): CheckResult {
  return found('parent/parent-down', {
    on: `parent ${text}`,
    what: `${text} is down`,
    why: text,
    todo: text,
    evidence: [{ from: 'links', says: text }],
    advice: [text],
    location: { file: text, line: 3, path: text },
  });
}
