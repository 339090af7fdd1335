// Both guards of the floors, each alone, catch a check that helps itself to the machine and to its neighbour.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');
const NAUGHTY = 'src/core/checks/naughty.ts';

let scratch: string;

beforeAll(() => {
  scratch = mkdtempSync(path.join(tmpdir(), 'macvlan-doctor-floors-'));
  const copied = [
    'src',
    'package.json',
    'tsconfig.json',
    'tsconfig.pure.json',
    '.dependency-cruiser.js',
  ];
  for (const name of copied)
    cpSync(path.join(ROOT, name), path.join(scratch, name), { recursive: true });
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(scratch, 'node_modules'));
  const neighbour = readdirSync(path.join(ROOT, 'src/core/checks')).find(
    (name) => name !== 'index.ts',
  );
  writeFileSync(
    path.join(scratch, NAUGHTY),
    [
      "import { readFileSync } from 'node:fs';",
      "import type { Host } from '../../edge/host/host.js';",
      `import neighbour from './${(neighbour ?? 'index.ts').replace(/ts$/, 'js')}';`,
      "export const naughty = [readFileSync('/proc/net/dev'), process.uid, neighbour] as unknown as Host[];",
    ].join('\n'),
  );
});

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function outputOf(tool: string, args: readonly string[]): { status: number | null; text: string } {
  const command = path.join(ROOT, 'node_modules/.bin', tool);
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: scratch, encoding: 'utf8' });
  return { status, text: `${stdout}${stderr}` };
}

it('the compiler refuses Node where there is none', () => {
  const { status, text } = outputOf('tsc', ['-p', 'tsconfig.pure.json', '--pretty', 'false']);
  expect(status).not.toBe(0);
  const errors = text.split('\n').filter((line) => line.startsWith(NAUGHTY));
  expect(errors.join('\n')).toMatch(/'node:fs'/);
  expect(errors.join('\n')).toMatch(/'process'/);
});

it('dependency-cruiser names each rule that was broken, and nothing else', () => {
  const { status, text } = outputOf('depcruise', ['src']);
  expect(status).not.toBe(0);
  const broken = text.split('\n').filter((line) => line.includes('error '));
  expect(broken.filter((line) => !line.includes(NAUGHTY))).toEqual([]);
  const rules = broken.map((line) => /error ([\w-]+):/.exec(line)?.[1]);
  expect(new Set(rules)).toEqual(
    new Set(['core-is-pure', 'core-checks-imports', 'checks-are-islands']),
  );
});
