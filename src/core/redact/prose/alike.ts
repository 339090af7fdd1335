// What a case knows, in all forms, beside what it is called instead in the same forms.
import type { CaseMemory } from '../../../model/case-memory.js';
import type { Way } from '../addresses/bit-walk.js';
import { type Form, ipForms, macForms } from '../leak/address-forms.js';
import { nameForms } from '../leak/name-forms.js';
import type { Mapper } from '../mapper.js';
import { isTelling } from './common-words.js';
import type { Alike } from './known-forms.js';

export function alikeIn(memory: CaseMemory, out: Mapper, way: Way): Alike[] {
  const { names, addresses = [], macs = [], former = [] } = memory;
  const single = (pairs: readonly (readonly [string, string])[]): (readonly [string, string])[] =>
    pairs.filter(([real]) => !real.includes('/'));
  const ips = single(addresses.map((real) => [real, out.ip(real)] as const));
  return [
    ...ips.map((pair) => alike(pair, ipForms, way)),
    ...(way === 'back' ? single(former).map((pair) => alike(pair, ipForms, way)) : []),
    ...macs.map((real) => alike([real, out.mac(real)], macForms, way)),
    // Names as they are, are found otherwise; back to one leads the name alone.
    ...(way === 'out' ? names.filter(([real]) => isTelling(real)) : []).map((pair) =>
      alike(pair, oddForms(pair[0]), way),
    ),
  ];
}

function alike(
  [real, instead]: readonly [string, string],
  forms: (text: string) => readonly Form[],
  way: Way,
): Alike {
  const both = { forms: forms(real), instead: forms(instead) };
  return way === 'out' ? both : { forms: both.instead, instead: both.forms };
}

/** Of anything in the forms in which a name is another text than the name itself. */
function oddForms(name: string): (text: string) => readonly Form[] {
  const isOdd = nameForms(name).map(({ text }) => text !== name);
  return (text) => nameForms(text).filter((_form, at) => isOdd[at]);
}
