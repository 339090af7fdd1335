// What is generated and committed says what the sources say.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');

it('is what `npm run gen` would write', () => {
  const { status, stderr } = spawnSync(
    process.execPath,
    ['scripts/gen.js', '--check', '--no-build'],
    { cwd: ROOT, encoding: 'utf8' },
  );
  expect(stderr).toBe('');
  expect(status).toBe(0);
});
