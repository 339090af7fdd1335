// Would containers on the network reach each other? That is the mode's doing, and for vepa the switch's.
import { valueOf } from '../../model/fact.js';
import type { PreflightAnswer } from '../../model/report.js';
import type { Parent } from '../../model/topology.js';
import { errorsOf, find, reflects, tally } from '../derive/verdicts/reach.js';
import { counted } from '../derive/wording/words.js';
import { isFound, isRefused, NO_SUCH_NETWORK, resting, type Judged, type Told } from './judged.js';
import type { NetworkInPlace } from './questions.js';

const question = 'siblings';

export function siblingsAnswer(place: NetworkInPlace, told: Told, judged: Judged): PreflightAnswer {
  if (isRefused(told)) return { question, answer: 'no', because: NO_SUCH_NETWORK, checks: [] };
  const mode = modeOf(place, judged);
  const found = told.siblings.filter((one) => isFound(one));
  if (mode === 'vepa') {
    const { answer, because } = byTheSwitch(place, judged);
    return { question, answer, because, checks: [...new Set(found.map(({ check }) => check))] };
  }
  if (found.length > 0) return { question, answer: 'no', ...resting(found) };
  const silent = SILENT.get(mode);
  return silent === undefined
    ? { question, answer: 'yes', because: BRIDGE, checks: [] }
    : { question, answer: 'no', because: silent, checks: [] };
}

const BRIDGE = 'In bridge mode the kernel hands their frames from one to the other itself.';
const SILENT: ReadonlyMap<string, string> = new Map([
  ['private', 'In private mode they exchange no frames, by design.'],
  ['passthru', 'In passthru mode a parent has one child and no more.'],
]);

/** Of one that is there the engine knows it. */
function modeOf({ name }: NetworkInPlace, { snapshot }: Judged): string {
  const networks = valueOf(snapshot.facts.runtime)?.networks ?? [];
  return networks.find((one) => one.name === name)?.mode ?? 'bridge';
}

function byTheSwitch(
  { parent: name }: NetworkInPlace,
  { topology, snapshot }: Judged,
): Pick<PreflightAnswer, 'answer' | 'because'> {
  const parent = topology.parents.find((one) => one.name === name);
  if (parent === undefined) return { answer: 'not-decided', because: NOT_ASKED };
  const answer = reflects(parent, snapshot);
  if (answer === 'unknown') return { answer: 'not-decided', because: whyUnknown(parent, snapshot) };
  const frames = find(snapshot.observations, { probe: 'reflection', parent: parent.name });
  const { sent } = tally(frames);
  return answer === 'yes'
    ? {
        answer,
        because: `In vepa mode that takes a switch which sends frames back, and this one does: a test frame of ${parent.name}'s came back.`,
      }
    : {
        answer,
        because: `In vepa mode that takes a switch which sends frames back (hairpin), and none of ${counted(sent, 'test frame')} of ${parent.name}'s came back.`,
      };
}

const NOT_ASKED = 'In vepa mode that takes a switch which sends frames back, and it was not asked.';

function whyUnknown({ name }: Parent, { observations, probing }: Judged['snapshot']): string {
  const errors = errorsOf(find(observations, { probe: 'reflection', parent: name }));
  const why = probing.state === 'known' ? errors[0] : probing.reason;
  return why === undefined ? NOT_ASKED : `${NOT_ASKED.slice(0, -1)}: ${why}.`;
}
