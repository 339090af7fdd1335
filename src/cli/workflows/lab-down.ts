// Removes what labs left standing, on purpose or by a crash.
import { sweepLabs, type Swept } from '../../edge/lab/ground/sweep.js';
import { DoctorError } from '../../model/errors.js';
import { printable } from '../../model/text.js';

export type { Swept } from '../../edge/lab/ground/sweep.js';

/** Every lab that nobody uses, or the one with this id. Nothing to remove is a good end as well. */
export function downLabs(id?: string): Promise<Swept> {
  if (id !== undefined && !/^[a-z\d]{6}$/.test(id))
    throw new DoctorError(
      'bad-flag',
      `${printable(id)} is no lab's id: six letters and digits, as \`lab up\` prints it`,
    );
  return sweepLabs(id);
}
