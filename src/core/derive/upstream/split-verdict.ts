// Which filter explains what the ARP split probe saw of one child: a table, and nothing but a table.
import type { Reach } from '../verdicts/reach.js';

/**
 * Five questions to one machine on the LAN, by whose MAC is the source of the frame, and whose is the sender in the ARP
 * message: the one that the answer goes to.
 */
export interface SplitCells {
  /** Both are the child's. Whatever else the child got an answer to counts here as well. */
  readonly child: Reach;
  /** The child's frame, the parent's message: does a foreign source get out? */
  readonly source: Reach;
  /** The parent's frame, the child's message: does what is addressed to the child get in? */
  readonly sender: Reach;
  /** Both are the parent's: is there anybody at all? */
  readonly parent: Reach;
  /** As `child`, while the parent took in every frame; `needless` where it does so anyway. */
  readonly promiscuous: Reach | 'needless';
  /** The answer to `sender` did not go to the child: this machine answers the frame's source, or everybody. */
  readonly isAnsweredElsewhere: boolean;
}

/** What is the case with one child. */
export type SplitVerdict =
  /** It gets answers. */
  | 'sound'
  /** Frames with its MAC as their source do not get out. */
  | 'source-filtered'
  /** Frames addressed to its MAC are not delivered, not even to a card that takes in everything. */
  | 'unicast-filtered'
  /** Only what is sent and answered in the parent's own name passes: either filter, both, or ARP inspection. */
  | 'both'
  /** The parent's own card keeps out what is addressed to the child. */
  | 'nic-filter'
  /** Nobody was answered, the parent included. */
  | 'target-silent'
  /** The answers decide nothing; {@link whyOpen} says why. */
  | 'open';

/** Total: every combination of cells has one verdict. An answer outweighs any silence. */
export function splitVerdict(cells: SplitCells): SplitVerdict {
  const { child, parent, promiscuous } = cells;
  if (child === 'answered') return 'sound';
  if (child === 'unknown' || parent === 'unknown') return 'open';
  if (parent === 'silent') return isAnyAnswered(cells) ? 'open' : 'target-silent';
  // Its own frame was answered once the card let everything in: so it does get out, and only the card was in the way.
  return promiscuous === 'answered' ? 'nic-filter' : halves(cells);
}

/** True where only a promiscuous tap can tell the parent's card from what is beyond it. */
export function mayBeTheCard(cells: SplitCells): boolean {
  const { child, source, sender, parent, isAnsweredElsewhere } = cells;
  if (child !== 'silent' || parent !== 'answered') return false;
  if (sender === 'silent') return source === 'answered';
  return sender === 'answered' && isAnsweredElsewhere && source === 'silent';
}

/** Why a verdict is open, as a clause; empty for the others. */
export function whyOpen(cells: SplitCells): string {
  if (splitVerdict(cells) !== 'open') return '';
  const { child, source, sender, parent, promiscuous } = cells;
  if ([child, source, sender, parent].includes('unknown'))
    return 'not every question could be sent';
  if (parent === 'silent')
    return "frames that bear a child's MAC were answered, and those of the parent alone were not";
  if (mayBeTheCard(cells) && promiscuous === 'unknown') {
    return "it is either the parent's card that keeps out what is addressed to the child, or the device beyond it";
  }
  return 'each way is open by itself, and both together are not';
}

/** The parent was answered, the child was not: which half of the way is closed? */
function halves(cells: SplitCells): SplitVerdict {
  const { source, sender, promiscuous, isAnsweredElsewhere } = cells;
  if (source === 'unknown' || sender === 'unknown') return 'open';
  if (mayBeTheCard(cells) && promiscuous === 'unknown') return 'open';
  // An answer that never was for the child says nothing of the way in.
  const isWayInOpen = sender === 'answered' && !isAnsweredElsewhere;
  if (source === 'answered') return sender === 'silent' ? 'unicast-filtered' : 'open';
  return isWayInOpen ? 'source-filtered' : 'both';
}

function isAnyAnswered({ source, sender, promiscuous }: SplitCells): boolean {
  return [source, sender, promiscuous].includes('answered');
}
