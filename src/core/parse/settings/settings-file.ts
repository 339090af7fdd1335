// macvlan-doctor.yaml → settings, each with its place: what flags may say, for every command or for one.
import { badFile, yamlTree, type YamlEntry, type YamlTree } from './yaml-tree.js';

export interface Setting {
  /** Of the flag, without dashes. */
  readonly name: string;
  readonly value: SettingValue;
  /** `file:line:column`. */
  readonly at: string;
  /** Of each item, where the value is a list. */
  readonly itemsAt?: readonly string[];
}

export type SettingValue = boolean | string | readonly string[];

/** Which flags a file may set, by command. */
export type KnownFlags = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * The settings for one command: those at the top that it has a flag for, and those in a section of its name, which win.
 * Throws DoctorError for a name that no command has a flag for.
 */
export function parseSettings(
  text: string,
  file: string,
  { command, known }: { readonly command: string; readonly known: KnownFlags },
): Setting[] {
  const tree = yamlTree(text, file);
  if (tree.content.kind === 'value' && tree.content.value === null) return [];
  const everywhere = new Set([...known.values()].flatMap((flags) => [...flags]));
  const sections = new Map<string, Setting[]>();
  const common: Setting[] = [];
  for (const entry of entriesOf(tree, 'the settings')) {
    const own = known.get(entry.key);
    if (own === undefined) common.push(settingOf(entry, everywhere));
    else {
      const inside = entriesOf(entry.node, `the section ${entry.key}`);
      sections.set(
        entry.key,
        inside.map((inner) => settingOf(inner, own)),
      );
    }
  }
  const own = sections.get(command) ?? [];
  const names = new Set(own.map(({ name }) => name));
  const shared = common.filter(({ name }) => known.get(command)?.has(name) === true);
  return [...shared.filter(({ name }) => !names.has(name)), ...own];
}

function entriesOf(tree: YamlTree, what: string): readonly YamlEntry[] {
  if (tree.content.kind === 'map') return tree.content.entries;
  throw badFile(tree.at, `${what} must be a map with names`);
}

function settingOf({ key, at, node }: YamlEntry, flags: ReadonlySet<string>): Setting {
  if (!flags.has(key)) {
    const names = [...flags].toSorted().join(', ');
    throw badFile(at, `there is no setting ${key} here; there are ${names}`);
  }
  const { content } = node;
  if (content.kind === 'map') throw badFile(node.at, `${key} must be a value or a list`);
  if (content.kind === 'list') {
    const items = content.items.map((item) => scalarOf(item, key));
    const itemsAt = content.items.map((item) => item.at);
    return { name: key, value: items.map(String), at: node.at, itemsAt };
  }
  return { name: key, value: scalarOf(node, key), at: node.at };
}

function scalarOf({ content, at }: YamlTree, key: string): boolean | string {
  const value = content.kind === 'value' ? content.value : undefined;
  if (typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') return value.toString();
  throw badFile(at, `${key} must be a value`);
}
