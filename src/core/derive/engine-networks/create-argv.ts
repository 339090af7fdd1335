// The command lines that make a network and take it away.
import type { Argv } from '../../../model/fix.js';
import type { RuntimeNetwork } from '../../../model/runtime-network.js';
import { networkOptions } from './create-options.js';
import { type EngineClient, engineCommand, operands } from './engine-command.js';

/** `docker network create …` with everything that is known of the network. */
export function createArgv(network: RuntimeNetwork, engine: EngineClient): Argv {
  const options = networkOptions(network, engine.flavour).flatMap(({ words }) => words);
  return [...engineCommand(engine), 'network', 'create', ...options, ...operands(network.name)];
}

/** `docker network rm …`. */
export function removeArgv({ name }: RuntimeNetwork, engine: EngineClient): Argv {
  return [...engineCommand(engine), 'network', 'rm', ...operands(name)];
}
