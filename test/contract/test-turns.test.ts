// No project of the tests is left out by the script that runs them all, and none runs twice.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import config from '../../vitest.config.js';

const FILE = path.resolve(import.meta.dirname, '../../scripts/test-turns.json');

it('the turns are of all projects, each once', () => {
  const turns = JSON.parse(readFileSync(FILE, 'utf8')) as string[][][];
  const projects = (config.test?.projects ?? []) as { test: { name: string } }[];
  const names = projects.map(({ test }) => test.name);
  expect(turns.flat().flat().toSorted()).toEqual(names.toSorted());
});
