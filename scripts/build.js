// Bundles src/cli into dist/: one file per command plus shared chunks. Packages go into the bundle, because loading @oclif/core from
// its hundreds of files costs more than the whole start-up budget; only those with native parts stay packages (`dependencies`).
import { build } from 'esbuild';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { inRoot, root } from './paths.js';

const COMMANDS = 'src/cli/commands';

function entryPoints() {
  const commands = readdirSync(inRoot(COMMANDS), { recursive: true })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${COMMANDS}/${name}`);
  return ['src/cli/main.ts', ...commands.toSorted()];
}

function runtimePackages() {
  const { dependencies, optionalDependencies } = JSON.parse(readFileSync(inRoot('package.json')));
  return Object.keys({ ...dependencies, ...optionalDependencies });
}

async function bundle(outdir) {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: entryPoints(),
    outbase: 'src',
    outdir,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    chunkNames: 'chunks/[name]-[hash]',
    // As modules, so that whoever only writes YAML does not load what reads it; the package's build for Node is one piece.
    alias: { yaml: inRoot('node_modules/yaml/browser/index.js') },
    // typescript: oclif asks for it only when it runs commands from sources.
    external: [...runtimePackages(), 'typescript'],
    // Bundled CommonJS packages call require for Node's own modules.
    banner: {
      js: "import { createRequire as createRequireHere } from 'node:module'; const require = createRequireHere(import.meta.url);",
    },
    metafile: true,
    logLevel: 'warning',
  });
  return metafile;
}

/** The folders of the packages that went into the bundle. */
function bundledPackages(metafile) {
  const folders = Object.keys(metafile.inputs).map(
    (file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0],
  );
  return [...new Set(folders.filter((folder) => folder !== undefined))].toSorted();
}

function licenceOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(inRoot(folder, 'package.json')));
  const file = readdirSync(inRoot(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file === undefined ? '' : readFileSync(inRoot(folder, file), 'utf8').trim();
  return `${name} ${version} (${license})\n\n${text}`;
}

function writeLicences(metafile, outdir) {
  const texts = bundledPackages(metafile).map((folder) => licenceOf(folder));
  writeFileSync(path.join(outdir, 'THIRD-PARTY-LICENCES.txt'), `${texts.join('\n\n---\n\n')}\n`);
}

/** Builds beside dist/ and swaps, so that a program started meanwhile finds one whole build or the other. */
export async function buildAll() {
  const next = inRoot(`dist.next-${process.pid}`);
  const old = inRoot(`dist.old-${process.pid}`);
  try {
    const metafile = await bundle(next);
    writeLicences(metafile, next);
    if (existsSync(inRoot('dist'))) renameSync(inRoot('dist'), old);
    renameSync(next, inRoot('dist'));
  } finally {
    rmSync(next, { recursive: true, force: true });
    rmSync(old, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildAll();
