// What an engine that is here answers to a planned network for its parent: evidence in its own words.
import { valueOf } from '../../../../model/fact.js';
import type { Evidence } from '../../../../model/finding.js';
import type { RuntimeNetwork } from '../../../../model/runtime-network.js';
import { isPlanned } from '../networks.js';
import { refusalsOf, type Place } from './refusals.js';

export function engineAnswer(network: RuntimeNetwork, place: Place): Evidence[] {
  const isKnown = (valueOf(place.facts.runtime)?.engine.endpoint ?? '') !== '';
  if (!isPlanned(network) || !isKnown) return [];
  return refusalsOf(network, place)
    .filter(({ rule }) => rule === 'parent-missing' || rule === 'vlan-name')
    .map(({ message }) => ({ from: 'plan', says: `the engine answers "${message}"` }));
}
