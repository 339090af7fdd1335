// A suggested network as it is made: by the docker client, or by a Compose file.
import type { PlannedNetwork } from '../../../model/plan.js';
import type { Engine, RuntimeNetwork } from '../../../model/runtime-network.js';
import type { Suggestion } from '../../../model/suggestion.js';
import { shellWord } from '../../../model/text.js';
import { composeFragment } from '../../derive/engine-networks/compose-fragment.js';
import { createArgv } from '../../derive/engine-networks/create-argv.js';

const USUAL_DOCKER = { endpoint: 'unix:///var/run/docker.sock', flavour: 'docker' } as const;

/** In the form in which it was asked for. */
export function wording(
  planned: PlannedNetwork,
  network: RuntimeNetwork,
  engine: Engine | undefined,
): Pick<Suggestion, 'command' | 'compose'> {
  const client = engine === undefined || engine.endpoint === '' ? USUAL_DOCKER : engine;
  if (planned.words.place === undefined) {
    return {
      command: createArgv(network, client)
        .map((word) => shellWord(word))
        .join(' '),
    };
  }
  const [, key] = /^networks\.(.+)$/u.exec(planned.words.path) ?? [];
  const compose = composeFragment(network, client.flavour, undefined, key);
  return compose === undefined ? {} : { compose };
}
