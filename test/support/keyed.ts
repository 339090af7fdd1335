// The keyed function that stand-ins are made with, as the command line binds it.
import { createHmac } from 'node:crypto';
import type { Prf } from '../../src/core/redact/prf.js';

export function keyed(key: string): Prf {
  return (message) => createHmac('sha256', key).update(message).digest();
}
