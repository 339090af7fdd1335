// Loads a TypeScript module of the project into a script, packages included, without leaving a file behind.
import { build } from 'esbuild';
import { root } from './paths.js';

/** The module at `source`, or the module `source` would be if it read `contents`. */
export async function load(source, contents) {
  const input =
    contents === undefined
      ? { entryPoints: [source] }
      : {
          stdin: { contents, resolveDir: `${root}/${source.replace(/[^/]+$/, '')}`, loader: 'ts' },
        };
  const { outputFiles } = await build({
    ...input,
    absWorkingDir: root,
    bundle: true,
    format: 'esm',
    // Only pure rooms are loaded, so nothing of Node's is needed; a package for both worlds would ask for it.
    platform: 'browser',
    write: false,
    logLevel: 'warning',
  });
  const code = Buffer.from(outputFiles[0].contents).toString('base64');
  return import(`data:text/javascript;base64,${code}`);
}
