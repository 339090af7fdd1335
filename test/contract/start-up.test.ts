// What is read before the first line of output: nothing that only some runs need.
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');
const DIST = path.join(ROOT, 'dist');

/** The file and everything that it imports before it runs, as one text. */
function loadedWith(file: string, seen = new Set<string>()): string {
  if (seen.has(file)) return '';
  seen.add(file);
  const text = readFileSync(file, 'utf8');
  const imports = text.matchAll(/^(?:import|export)\b[^;()]*?["'](\.[^"']+)["'];$/gm);
  const imported = [...imports].map(([, name]) => path.resolve(path.dirname(file), name ?? ''));
  return [text, ...imported.map((name) => loadedWith(name, seen))].join('\n');
}

function packagesIn(text: string): Set<string> {
  const bundled = [...text.matchAll(/^\/\/ node_modules\/((?:@[^/]+\/)?[^/]+)\//gm)];
  const imported = [...text.matchAll(/^import\b[^;()]*?["']([a-z@][^"':]*)["'];$/gm)];
  return new Set([...bundled, ...imported].map(([, name]) => name ?? ''));
}

const HEAVY = ['koffi', 'raw-socket', 'cli-table3', 'fast-xml-builder', 'ping', 'yaml', 'ajv'];
const commands = readdirSync(path.join(DIST, 'cli/commands'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.js'))
  .map((name) => `cli/commands/${name}`);

describe.each(['cli/main.js', ...commands])('%s', (file) => {
  it('loads nothing heavy before it is used', () => {
    const packages = packagesIn(loadedWith(path.join(DIST, file)));
    expect(packages).toContain('@oclif/core');
    expect(HEAVY.filter((name) => packages.has(name))).toEqual([]);
  });
});

it('explain loads nothing that looks at a host', () => {
  const command = readFileSync(path.join(DIST, 'cli/commands/explain.js'), 'utf8');
  const later = [...command.matchAll(/\bimport\("([^"]+)"\)/g)].map(([, name]) => name ?? '');
  expect(later.length).toBeGreaterThan(3);
  const files = later.map((name) => path.resolve(DIST, 'cli/commands', name));
  const sources = files.flatMap((file) => [
    ...loadedWith(file).matchAll(/^\/\/ src\/(\w+\/[\w-]+)/gm),
  ]);
  const rooms = new Set(sources.map(([, room]) => room));
  expect(rooms).toContain('core/messages');
  expect([...rooms].filter((room) => room?.startsWith('edge/'))).toEqual([]);
});

it('help comes from the manifest, with no command loaded', () => {
  const env = { ...process.env, DEBUG: 'oclif:*' };
  const args = [path.join(ROOT, 'bin/run.js'), '--help'];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8', env });
  expect(status).toBe(0);
  expect(stdout).toMatch(/^ {2}run {2}/m);
  expect(stderr).toMatch(/using manifest from/);
});
