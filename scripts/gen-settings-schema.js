// The JSON Schema of macvlan-doctor.yaml: the flags that may stand there, for every command or in a section for one.
import { load } from './load.js';

const FILE = 'schemas/settings.v1.json';

/** From the manifest's flags, as the program itself picks them. */
export async function settingsSchema(manifestText) {
  const commands = Object.values(JSON.parse(manifestText).commands);
  const source = 'src/cli/settings/defaults.ts';
  const { knownFlags } = await load(source);
  const { ids, expectations } = await load(
    source,
    `import { checks } from '../../core/checks/index.js';
     export { EXPECTATIONS as expectations } from '../../model/snapshot.js';
     export const ids = checks.map(({ meta }) => meta.id);`,
  );
  const words = new Map([
    ['only', ids],
    ['skip', ids],
    ['expect', expectations],
  ]);
  const known = knownFlags(commands);
  const sections = [...known].map(([id, names]) => {
    const { flags } = commands.find((command) => command.id === id);
    const properties = [...names]
      .toSorted()
      .map((name) => [name, flagSchema(flags[name], words.get(name))]);
    return [id, Object.fromEntries(properties)];
  });
  const common = Object.assign({}, ...sections.map(([, properties]) => properties));
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'macvlan-doctor settings',
    type: ['object', 'null'],
    additionalProperties: false,
    properties: {
      ...Object.fromEntries(Object.entries(common).toSorted(([a], [b]) => (a < b ? -1 : 1))),
      ...Object.fromEntries(
        sections.map(([id, properties]) => [
          id,
          {
            description: `For \`macvlan-doctor ${id}\` alone.`,
            type: 'object',
            additionalProperties: false,
            properties,
          },
        ]),
      ),
    },
  };
  return [[FILE, `${JSON.stringify(schema, null, 2)}\n`]];
}

/** Numbers may stand for texts; a flag that may be given several times takes a list or one. */
function flagSchema({ type, multiple, options, description }, words) {
  if (type === 'boolean') return { description, type: 'boolean' };
  const choice = words ?? options;
  const one = choice === undefined ? { type: ['string', 'number'] } : { enum: choice };
  if (multiple !== true) return { description, ...one };
  return { description, anyOf: [one, { type: 'array', items: one }] };
}
