// The docker client's own files: which context is current (config.json), and where a context's engine is (meta.json).
import { asRecord, asText } from './docker-fields.js';

/** The name of the current context; undefined when none is set, or the file is not what it should be. */
export function parseCurrentContext(configText: string): string | undefined {
  return asText(asRecord(parseJson(configText))['currentContext']);
}

/** The engine's address in a context's `meta.json`, such as `unix:///home/ann/.docker/desktop/docker.sock`. */
export function parseContextHost(metaText: string): string | undefined {
  const endpoints = asRecord(asRecord(parseJson(metaText))['Endpoints']);
  return asText(asRecord(endpoints['docker'])['Host']);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
