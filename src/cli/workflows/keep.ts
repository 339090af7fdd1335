// Keeping results in files: each one on its own, so that a full disk costs that file and not the others.
import { writeOutputFile } from '../../edge/host/output-file.js';

export interface Output {
  readonly file: string;
  readonly text: string;
}

/** Writes all of them; what could not be written comes back as errors. */
export async function keepOutputs(outputs: readonly Output[]): Promise<readonly Error[]> {
  const failures: Error[] = [];
  for (const { file, text } of outputs) {
    try {
      await writeOutputFile(file, text);
    } catch (error) {
      failures.push(error instanceof Error ? error : new Error(String(error)));
    }
  }
  return failures;
}
