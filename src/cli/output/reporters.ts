// Each format's reporter, loaded only when it is asked for.
import type { Reporter } from '../../core/reporters/reporter.js';
import type { Format } from './formats.js';

const LOADERS: Readonly<Record<Format, () => Promise<Reporter>>> = {
  table: async () => (await import('../../core/reporters/text.js')).renderText,
  json: async () => (await import('../../core/reporters/json.js')).renderJson,
  markdown: async () => (await import('../../core/reporters/markdown/markdown.js')).renderMarkdown,
  junit: async () => (await import('../../core/reporters/ci/junit.js')).renderJunit,
  sarif: async () => (await import('../../core/reporters/ci/sarif.js')).renderSarif,
  github: async () => (await import('../../core/reporters/ci/github.js')).renderGithub,
  nagios: async () => (await import('../../core/reporters/ci/nagios.js')).renderNagios,
};

export function reporterFor(format: Format): Promise<Reporter> {
  return LOADERS[format]();
}
