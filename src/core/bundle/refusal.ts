// Why something from a stranger is not read.

/** The message is a clause about `it`: "it is cut off". */
export class BundleRefusal extends Error {
  override readonly name = 'BundleRefusal';
  /** It comes from a later version of the doctor. */
  readonly isNewer: boolean;

  constructor(message: string, isNewer = false) {
    super(message);
    this.isNewer = isNewer;
  }
}
