// After npm has installed this clone the program is there: dist/ is not committed. Without the development packages there is nothing to build with.
import { createRequire } from 'node:module';

function canBuild() {
  try {
    createRequire(import.meta.url).resolve('esbuild');
    return true;
  } catch {
    return false;
  }
}

if (canBuild()) {
  const { buildAll } = await import('./build.js');
  await buildAll();
}
