// How the lab speaks to iproute2: whole batches on standard input, argv only, one process per namespace.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Batch, Setting } from '../batches.js';
import { labImpossible, type Ground } from './ground.js';

/** Batches under way at once: enough to keep two cores busy, few enough to be kind to the rest of the machine. */
const AT_ONCE = 6;
const CARRIER_WITHIN_MS = 5000;

export async function addNamespaces(
  ground: Ground,
  names: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const input = names.map((name) => `netns add ${name}\n`).join('');
  await ground.run(['ip', '-batch', '-'], { input, signal });
}

export async function runBatch(ground: Ground, batch: Batch, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const input = batch.lines.map((line) => `${line}\n`).join('');
  await ground.run(['ip', '-n', batch.netns, '-batch', '-'], { input, signal });
}

/** Runs batches of different namespaces side by side. */
export async function runBatches(
  ground: Ground,
  batches: readonly Batch[],
  signal: AbortSignal,
): Promise<void> {
  const left = [...batches];
  const worker = async (): Promise<void> => {
    for (let batch = left.shift(); batch !== undefined; batch = left.shift())
      await runBatch(ground, batch, signal);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** Waits until every named link of the namespace has a carrier. */
export async function untilCarrier(
  ground: Ground,
  netns: string,
  links: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const giveUpAt = Date.now() + CARRIER_WITHIN_MS;
  for (;;) {
    const answer = await ground.run(['ip', '-n', netns, '-j', 'link', 'show', 'up'], { signal });
    const up = JSON.parse(answer) as { ifname?: string; flags?: string[] }[];
    const isReady = (link: string): boolean =>
      up.some(({ ifname, flags }) => ifname === link && flags?.includes('LOWER_UP') === true);
    if (links.every((link) => isReady(link))) return;
    if (Date.now() > giveUpAt)
      throw labImpossible(
        `links of the lab did not come up: ${links.filter((link) => !isReady(link)).join(', ')}`,
      );
    await sleep(20, undefined, { signal });
  }
}

/**
 * Writes settings of network namespaces, all with one process: /proc/sys/net belongs to the namespace of the process that
 * opens it. Names and values are the lab's own words, never anybody's input.
 */
export async function writeSettings(
  ground: Ground,
  settings: readonly Setting[],
  signal: AbortSignal,
): Promise<void> {
  const lines = settings.map(
    ({ netns, name, value }) =>
      `netns exec ${netns} sh -c "echo ${value} > /proc/sys/${name.replaceAll('.', '/')}"\n`,
  );
  await ground.run(['ip', '-batch', '-'], { input: lines.join(''), signal });
}
