#!/usr/bin/env node
await (await import('../scripts/build.js')).buildAll();
await (await import('../dist/cli/main.js')).execute({ dir: import.meta.url });
