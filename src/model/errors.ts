// Errors that the user can act on. Everything else is a bug of ours and keeps its stack.

/** For programs and tests; the message is for people. */
export type DoctorErrorCode =
  | 'no-such-interface'
  | 'no-such-network'
  | 'no-such-container'
  | 'no-such-check'
  | 'no-such-message'
  | 'no-such-scenario'
  | 'no-such-case'
  | 'unreadable-bundle'
  | 'bundle-too-large'
  | 'leak'
  | 'newer-schema'
  | 'unreadable-input'
  | 'unwritable-file'
  | 'bad-file'
  | 'lab-impossible'
  | 'bad-compose'
  | 'bad-flag';

/** Wrong use or bad input: exit code 2, one clear sentence, never a stack. */
export class DoctorError extends Error {
  override readonly name = 'DoctorError';
  readonly code: DoctorErrorCode;
  /** Names that may have been meant instead, best first. */
  readonly suggestions: readonly string[];

  constructor(code: DoctorErrorCode, message: string, suggestions: readonly string[] = []) {
    super(message);
    this.code = code;
    this.suggestions = suggestions;
  }
}
