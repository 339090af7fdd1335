// Networks that the engine has, by their names: what a question about the next container on them is about.
import { DoctorError } from '../../model/errors.js';
import type { RuntimeNetwork } from '../../model/runtime-network.js';
import type { Facts } from '../../model/snapshot.js';
import { printable } from '../../model/text.js';
import { networksNamed } from './scope.js';

/** Each once. Throws DoctorError for a name that is nothing here, and for a network that no macvlan link is made on. */
export function macvlansNamed(names: readonly string[], facts: Facts): RuntimeNetwork[] {
  const networks = networksNamed([...new Set(names)], facts);
  for (const { name, driver, isConfigOnly } of networks) {
    const what = isConfigOnly ? 'a template for others (--config-only)' : `of driver ${driver}`;
    if (driver === 'macvlan' && !isConfigOnly) continue;
    throw new DoctorError(
      'no-such-network',
      `network ${printable(name)} is ${printable(what)}, and preflight is about macvlan networks`,
    );
  }
  return networks;
}
