// What nobody reads, or no disk takes. For every command, and for the help and the version, which are none.
import { WRONG_USE } from './exit-code.js';
import { printable } from '../model/text.js';

/**
 * In place of oclif's, which throws whatever is no EPIPE. To be called once oclif is loaded; it stays to the end: the error of the
 * last write comes late.
 */
export function mindLostOutput(): void {
  process.stdout.removeAllListeners('error').on('error', onLostOutput);
  // Where complaints are lost there is nobody to tell; the exit code says what they would have said.
  process.stderr.on('error', () => undefined);
}

/** A reader that went away (`| head`) is no fault; a full disk is. */
function onLostOutput(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') return;
  process.exitCode = WRONG_USE;
  const reason = error.code === 'ENOSPC' ? 'no space left' : printable(error.message);
  process.stderr.write(`macvlan-doctor: cannot write to stdout: ${reason}.\n`);
}
