// An answer that speaks of stand-ins, in real names.
import { CaseStore, type CaseFile } from '../../edge/bundle/case-store.js';
import { readAnswer } from '../../edge/bundle/read-bundle.js';
import { invokingUser } from '../../edge/host/invoking-user.js';
import { DoctorError } from '../../model/errors.js';
import { speaksOf, translated } from './case-mask.js';

/** Throws DoctorError when the case is not known here, or nobody can tell which one is meant. */
export async function translateAnswer(
  file: string,
  caseId: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  const store = new CaseStore(env, invokingUser(env));
  const text = await readAnswer(file);
  return translated(text, caseId === undefined ? meantBy(text, store) : named(caseId, store));
}

function named(caseId: string, store: CaseStore): CaseFile {
  const known = store.find(caseId);
  if (known !== undefined) return known;
  throw new DoctorError(
    'no-such-case',
    `there is no case ${caseId} in ${store.folder}`,
    store.list(),
  );
}

/** The one case of whose stand-ins the text speaks. */
function meantBy(text: string, store: CaseStore): CaseFile {
  const ids = store.list();
  if (ids.length === 0) {
    throw new DoctorError(
      'no-such-case',
      `there is no case in ${store.folder}: nothing was masked here`,
    );
  }
  const cases = ids.flatMap((id) => store.find(id) ?? []);
  const [meant, other] = cases.length === 1 ? cases : cases.filter((one) => speaksOf(text, one));
  if (meant !== undefined && other === undefined) return meant;
  const why = meant === undefined ? 'speaks of no stand-in known here' : 'speaks of several cases';
  throw new DoctorError('no-such-case', `the text ${why}; --case says which one is meant`);
}
