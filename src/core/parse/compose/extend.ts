// `extends`: a service takes over another one, of the same file or of another (compose-spec, 05-services).
import { mapIn, textIn } from './fields.js';
import { merged } from './merge.js';
import { ComposeMistake, type MapValue, type Value } from './tree.js';

/** Reads another file as a tree, its variables replaced; throws a ComposeMistake where it cannot. */
export type OpenFile = (name: string, from: Value) => Value;

/** What a service takes from the other one never holds these. */
const NOT_TAKEN_OVER = new Set(['depends_on', 'links', 'volumes_from', 'extends']);

export function extendedService(
  name: string,
  services: MapValue,
  open: OpenFile,
  seen: readonly string[] = [],
): MapValue {
  const path = `services.${name}`;
  const found = services.entries.get(name);
  const service = mapIn(found, path);
  if (service === undefined) {
    throw new ComposeMistake(
      `${path} is not there or says nothing`,
      found?.place ?? services.place,
    );
  }
  const wish = service.entries.get('extends');
  if (wish === undefined) return service;
  const { base, file } = wishOf(wish, path);
  const key = `${file ?? service.place.file} ${base}`;
  if (seen.includes(key))
    throw new ComposeMistake(`${path} extends itself in a circle`, wish.place);
  const source = file === undefined ? services : servicesOf(open(file, wish), wish);
  const under = extendedService(base, source, open, [...seen, key]);
  const taken = new Map([...under.entries].filter(([one]) => !NOT_TAKEN_OVER.has(one)));
  const both = merged({ ...under, entries: taken }, service);
  return both?.kind === 'map' ? both : service;
}

function wishOf(wish: Value, path: string): { readonly base: string; readonly file?: string } {
  if (wish.kind === 'scalar') return { base: String(wish.value) };
  const map = mapIn(wish, `${path}.extends`);
  const base = textIn(map?.entries.get('service'), `${path}.extends.service`);
  const file = textIn(map?.entries.get('file'), `${path}.extends.file`);
  if (base === undefined) throw new ComposeMistake(`${path}.extends names no service`, wish.place);
  return { base, ...(file !== undefined && { file }) };
}

function servicesOf(file: Value, wish: Value): MapValue {
  const services = mapIn(mapIn(file, 'the file')?.entries.get('services'), 'services');
  if (services === undefined)
    throw new ComposeMistake('the other file has no services', wish.place);
  return services;
}
