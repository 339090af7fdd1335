// House rules that no linter knows: every file introduces itself, and tests stand where their subject stands.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');

function sourcesIn(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.[jt]s$/.test(name))
    .map((name) => path.join(folder, name));
}

function firstLineOf(file: string): string {
  const lines = readFileSync(path.join(ROOT, file), 'utf8').split('\n');
  return lines.find((line) => !line.startsWith('#!')) ?? '';
}

describe('every file', () => {
  it.each(['src', 'test/support', 'scripts', 'lint'])(
    'of %s starts by saying what it knows',
    (folder) => {
      const silent = sourcesIn(folder)
        .filter((file) => !file.endsWith('.test.ts'))
        .filter((file) => !/^\/\/ \S/.test(firstLineOf(file)));
      expect(silent).toEqual([]);
    },
  );
});

describe('unit tests', () => {
  it('stand in the room of their subject', () => {
    const tests = ['core', 'edge', 'model']
      .filter((floor) => existsSync(path.join(ROOT, 'test', floor)))
      .flatMap((floor) => sourcesIn(`test/${floor}`))
      .filter((file) => file.endsWith('.test.ts'));
    const lost = tests.filter((file) => {
      const room = path.dirname(file).replace(/^test/, 'src');
      return !existsSync(path.join(ROOT, room));
    });
    expect(lost).toEqual([]);
  });
});
