// Whether a value is what a schema of ours says. Speaks the part of JSON Schema that `npm run gen` writes, without compiling anything,
// so that it costs nothing at the start; a test holds it against a full validator.

export type Schema = Readonly<Record<string, unknown>>;

interface Place {
  readonly definitions: Schema;
  /** Where in the value: `.facts.namespaces.value[3]`. */
  readonly path: string;
}

/** The first place at which the value is something else, as a clause; undefined when it fits. */
export function misfitOf(value: unknown, schema: Schema): string | undefined {
  return misfit(value, schema, { definitions: asSchema(schema['definitions']), path: '' });
}

function misfit(value: unknown, schema: Schema, place: Place): string | undefined {
  const { $ref, anyOf } = schema;
  if (typeof $ref === 'string') return misfit(value, definitionOf($ref, place), place);
  if (Array.isArray(anyOf)) return misfitOfAll(value, anyOf.map(asSchema), place);
  if (!isOneOf(value, schema)) return `${nameOf(place)} is none of the values there are`;
  const types = [schema['type']].flat();
  const type = typeOf(value);
  if (schema['type'] !== undefined && !types.includes(type)) {
    return `${nameOf(place)} is ${ARTICLES[type]} and should be ${types.join(' or ')}`;
  }
  if (Array.isArray(value)) return misfitOfItems(value, schema, place);
  return type === 'object' ? misfitOfObject(value as Schema, schema, place) : undefined;
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

function isOneOf(value: unknown, schema: Schema): boolean {
  if ('const' in schema && value !== schema['const']) return false;
  const allowed = schema['enum'];
  return !Array.isArray(allowed) || allowed.includes(value);
}

function misfitOfItems(
  value: readonly unknown[],
  schema: Schema,
  place: Place,
): string | undefined {
  const items = asSchema(schema['items']);
  for (const [index, item] of value.entries()) {
    const found = misfit(item, items, { ...place, path: `${place.path}[${index}]` });
    if (found !== undefined) return found;
  }
  return undefined;
}

function misfitOfObject(value: Schema, schema: Schema, place: Place): string | undefined {
  const properties = asSchema(schema['properties']);
  for (const name of asNames(schema['required'])) {
    if (!Object.hasOwn(value, name)) return `${nameOf(place)} lacks ${name}`;
  }
  const others = schema['additionalProperties'];
  for (const [key, entry] of Object.entries(value)) {
    const isKnown = Object.hasOwn(properties, key);
    if (key === '__proto__') return `${nameOf(place)} has a key that no object may have`;
    const expected = isKnown ? properties[key] : others;
    if (typeof expected !== 'object' || expected === null) continue;
    const path = isKnown ? `${place.path}.${key}` : `${place.path}.*`;
    const found = misfit(entry, expected as Schema, { ...place, path });
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Of several forms, the one that the value claims to be says what is wrong with it. */
function misfitOfAll(value: unknown, forms: readonly Schema[], place: Place): string | undefined {
  const found = forms.map((form) => misfit(value, form, place));
  if (found.includes(undefined)) return undefined;
  const claimed = forms.findIndex((form) => isClaimed(value, resolved(form, place)));
  return found[claimed] ?? `${nameOf(place)} has none of the forms it may have`;
}

/** All that is constant in the form is so in the value. */
function isClaimed(value: unknown, form: Schema): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const fixed = Object.entries(asSchema(form['properties'])).filter(([, one]) => isFixed(one));
  return (
    fixed.length > 0 && fixed.every(([key, one]) => isOneOf((value as Schema)[key], one as Schema))
  );
}

function isFixed(schema: unknown): boolean {
  return typeof schema === 'object' && schema !== null && 'const' in schema;
}

function resolved(schema: Schema, place: Place): Schema {
  const { $ref } = schema;
  return typeof $ref === 'string' ? definitionOf($ref, place) : schema;
}

function definitionOf(ref: string, { definitions }: Place): Schema {
  return asSchema(definitions[decodeURIComponent(ref.replace('#/definitions/', ''))]);
}

function nameOf({ path }: Place): string {
  return path === '' ? 'it' : path.slice(1);
}

function asSchema(value: unknown): Schema {
  return typeof value === 'object' && value !== null ? (value as Schema) : {};
}

function asNames(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((name) => typeof name === 'string') : [];
}
