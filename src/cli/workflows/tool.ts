// The program's own name and version, as its package says; the bundle carries them along.
import packageJson from '../../../package.json' with { type: 'json' };

export function tool(): { readonly name: string; readonly version: string } {
  const { name, version } = packageJson;
  return { name, version };
}
