// Writes everything that follows from the sources: registries, check pages, JSON Schemas, the command manifest and the drawing of
// the rooms. With --check it writes nothing and fails, naming each file that differs from what the sources say.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildAll } from './build.js';
import { docPages } from './gen-docs.js';
import { drawing } from './gen-drawing.js';
import { manifest } from './gen-manifest.js';
import { ownWords } from './gen-own-words.js';
import { registries } from './gen-registry.js';
import { schemas } from './gen-schemas.js';
import { settingsSchema } from './gen-settings-schema.js';
import { inRoot } from './paths.js';

const OWNED_FOLDERS = ['docs/checks', 'docs/messages', 'schemas'];

/** Files in folders that belong to this script and that it would not write: pages of checks that are gone. */
function leftovers(files) {
  return OWNED_FOLDERS.filter((folder) => existsSync(inRoot(folder)))
    .flatMap((folder) => readdirSync(inRoot(folder)).map((name) => `${folder}/${name}`))
    .filter((file) => !files.has(file));
}

function differs(file, text) {
  return !existsSync(inRoot(file)) || readFileSync(inRoot(file), 'utf8') !== text;
}

async function generate(early) {
  const lists = registries();
  const flags = await manifest();
  return new Map([
    ...lists,
    ...(await docPages(lists)),
    ...early,
    ...(await drawing()),
    ...flags,
    ...(await settingsSchema(flags[0][1])),
  ]);
}

function report(stale) {
  for (const file of stale) console.error(`differs from the sources: ${file}`);
  if (stale.length > 0) console.error('Run: npm run gen');
  process.exitCode = stale.length > 0 ? 1 : 0;
}

function write(files, stale, gone) {
  for (const file of stale) {
    mkdirSync(path.dirname(inRoot(file)), { recursive: true });
    writeFileSync(inRoot(file), files.get(file));
    console.log(`wrote ${file}`);
  }
  for (const file of gone) {
    rmSync(inRoot(file));
    console.log(`removed ${file}`);
  }
}

const isCheck = process.argv.includes('--check');
// The program carries these along, so they are written before it is built.
const early = [...schemas(), ...ownWords()];
if (!isCheck) {
  write(
    new Map(early),
    early.filter(([file, text]) => differs(file, text)).map(([file]) => file),
    [],
  );
}
if (!process.argv.includes('--no-build')) await buildAll();
const files = await generate(early);
const stale = [...files].filter(([file, text]) => differs(file, text)).map(([file]) => file);
const gone = leftovers(files);
if (isCheck) report([...stale, ...gone]);
else write(files, stale, gone);
