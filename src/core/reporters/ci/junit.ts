// Report → JUnit XML, as Jenkins and GitLab read it: one suite per category, one case per result.
// A warning has no state of its own there: it passes and says so, unless the gate does not let it pass.
import XMLBuilder from 'fast-xml-builder';
import { CATEGORIES, type Category } from '../../../model/check.js';
import type { CheckResult, Report } from '../../../model/report.js';
import { cleanReport } from '../clean.js';
import { findingLines } from '../finding.js';
import { causeText, severityOf, symptomsOf } from '../order.js';
import { acceptedText, proseOf, subjectText } from '../prose.js';
import type { Reporter, ReporterOptions } from '../reporter.js';
import { makeStyle, type Style } from '../style.js';

/** The width of a ticket: tools show the text in a fixed pitch, and some do not wrap it. */
const COLUMNS = 80;

const xml = new XMLBuilder({ ignoreAttributes: false, format: true, suppressEmptyNode: true });

export const renderJunit: Reporter = (report, options) => {
  const clean = cleanReport(report);
  const style = makeStyle({ color: false, width: COLUMNS, verbose: options.verbose, quiet: false });
  const suites = CATEGORIES.flatMap((category) => suiteOf(category, clean, { options, style }));
  const document = {
    // eslint-disable-next-line unicorn/text-encoding-identifier-case -- as XML's own specification writes it
    '?xml': { '@_version': '1.0', '@_encoding': 'UTF-8' },
    testsuites: {
      '@_name': clean.tool.name,
      '@_tests': total(suites, '@_tests'),
      '@_failures': total(suites, '@_failures'),
      '@_errors': total(suites, '@_errors'),
      '@_time': (clean.durationMs / 1000).toFixed(3),
      testsuite: suites,
    },
  };
  return `${xml.build(document).trimEnd()}\n`.replaceAll(NEVER_IN_XML, REPLACEMENT);
};

/** The two characters that XML 1.0 excludes and that are no controls: those are spelt out already. */
const NEVER_IN_XML = /[\uFFFE\uFFFF]/g;
const REPLACEMENT = '\uFFFD';

interface Case {
  readonly '@_name': string;
  readonly '@_classname': string;
  readonly skipped?: string;
  readonly error?: Trouble;
  readonly failure?: Trouble;
  readonly 'system-out'?: string;
}

interface Trouble {
  readonly '@_type': string;
  readonly '@_message': string;
  readonly '#text': string;
}

type Suite = ReturnType<typeof suiteOf>[number];

interface Means {
  readonly options: ReporterOptions;
  readonly style: Style;
}

function suiteOf(category: Category, report: Report, means: Means) {
  const results = report.results.filter(
    (result) => result.category === category && result.status !== 'not-applicable',
  );
  if (results.length === 0) return [];
  const names = namesOf(results);
  const cases = results.map((result, index) => ({
    '@_name': names[index] ?? result.check,
    '@_classname': `${report.tool.name}.${category}`,
    ...verdictOf(result, report, means),
  }));
  return [
    {
      '@_name': category,
      '@_tests': cases.length,
      '@_failures': cases.filter((one) => one.failure !== undefined).length,
      '@_errors': cases.filter((one) => one.error !== undefined).length,
      '@_skipped': cases.filter((one) => one.skipped !== undefined).length,
      '@_timestamp': report.startedAt,
      '@_hostname': report.host.hostname,
      testcase: cases,
    },
  ];
}

/** By its name a case is compared with the last run's: the code is added only where two would have the same. */
function namesOf(results: readonly CheckResult[]): string[] {
  const plain = results.map((result) =>
    result.subject.kind === 'host' ? result.check : `${result.check} (${subjectText(result)})`,
  );
  return plain.map((name, index) => {
    const code = results[index]?.code;
    const isShared = plain.indexOf(name) !== plain.lastIndexOf(name);
    return isShared && code !== undefined ? `${name}, ${code}` : name;
  });
}

function verdictOf(
  result: CheckResult,
  report: Report,
  { options, style }: Means,
): Partial<Omit<Case, '@_name' | '@_classname'>> {
  const { status, reason = '' } = result;
  switch (status) {
    case 'fail':
    case 'warn': {
      const text = findingLines(result, symptomsOf(result, report), style).join('\n');
      const isFailure = status === 'fail' || options.failOn === 'warn';
      return isFailure ? { failure: troubleOf(result, text) } : { 'system-out': text };
    }
    case 'accepted': {
      const lines = findingLines({ ...result, status: severityOf(result) }, [], style);
      return { 'system-out': [`Accepted ${acceptedText(result)}`, ...lines].join('\n') };
    }
    case 'undetermined': {
      return { skipped: `Not decided: ${reason}` };
    }
    case 'suppressed': {
      return { skipped: `Not judged by itself: ${causeText(result)} explains it.` };
    }
    case 'crashed': {
      return { error: { '@_type': 'crashed', '@_message': firstLine(reason), '#text': reason } };
    }
    case 'pass':
    case 'not-applicable': {
      return {};
    }
  }
}

function troubleOf(result: CheckResult, text: string): Trouble {
  const type = result.code === undefined ? result.check : `${result.check}.${result.code}`;
  return { '@_type': type, '@_message': proseOf(result).join(' '), '#text': text };
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}

function total(suites: readonly Suite[], count: '@_tests' | '@_failures' | '@_errors'): number {
  return suites.reduce((sum, suite) => sum + suite[count], 0);
}
