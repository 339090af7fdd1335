// A baseline file → accepted findings. Strict: an entry that nobody understands would let something pass that nobody has accepted.
import {
  BASELINE_SCHEMA_VERSION,
  type Baseline,
  type BaselineEntry,
} from '../../../model/baseline.js';
import { SUBJECT_KINDS } from '../../../model/finding.js';
import { dayOf, fieldsOf, itemsOf, oneOf, required, textOf } from './fields.js';
import { badFile, yamlTree, type YamlTree } from './yaml-tree.js';

/** Throws DoctorError: `file:line:column: what is wrong`. */
export function parseBaseline(text: string, file: string): Baseline {
  const tree = yamlTree(text, file);
  const what = 'a baseline';
  const fields = fieldsOf(tree, ['schemaVersion', 'accepted'], what);
  const version = required(fields, 'schemaVersion', { at: tree.at, what });
  const { content, at } = version.node;
  if (content.kind !== 'value' || content.value !== BASELINE_SCHEMA_VERSION) {
    const known = BASELINE_SCHEMA_VERSION.toString();
    throw badFile(at, `this version reads schemaVersion ${known} only`);
  }
  const accepted = required(fields, 'accepted', { at: tree.at, what });
  return {
    schemaVersion: BASELINE_SCHEMA_VERSION,
    accepted: itemsOf(accepted, 'accepted').map((item) => entryOf(item)),
  };
}

const ENTRY = ['check', 'code', 'subject', 'fingerprint', 'severity', 'reason', 'expires'];

function entryOf(tree: YamlTree): BaselineEntry {
  const what = 'an accepted finding';
  const fields = fieldsOf(tree, ENTRY, what);
  const take = (name: string) => required(fields, name, { at: tree.at, what });
  const fingerprint = fields.get('fingerprint');
  const severity = fields.get('severity');
  return {
    check: textOf(take('check'), 'check'),
    code: textOf(take('code'), 'code'),
    subject: subjectOf(take('subject').node),
    ...(fingerprint === undefined ? {} : { fingerprint: textOf(fingerprint, 'fingerprint') }),
    ...(severity === undefined ? {} : { severity: oneOf(severity, 'severity', ['fail', 'warn']) }),
    reason: textOf(take('reason'), 'reason'),
    expires: dayOf(take('expires'), 'expires'),
  };
}

function subjectOf(tree: YamlTree): BaselineEntry['subject'] {
  const what = 'a subject';
  const fields = fieldsOf(tree, ['kind', 'name'], what);
  const take = (name: string) => required(fields, name, { at: tree.at, what });
  return {
    kind: oneOf(take('kind'), 'kind', SUBJECT_KINDS),
    name: textOf(take('name'), 'name'),
  };
}
