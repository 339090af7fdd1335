// The official schemas of other people's formats: SARIF's JSON Schema, and the XSD by which Jenkins reads JUnit files.
import draft04 from 'ajv-draft-04';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const JUNIT_XSD = fileURLToPath(
  new URL('../../fixtures/schemas/jenkins-junit.xsd', import.meta.url),
);
const SARIF_SCHEMA = '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json';

/** What xmllint has against the document; empty when it is well-formed and valid. */
export function junitErrors(xml: string): string {
  const args = ['--noout', '--nonet', '--schema', JUNIT_XSD, '-'];
  const { status, stderr, error } = spawnSync('xmllint', args, { input: xml, encoding: 'utf8' });
  if (error !== undefined) throw error;
  return status === 0 ? '' : stderr;
}

/** The text that an XPath expression finds, as a parser that is not ours reads it. */
export function xpath(xml: string, expression: string): string {
  const { status, stdout, stderr } = spawnSync('xmllint', ['--nonet', '--xpath', expression, '-'], {
    input: xml,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  // xmllint ends with a line feed of its own.
  return stdout.replace(/\n$/, '');
}

const require = createRequire(import.meta.url);
// The schema is of 2020: one of its patterns is none under the flag `u`, and it names formats that ajv leaves to others.
const ajv = new draft04.default({
  strict: false,
  allErrors: true,
  validateFormats: false,
  unicodeRegExp: false,
});
const validateSarif = ajv.compile(
  JSON.parse(readFileSync(require.resolve(SARIF_SCHEMA), 'utf8')) as object,
);

/** What SARIF's schema has against the log. */
export function sarifErrors(text: string): unknown {
  return validateSarif(JSON.parse(text)) ? [] : validateSarif.errors;
}
