// The hash beside a bundle, as the tool reads it that users check it with.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { sumLine } from '../../../src/cli/workflows/bundle.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'mvdt-sum-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it.each(['b.tar.gz', 'two words', String.raw`back\slash`, 'line\nbreak', String.raw`\n`, ' ', 'é'])(
  'of a file called %j is accepted by sha256sum, and of another content is not',
  (name) => {
    const check = (): Buffer =>
      execFileSync('sha256sum', ['-c', 'sum'], { cwd: folder, stdio: 'pipe' });
    writeFileSync(path.join(folder, name), 'what is inside');
    const hash = createHash('sha256').update('what is inside').digest('hex');
    writeFileSync(path.join(folder, 'sum'), sumLine(hash, name));
    expect(check().toString()).toMatch(/: OK\n$/u);
    writeFileSync(path.join(folder, name), 'something else');
    expect(check).toThrow();
  },
);
