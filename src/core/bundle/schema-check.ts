// Whether a value is what a schema of ours says. Speaks the part of JSON Schema that `npm run gen` writes, and prepares it in a
// millisecond; a test holds it against a full validator.
import { oncePer } from '../../model/once-per.js';
import { isNestedTooDeeply } from './json-guard.js';

export type Schema = Readonly<Record<string, unknown>>;

/** The first place at which the value is something else, as a clause; undefined when it fits. */
export function misfitOf(value: unknown, schema: Schema): string | undefined {
  const rule = ruleOf(schema);
  const found = fits(value, rule) ? undefined : misfit(value, rule);
  if (found === undefined) return undefined;
  return `${found.path === '' ? 'it' : found.path.slice(1)} ${found.says()}`;
}

/** A schema whose references lead straight to what they refer to: it is asked about tens of thousands of values. */
interface Rule {
  /** Of which a value must have one; then nothing else is asked. */
  forms?: readonly Rule[];
  /** The values that there are. */
  allowed?: ReadonlySet<unknown>;
  types?: readonly string[];
  /** Of the types, where there is only one. */
  type?: string;
  items?: Rule;
  required?: readonly string[];
  properties?: ReadonlyMap<string, Rule>;
  /** Of properties that have no rule of their own. */
  others?: Rule;
  /** Properties that can have one value only: by these an object says which form it has. */
  marks?: readonly (readonly [name: string, value: unknown])[];
}

const ruleOf = oncePer((schema: Schema): Rule => {
  const definitions = asSchema(schema['definitions']);
  const made = new Map<Schema, Rule>();
  return prepared(schema);

  function prepared(one: Schema): Rule {
    const { $ref } = one;
    if (typeof $ref === 'string') return prepared(asSchema(definitions[nameIn($ref)]));
    const known = made.get(one);
    if (known !== undefined) return known;
    // A definition may contain itself: it has to be known before its parts are.
    const rule: Rule = {};
    made.set(one, rule);
    return Object.assign(rule, ownPartsOf(one), innerPartsOf(one, prepared));
  }
});

function nameIn(ref: string): string {
  return decodeURIComponent(ref.replace('#/definitions/', ''));
}

function ownPartsOf(schema: Schema): Rule {
  const { type, enum: words, required, properties } = schema;
  const marks = Object.entries(asSchema(properties)).flatMap(([name, one]) =>
    'const' in asSchema(one) ? [[name, asSchema(one)['const']] as const] : [],
  );
  return {
    ...(type !== undefined && { types: [type].flat().map(String) }),
    ...(typeof type === 'string' && { type }),
    ...('const' in schema && { allowed: new Set([schema['const']]) }),
    ...(Array.isArray(words) && { allowed: new Set<unknown>(words) }),
    ...(Array.isArray(required) && { required: required.map(String) }),
    ...(marks.length > 0 && { marks }),
  };
}

function innerPartsOf(schema: Schema, prepared: (one: Schema) => Rule): Rule {
  const { anyOf, items, properties, additionalProperties: others } = schema;
  const named = Object.entries(asSchema(properties));
  return {
    ...(Array.isArray(anyOf) && { forms: anyOf.map((form) => prepared(asSchema(form))) }),
    ...(isObject(items) && { items: prepared(items) }),
    ...(named.length > 0 && {
      properties: new Map(named.map(([name, one]) => [name, prepared(asSchema(one))])),
    }),
    ...(isObject(others) && { others: prepared(others) }),
  };
}

/**
 * Whether the value fits, and no word on why not. Nearly every value does, and most bundles are read before any of this is
 * compiled: hence no iterators and no closures on the way of most, for these cost more than the work.
 */
function fits(value: unknown, rule: Rule): boolean {
  const { forms, allowed, type, items } = rule;
  if (allowed !== undefined) return allowed.has(value);
  if (value !== null && typeof value === 'object') {
    if (forms !== undefined) return fitsForm(value, forms);
    if (type === 'array' && items !== undefined) return fitsItems(value, items);
    if (type === 'object' && !Array.isArray(value)) return fitsFields(value as Schema, rule);
  } else if (value !== null && typeof value === type) {
    return typeof value !== 'number' || Number.isFinite(value);
  }
  return misfit(value, rule) === undefined;
}

function fitsForm(value: object, forms: readonly Rule[]): boolean {
  const claimed = forms.find((form) => isClaimed(value, form));
  return claimed === undefined ? misfitOfForms(value, forms) === undefined : fits(value, claimed);
}

function fitsItems(value: object, items: Rule): boolean {
  if (!Array.isArray(value)) return false;
  let at = 0;
  while (at < value.length && fits(value[at], items)) at += 1;
  return at === value.length;
}

function fitsFields(value: Schema, { required = [], properties, others }: Rule): boolean {
  let at = 0;
  while (at < required.length && Object.hasOwn(value, required[at] ?? '')) at += 1;
  if (at < required.length) return false;
  for (const key in value) {
    if (key === '__proto__') return false;
    const expected = properties?.get(key) ?? others;
    const one = value[key];
    if (expected === undefined ? isNestedTooDeeply(one) : !fits(one, expected)) return false;
  }
  return true;
}

/** Put together only where one is told: most are of forms that the value does not claim to have. */
interface Misfit {
  /** Where in the value: `.facts.namespaces.value[3]`; written from the inside out. */
  readonly path: string;
  readonly says: () => string;
}

function misfit(value: unknown, rule: Rule): Misfit | undefined {
  const { forms, allowed, types } = rule;
  if (forms !== undefined) return misfitOfForms(value, forms);
  if (allowed?.has(value) === false) return here(() => 'is none of the values there are');
  const type = typeOf(value);
  if (types?.includes(type) === false) {
    return here(() => `is ${ARTICLES[type]} and should be ${types.join(' or ')}`);
  }
  if (Array.isArray(value)) return misfitOfItems(value, rule);
  return type === 'object' ? misfitOfObject(value as Schema, rule) : undefined;
}

function here(says: () => string): Misfit {
  return { path: '', says };
}

function below(step: string, { path, says }: Misfit): Misfit {
  return { path: step + path, says };
}

const ARTICLES = {
  array: 'a list',
  object: 'an object',
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  null: 'null',
  nothing: 'too large a number',
} as const;

function typeOf(value: unknown): keyof typeof ARTICLES {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isFinite(value) ? 'number' : 'nothing';
  if (typeof value === 'string') return 'string';
  return typeof value === 'boolean' ? 'boolean' : 'object';
}

function misfitOfItems(value: readonly unknown[], { items }: Rule): Misfit | undefined {
  for (const [index, item] of value.entries()) {
    const found = items === undefined ? misfitOfUnknown(item) : misfit(item, items);
    if (found !== undefined) return below(`[${index}]`, found);
  }
  return undefined;
}

function misfitOfObject(
  value: Schema,
  { required = [], properties, others }: Rule,
): Misfit | undefined {
  for (const name of required) {
    if (!Object.hasOwn(value, name)) return here(() => `lacks ${name}`);
  }
  for (const key of Object.keys(value)) {
    if (key === '__proto__') return here(() => 'has a key that no object may have');
    const own = properties?.get(key);
    const expected = own ?? others;
    const found =
      expected === undefined ? misfitOfUnknown(value[key]) : misfit(value[key], expected);
    if (found !== undefined) return below(own === undefined ? '.*' : `.${key}`, found);
  }
  return undefined;
}

/** What a later version added is passed over, unless nobody could walk through it; what the schema speaks of is never deep. */
function misfitOfUnknown(value: unknown): Misfit | undefined {
  return isNestedTooDeeply(value) ? here(() => 'is nested too deeply') : undefined;
}

/** Of several forms, the one that the value claims to be says what is wrong with it. */
function misfitOfForms(value: unknown, forms: readonly Rule[]): Misfit | undefined {
  const claimed = forms.find((form) => isClaimed(value, form));
  const found = claimed && misfit(value, claimed);
  if (claimed !== undefined && found === undefined) return undefined;
  const isOther = forms.some((form) => form !== claimed && misfit(value, form) === undefined);
  return isOther ? undefined : (found ?? here(() => 'has none of the forms it may have'));
}

/** All that is constant in the form is so in the value. */
function isClaimed(value: unknown, { marks }: Rule): boolean {
  if (marks === undefined || typeof value !== 'object' || value === null) return false;
  return marks.every(([name, mark]) => (value as Schema)[name] === mark);
}

function isObject(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null;
}

function asSchema(value: unknown): Schema {
  return isObject(value) ? value : {};
}
