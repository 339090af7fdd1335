// Writes the explicit import lists of checks and lab scenarios: one line per file of the folder, sorted by id.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { inRoot } from './paths.js';

export const REGISTRIES = [
  {
    folder: 'src/core/checks',
    knows: 'Every check, sorted by id',
    type: { name: 'Check', from: '../../model/check.js' },
    list: 'checks',
  },
  {
    folder: 'src/edge/lab/scenarios',
    knows: 'Every lab scenario, sorted by id',
    type: { name: 'Scenario', from: '../scenario.js' },
    list: 'scenarios',
  },
];

/** The ids in a folder: file names without `.ts`. A file that exports nothing by default yet is told and left out. */
function idsIn(folder) {
  const files = readdirSync(folder).filter((name) => name.endsWith('.ts') && name !== 'index.ts');
  return files
    .filter((name) => {
      const isReady = /^export default /m.test(readFileSync(path.join(folder, name), 'utf8'));
      if (!isReady) console.error(`left out: ${name} has no default export`);
      return isReady;
    })
    .map((name) => name.slice(0, -'.ts'.length))
    .toSorted();
}

function camelCase(id) {
  return id.replaceAll(/-(\w)/g, (_match, letter) => letter.toUpperCase());
}

/** The text of one registry. */
export function registryText({ folder, knows, type, list }) {
  const ids = idsIn(inRoot(folder));
  const imports = ids.map((id) => `import ${camelCase(id)} from './${id}.js';`);
  const entries =
    ids.length === 0 ? '[]' : `[\n${ids.map((id) => `  ${camelCase(id)},\n`).join('')}]`;
  return [
    `// ${knows}. Written by \`npm run gen:registry\`; edits are lost.`,
    `import type { ${type.name} } from '${type.from}';`,
    ...imports,
    '',
    `export const ${list}: readonly ${type.name}[] = ${entries};`,
    '',
  ].join('\n');
}

export function writeRegistries() {
  for (const registry of REGISTRIES) {
    if (!existsSync(inRoot(registry.folder))) continue;
    const file = inRoot(registry.folder, 'index.ts');
    const text = registryText(registry);
    // An unchanged file keeps its time stamp, so that nothing is rebuilt for it.
    if (!existsSync(file) || readFileSync(file, 'utf8') !== text) writeFileSync(file, text);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeRegistries();
