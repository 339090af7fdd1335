// `npm run --silent snapshot:ip -- FOLDER`: prints the snapshot that saved output of iproute2 makes (docs/saved-output.md).
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { load } from './load.js';
import { inRoot } from './paths.js';

/** A host with thousands of routes saves a few MiB. */
const LIMIT_BYTES = 64 * 1024 * 1024;
const HOST = 'host';

const savedHost = await load('src/core/parse/saved-host.ts');

/** The text, or why there is none: one bad file costs itself. */
function readText(folder, name) {
  const place = `${path.basename(folder)}/${name}`;
  try {
    const file = path.join(folder, name);
    const about = statSync(file);
    if (!about.isFile()) return { state: 'failed', reason: `${place} is not a file` };
    if (about.size > LIMIT_BYTES) return { state: 'failed', reason: `${place} is too large` };
    return { state: 'known', value: readFileSync(file, 'utf8') };
  } catch (error) {
    const isMissing = error.code === 'ENOENT';
    return isMissing
      ? { state: 'skipped', reason: `${place} was not saved` }
      : { state: 'failed', reason: `${place} could not be read (${error.code})` };
  }
}

function readTexts(folder) {
  const json = savedHost.SAVED_TEXTS.map((name) => [name, readText(folder, `${name}.json`)]);
  const settings = readText(folder, savedHost.SAVED_SETTINGS);
  return { ...Object.fromEntries(json), settings };
}

function readSaved(folder) {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new Error(`there is no folder ${folder}`);
  }
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
  if (!names.includes(HOST)) throw new Error(`there is no folder called ${HOST} in it`);
  const host = path.join(folder, HOST);
  return {
    host: readTexts(host),
    fdb: readText(host, `${savedHost.SAVED_FDB}.json`),
    ntable: readText(host, `${savedHost.SAVED_NTABLE}.json`),
    others: names
      .filter((name) => name !== HOST)
      .map((name) => ({ name, texts: readTexts(path.join(folder, name)) })),
  };
}

const [folder] = process.argv.slice(2);
try {
  if (folder === undefined) throw new Error('say which folder: npm run snapshot:ip -- FOLDER');
  const { name, version } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
  const snapshot = savedHost.snapshotOfSavedHost(readSaved(folder), {
    tool: { name, version },
    takenAt: statSync(path.join(folder, HOST)).mtime.toISOString(),
  });
  process.stdout.write(`${JSON.stringify(snapshot)}\n`);
} catch (error) {
  console.error(`No snapshot: ${error.message}`);
  process.exitCode = 2;
}
