// Containers on a LAN and on other networks: by which of them they leave.
import type { CheckContext } from '../../../model/check.js';
import { valueOf } from '../../../model/fact.js';
import type { Engine, RuntimeContainer } from '../../../model/runtime-network.js';
import { defaultWays, type Way } from './default-way.js';
import { dockerMajor } from './docker-version.js';
import { hasGateway } from './gateway-choice.js';
import { homesOf, isOnLan, isRunning, type Plug, type Plugged } from './plugged.js';

/** A default route into a network of the engine's. */
export interface Leaving extends Way {
  readonly plug: Plug;
}

/** A container that could leave by a LAN, and does not, or not always. */
export interface Astray {
  readonly container: RuntimeContainer;
  /** The network that could give the default route. */
  readonly lan: Plug;
  /** Where it leads; more than one where the kernel may take any of them. */
  readonly ways: readonly Leaving[];
}

/** A container that nobody could look into is named in `unseen`; one that does not run leaves by nothing. */
export function astrayContainers(
  several: readonly Plugged[],
  context: CheckContext,
): { readonly astray: readonly Astray[]; readonly unseen: readonly string[] } {
  const engine = valueOf(context.facts.runtime)?.engine;
  const running = several.filter(({ container }) => isRunning(container));
  const seen = running.map((one) => ({ one, homes: homesOf(one.container, context) }));
  return {
    astray: seen.flatMap(({ one, homes }) => {
      const ways = homes.flatMap((netns) => defaultWays(netns, one.plugs));
      return astrayOf(one, ways, engine) ?? [];
    }),
    unseen: seen
      .filter(({ homes }) => homes.length === 0)
      .map(({ one: { container } }) => container.name),
  };
}

/** A way into something that is no network, such as a VPN, was made in the container itself, and on purpose. */
function astrayOf(
  { container, plugs }: Plugged,
  ways: readonly Way[],
  engine: Engine | undefined,
): Astray | undefined {
  const known = ways.filter((way): way is Leaving => way.plug !== undefined);
  if (known.length === 0 || known.length < ways.length) return undefined;
  const networks = new Set(known.map(({ plug }) => plug.network.id));
  const major = engine === undefined ? undefined : dockerMajor(engine);
  const byLan = known.find(({ plug }) => isOnLan(plug))?.plug;
  const isTie = networks.size > 1;
  if (byLan !== undefined && !isTie) return undefined;
  const lan = byLan ?? plugs.find((plug) => isOnLan(plug) && hasGateway(plug.network, major));
  return lan === undefined ? undefined : { container, lan, ways: known };
}
