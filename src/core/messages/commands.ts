// Commands that several messages send their reader to. None of them changes anything.

export const LINKS = ['ip', '-br', 'link'];
export const LINKS_IN_DETAIL = ['ip', '-d', 'link', 'show'];
export const DEFAULT_ROUTE = ['ip', 'route', 'show', 'default'];
export const NETWORKS = ['docker', 'network', 'ls', '--no-trunc'];
export const DOCKER_VERSION = ['docker', 'version', '--format', '{{.Server.Version}}'];
export const DOCTOR = ['macvlan-doctor', 'run'];

export function onlyChecks(...ids: readonly string[]): string[] {
  return [...DOCTOR, ...ids.flatMap((id) => ['--only', id])];
}
