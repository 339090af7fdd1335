// Keeping results in files: each one on its own, so that a full disk costs that file and not the others.
import { appendOutputFile, writeOutputFile } from '../../edge/host/output-file.js';

export interface Output {
  readonly file: string;
  readonly text: string;
}

/** Goes behind what the file holds already. */
export interface Addition {
  readonly file: string;
  readonly textFor: (size: number) => string;
}

/** Writes all of them; what could not be written comes back as errors. */
export async function keepOutputs(
  outputs: readonly (Output | Addition)[],
): Promise<readonly Error[]> {
  const failures: Error[] = [];
  for (const output of outputs) {
    try {
      await ('text' in output
        ? writeOutputFile(output.file, output.text)
        : appendOutputFile(output.file, output.textFor));
    } catch (error) {
      failures.push(error instanceof Error ? error : new Error(String(error)));
    }
  }
  return failures;
}
