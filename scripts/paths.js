// Where the project stands, for scripts that may be started from anywhere.
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

export function inRoot(...parts) {
  return path.join(root, ...parts);
}
