// Errors that the user can act on. Everything else is a bug of ours and keeps its stack.

export type DoctorErrorCode =
  | 'no-such-interface'
  | 'no-such-network'
  | 'no-such-container'
  | 'no-such-check'
  | 'no-such-scenario'
  | 'unreadable-file'
  | 'unwritable-file'
  | 'bad-snapshot'
  | 'newer-schema'
  | 'lab-impossible'
  | 'bad-flag';

/** Wrong use or bad input: exit code 2, one clear sentence, never a stack. */
export class DoctorError extends Error {
  override readonly name = 'DoctorError';
  readonly code: DoctorErrorCode;
  readonly suggestions: readonly string[];

  constructor(code: DoctorErrorCode, message: string, suggestions: readonly string[] = []) {
    super(message);
    this.code = code;
    this.suggestions = suggestions;
  }
}
