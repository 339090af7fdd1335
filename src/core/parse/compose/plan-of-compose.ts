// Compose files as a plan: merged, variables replaced, profiles chosen; every part knows where it stands.
import type { Plan, PlannedNetwork } from '../../../model/plan.js';
import { composeNetwork } from './compose-networks.js';
import { composeService, networkKeysOf } from './compose-services.js';
import { extendedService } from './extend.js';
import { mapIn, onlyKeys, textIn, textsIn } from './fields.js';
import { interpolated, type Environment } from './interpolate.js';
import { merged } from './merge.js';
import { ComposeMistake, readTree, type MapValue, type Value } from './tree.js';

export interface ComposeFile {
  readonly name: string;
  readonly text: string;
}

export interface ComposeInput {
  /** In the order in which they are laid over each other; at least one. */
  readonly files: readonly ComposeFile[];
  /** The text of a file that another one names, or why it cannot be read. */
  readonly open: (
    name: string,
    from: string,
  ) => { readonly text: string } | { readonly reason: string };
  readonly variables: Readonly<Record<string, string>>;
  readonly profiles: readonly string[];
  /** What Compose calls the project where no file does. */
  readonly project: string;
  readonly newMac: () => string;
}

const TOP_KEYS = [
  'configs',
  'include',
  'models',
  'name',
  'networks',
  'secrets',
  'services',
  'version',
  'volumes',
];

/** Throws a ComposeMistake, whose message is one sentence with file, line and column. */
export function planOfCompose(input: ComposeInput): Plan {
  const missing = new Set<string>();
  const env: Environment = { variables: input.variables, missing: (name) => missing.add(name) };
  const whole = wholeFile(input, env);
  onlyKeys(whole, TOP_KEYS, '');
  const project = textIn(whole.entries.get('name'), 'name') ?? input.project;
  const services = activeServices(whole, input, env);
  const networks = usedNetworks(whole, services, project);
  const networkNames = new Map([...networks].map(([key, { name }]) => [key, name]));
  const context = { project, networkNames, newMac: input.newMac };
  return {
    reader: 'yaml',
    networks: [...networks.values()],
    containers: [...services].map(([key, service]) => composeService(key, service, context)),
    notes: [
      ...[...missing].sort().map((name) => `The variable ${name} is not set; it counts as empty.`),
      ...(whole.entries.has('include')
        ? ['What the file takes in by `include` is not read; give those files with --compose too.']
        : []),
    ],
  };
}

function wholeFile({ files }: ComposeInput, env: Environment): MapValue {
  const trees = files.map(({ name, text }) => interpolated(readTree(name, text), env));
  const [first, ...others] = trees;
  let whole = first;
  for (const tree of others) {
    const both = whole === undefined ? tree : merged(whole, tree);
    whole = both;
  }
  const map = mapIn(whole, 'a Compose file');
  if (map === undefined) throw new ComposeMistake('the file says nothing', first?.place);
  return map;
}

function activeServices(
  whole: MapValue,
  input: ComposeInput,
  env: Environment,
): Map<string, MapValue> {
  const services = mapIn(whole.entries.get('services'), 'services');
  const open = (name: string, from: Value): Value => {
    const got = input.open(name, from.place.file);
    if ('reason' in got) throw new ComposeMistake(`${name}: ${got.reason}`, from.place);
    return interpolated(readTree(name, got.text), env);
  };
  const active = new Map<string, MapValue>();
  for (const key of services?.entries.keys() ?? []) {
    if (services === undefined) break;
    const service = extendedService(key, services, open);
    const profiles = textsIn(service.entries.get('profiles'), `services.${key}.profiles`);
    const isOn = profiles.length === 0 || profiles.some((one) => isWanted(one, input.profiles));
    if (isOn) active.set(key, service);
  }
  return active;
}

function isWanted(profile: string, wanted: readonly string[]): boolean {
  return wanted.includes(profile) || wanted.includes('*');
}

/** Those that a service is on: Compose makes no others. `default` is a bridge where the file does not say more. */
function usedNetworks(
  whole: MapValue,
  services: ReadonlyMap<string, MapValue>,
  project: string,
): Map<string, PlannedNetwork> {
  const said = mapIn(whole.entries.get('networks'), 'networks')?.entries;
  const used = new Set(
    [...services].flatMap(([key, service]) => networkKeysOf(service, `services.${key}`)),
  );
  const networks = new Map<string, PlannedNetwork>();
  for (const key of used) {
    const value = said?.get(key) ?? (key === 'default' ? nothingAt(whole) : undefined);
    if (value !== undefined) networks.set(key, composeNetwork(key, value, project));
  }
  return networks;
}

function nothingAt({ place }: MapValue): Value {
  return { kind: 'scalar', value: null, place };
}
