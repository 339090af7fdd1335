// Before packing: raw-socket and nan travel inside the package, and of them only what a user needs to compile them.
import { readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { inRoot } from './paths.js';

const NEEDED = {
  'raw-socket': ['index.js', 'binding.gyp', 'src'],
  nan: ['*.h', 'include_dirs.js'],
};

// npm honours no ignore file in a bundled package, only its own list of files; neither of the two has one.
for (const [name, files] of Object.entries(NEEDED)) {
  const file = inRoot('node_modules', name, 'package.json');
  const description = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, `${JSON.stringify({ ...description, files }, null, 2)}\n`);
  // A folder younger than npm's own notes makes npm read the folder instead.
  utimesSync(inRoot('node_modules', name), new Date(), new Date());
}
