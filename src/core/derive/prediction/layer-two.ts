// Layer two between the links of one parent, mode by mode (drivers/net/macvlan.c, macvlan_queue_xmit and macvlan_handle_frame).
import { answer, either, silence, type Prediction, type Reflects } from './prediction.js';
import type { Station } from './stations.js';

type End = Pick<Station, 'mode'>;

/** Can `asker` ask `other`, on the same parent, for its MAC and be answered? */
export function askAcross(asker: End, other: End, reflects: Reflects): Prediction {
  const modes = [asker.mode, other.mode];
  if (modes.includes('passthru')) return silence('passthru-takes-all');
  const isWithHost = modes.includes('parent');
  if (!isWithHost && modes.includes('private')) return silence('private-forbids');
  if (!isWithHost && modes.every((mode) => mode === 'bridge'))
    return answer('bridge-switches-siblings');
  const relay = isWithHost ? 'host-isolation' : 'needs-reflection';
  if (reflects === 'no') return silence(relay);
  // A reflected broadcast of a private link goes back to that link alone; one of the host's own reaches every link.
  if (asker.mode === 'private') return silence('private-forbids');
  if (modes.includes('source')) return either('other-mode');
  return reflects === 'yes' ? answer('reflected') : either(relay);
}

/** Does what comes back from the wire reach the stack behind the link? */
export function fromWire({ mode, parent }: Station): Prediction | undefined {
  if (mode === 'source') return either('other-mode');
  const isTaken = mode === 'parent' && parent.children.some((child) => child.mode === 'passthru');
  return isTaken ? silence('passthru-takes-all') : undefined;
}
