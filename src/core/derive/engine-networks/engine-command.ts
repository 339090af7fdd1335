// How a command line speaks to the very engine that was asked.
import type { Argv } from '../../../model/fix.js';
import type { Engine } from '../../../model/runtime-network.js';

/** What of an engine decides how its client is called. */
export type EngineClient = Pick<Engine, 'endpoint' | 'flavour'>;

/** Where the docker client looks by itself. */
const USUAL = new Set(['unix:///var/run/docker.sock', 'unix:///run/docker.sock']);

/** `docker`, or `docker -H …` for an engine that the client would not find by itself; Podman's client needs no daemon. */
export function engineCommand({ endpoint, flavour }: EngineClient): Argv {
  if (flavour === 'podman') return ['podman'];
  return USUAL.has(endpoint) ? ['docker'] : ['docker', '-H', endpoint];
}

/** What stands at the end of a command line; a name that looks like an option must not be read as one. */
export function operands(...names: readonly string[]): string[] {
  return names.some((name) => name.startsWith('-')) ? ['--', ...names] : [...names];
}
