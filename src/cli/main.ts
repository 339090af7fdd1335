// What bin/run.js starts: oclif, from the bundle.
export { execute } from '@oclif/core';
