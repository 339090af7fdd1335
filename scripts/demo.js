// The first thing to try: builds a small LAN in network namespaces, breaks it, and lets the doctor find out.
import { inRoot } from './paths.js';
import { installIproute2, run, setUp } from './set-up.js';

installIproute2();
await setUp();
const args = ['lab', 'run', 'host-isolation', ...process.argv.slice(2)];
process.exitCode = run(process.execPath, [inRoot('bin/run.js'), ...args]);
