// The explicit import lists of checks and lab scenarios: one line per file of the folder, sorted by id.
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { inRoot } from './paths.js';

const REGISTRIES = [
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
  const files = readdirSync(inRoot(folder)).filter(
    (name) => name.endsWith('.ts') && name !== 'index.ts',
  );
  return files
    .filter((name) => {
      const isReady = /^export default /m.test(readFileSync(inRoot(folder, name), 'utf8'));
      if (!isReady) console.error(`left out: ${folder}/${name} has no default export`);
      return isReady;
    })
    .map((name) => path.basename(name, '.ts'))
    .toSorted();
}

function camelCase(id) {
  return id.replaceAll(/-(\w)/g, (_match, letter) => letter.toUpperCase());
}

function registryText({ folder, knows, type, list }) {
  const ids = idsIn(folder);
  const imports = ids.map((id) => `import ${camelCase(id)} from './${id}.js';`);
  const lines = ids.map((id) => `  ${camelCase(id)},\n`).join('');
  return [
    `// ${knows}. Written by \`npm run gen:registry\`; edits are lost.`,
    `import type { ${type.name} } from '${type.from}';`,
    ...imports,
    '',
    `export const ${list}: readonly ${type.name}[] = [${lines === '' ? '' : `\n${lines}`}];`,
    '',
  ].join('\n');
}

/** Every registry's path and text. */
export function registries() {
  return REGISTRIES.map((registry) => [`${registry.folder}/index.ts`, registryText(registry)]);
}

function writeRegistries() {
  for (const [file, text] of registries()) {
    // An unchanged file keeps its time stamp, so that nothing is rebuilt for it.
    const isSame = existsSync(inRoot(file)) && readFileSync(inRoot(file), 'utf8') === text;
    if (!isSame) writeFileSync(inRoot(file), text);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeRegistries();
