// The program's own name and version, read from its package.json.
import { readFileSync } from 'node:fs';

export function tool(): { readonly name: string; readonly version: string } {
  const url = new URL('../../../package.json', import.meta.url);
  const { name, version } = JSON.parse(readFileSync(url, 'utf8')) as {
    name: string;
    version: string;
  };
  return { name, version };
}
