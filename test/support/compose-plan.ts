// Compose texts as plans, for tests.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  planOfCompose,
  type ComposeFile,
  type ComposeInput,
} from '../../src/core/parse/compose/plan-of-compose.js';
import type { Plan } from '../../src/model/plan.js';

/** Where a fixture stands on the disk. */
export function composeFolder(name: string): string {
  return fileURLToPath(new URL(`../../fixtures/compose/${name}`, import.meta.url));
}

export function fixture(name: string): ComposeFile {
  return { name, text: readFileSync(composeFolder(name), 'utf8') };
}

export function composed(
  files: readonly (ComposeFile | string)[],
  input: Partial<Omit<ComposeInput, 'files'>> = {},
): Plan {
  let drawn = 0;
  return planOfCompose({
    files: files.map((one) =>
      typeof one === 'string' ? { name: 'compose.yaml', text: one } : one,
    ),
    open: () => ({ reason: 'does not exist' }),
    variables: {},
    profiles: [],
    project: 'test',
    newMac: () => `02:00:00:00:00:${(drawn += 1).toString(16).padStart(2, '0')}`,
    ...input,
  });
}

/** The sentence with which a text is refused. */
export function mistakeIn(text: string, input: Partial<Omit<ComposeInput, 'files'>> = {}): string {
  try {
    composed([text], input);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'it was taken';
}
