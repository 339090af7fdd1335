// Decision records are numbered one by one, and each says its number again.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const FOLDER = path.resolve(import.meta.dirname, '../../docs/decisions');
const files = readdirSync(FOLDER).sort();

it('no number is given twice, and none is left out', () => {
  expect(files.map((file) => Number(file.slice(0, 4)))).toEqual(files.map((_, index) => index + 1));
});

it.each(files)('%s is titled by its number', (file) => {
  const [title] = readFileSync(path.join(FOLDER, file), 'utf8').split('\n');
  expect(title).toMatch(new RegExp(`^# ${file.slice(0, 4)} \\S`));
});
