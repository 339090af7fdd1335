// The settings file: found upwards from the working directory, or named; read only where nobody else can have written it.
import path from 'node:path';
import type { KnownFlags, Setting } from '../../core/parse/settings/settings-file.js';
import { currentFolder, isWithin, lookUpwards, type Candidate } from '../../edge/host/upwards.js';
import { DoctorError } from '../../model/errors.js';
import { printable } from '../../model/text.js';
import { readWhole } from './read-whole.js';

export { currentFolder as workingDirectory } from '../../edge/host/upwards.js';

const SETTINGS_FILE = 'macvlan-doctor.yaml';

export interface SettingsRequest {
  readonly command: string;
  readonly known: KnownFlags;
  /** Named by the user: whose it is, is then the user's business. */
  readonly file?: string | undefined;
  /** The working directory; undefined where it is gone, and no file is above it. */
  readonly from: string | undefined;
  readonly who: Who;
}

export interface Who {
  /** Undefined where there are no users to tell apart (Windows). */
  readonly uid: number | undefined;
  /** Who became root by sudo. */
  readonly sudoUid: number | undefined;
}

export interface Settings {
  readonly file?: string;
  readonly settings: readonly Setting[];
  /** Files that were passed over, in whole sentences. */
  readonly notes: readonly string[];
}

/** Throws DoctorError for a file that cannot be read or understood. */
export async function readSettings({
  file,
  from,
  who,
  ...rest
}: SettingsRequest): Promise<Settings> {
  const isSought = file === undefined && from !== undefined;
  const candidates = isSought ? lookUpwards(SETTINGS_FILE, from) : [];
  const passedOver: string[] = [];
  let chosen = file;
  for (const candidate of candidates) {
    const why = distrust(candidate, who);
    if (why === undefined) {
      chosen = candidate.file;
      break;
    }
    passedOver.push(
      `${printable(candidate.file)} is not used: ${why}; --config names it all the same`,
    );
  }
  if (chosen === undefined) return { settings: [], notes: passedOver };
  const { parseSettings } = await import('../../core/parse/settings/settings-file.js');
  const settings = parseSettings(readWhole(chosen), chosen, rest);
  return { file: chosen, settings, notes: passedOver };
}

/**
 * A file in a folder that others can write to decides what root does and where it writes: only files of root and of the
 * user count, and only those that nobody else can change.
 */
function distrust(candidate: Candidate, { uid, sudoUid }: Who): string | undefined {
  if (!candidate.isRegular) return 'it is no regular file';
  if (uid === undefined) return undefined;
  const trusted = [0, uid, ...(uid === 0 && sudoUid !== undefined ? [sudoUid] : [])];
  if (!trusted.includes(candidate.ownerUid)) return 'it belongs to another user';
  return candidate.isWritableByOthers ? 'everybody can write to it' : undefined;
}

/** A path in the file counts from the file's folder, and leads to nothing outside it. */
export function pathWithin(given: string, { at }: Setting, settingsFile: string): string {
  const folder = path.dirname(path.resolve(settingsFile));
  const file = path.resolve(folder, given);
  if (isWithin(file, folder)) {
    const here = currentFolder();
    return here === undefined ? file : path.relative(here, file) || '.';
  }
  throw new DoctorError(
    'bad-file',
    `${at}: ${printable(given)} is outside the folder of this file`,
  );
}
