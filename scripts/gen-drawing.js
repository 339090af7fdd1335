// The drawing of the rooms in docs/architecture.md: which room imports which, as dependency-cruiser sees it.
import { cruise } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { readFileSync } from 'node:fs';
import { inRoot, root } from './paths.js';

const FILE = 'docs/architecture.md';
const [START, END] = ['<!-- rooms -->', '<!-- /rooms -->'];

function roomOf(file) {
  const [, floor, room] = /^src\/(\w+)\/(?:([\w-]+)\/)?/.exec(file) ?? [];
  if (floor === undefined) return;
  return floor === 'model' || room === undefined ? floor : `${floor}/${room}`;
}

function edgesOf(modules) {
  const edges = modules.flatMap(({ source, dependencies }) =>
    dependencies.map(({ resolved }) => [roomOf(source), roomOf(resolved)]),
  );
  const across = edges.filter(
    ([from, to]) => from !== undefined && to !== undefined && from !== to,
  );
  return [...new Set(across.map(([from, to]) => `${from} --> ${to}`))].toSorted();
}

/** docs/architecture.md with its drawing renewed. */
export async function drawing() {
  const { output } = await cruise(
    ['src'],
    { baseDir: root, tsPreCompilationDeps: true, doNotFollow: { path: 'node_modules' } },
    {},
    { tsConfig: extractTSConfig(inRoot('tsconfig.json')) },
  );
  const text = readFileSync(inRoot(FILE), 'utf8');
  const [before, after] = [text.indexOf(START) + START.length, text.indexOf(END)];
  const lines = edgesOf(output.modules).map((edge) => `  ${edge}`);
  const graph = ['', '```mermaid', 'flowchart TD', ...lines, '```', ''].join('\n');
  return [[FILE, `${text.slice(0, before)}\n${graph}\n${text.slice(after)}`]];
}
