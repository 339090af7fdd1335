// What stays with the user: per case one file with the key that makes its stand-ins and the names behind them. Never in a bundle.
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { whileLocked, type Acting } from './case-lock.js';
import { mergedMemory } from './merge-memory.js';
import { makeFolder } from '../host/made-folder.js';
import { codeOf, unwritable, whyUnwritten } from '../host/output-file.js';
import { actAs, homeOf, type Owner } from '../host/invoking-user.js';
import type { CaseMemory } from '../../model/case-memory.js';
import { DoctorError } from '../../model/errors.js';
import { printable } from '../../model/text.js';

export interface CaseFile {
  readonly schemaVersion: 1;
  readonly case: string;
  /** Hexadecimal. */
  readonly key: string;
  /** Absent before the first bundle. */
  readonly memory?: CaseMemory;
}

type Env = Readonly<Record<string, string | undefined>>;

export class CaseStore {
  readonly folder: string;
  readonly #owner: Owner | undefined;

  /** Of the user who called: root by sudo keeps nothing of its own. */
  constructor(env: Env, owner: Owner | undefined) {
    this.#owner = owner;
    this.folder = path.join(stateHome(env, owner), 'macvlan-doctor');
  }

  fileOf(caseId: string): string {
    return path.join(this.folder, `mvd-map-${caseId}.json`);
  }

  /** Ids of the cases there are, sorted. */
  list(): readonly string[] {
    try {
      return this.#as(() => readdirSync(this.folder))
        .flatMap((name) => /^mvd-map-(.+)\.json$/.exec(name)?.[1] ?? [])
        .toSorted();
    } catch {
      return [];
    }
  }

  /** Undefined for a case that is new. Throws DoctorError for one that cannot be read. */
  find(caseId: string): CaseFile | undefined {
    const file = this.fileOf(caseId);
    try {
      return parseCase(
        this.#as(() => readFileSync(file, 'utf8')),
        file,
      );
    } catch (error) {
      if (NOT_THERE.has(codeOf(error))) return undefined;
      if (error instanceof DoctorError) throw error;
      throw unreadableCase(file, whyUnwritten(error));
    }
  }

  /** Makes its folder: where that cannot be done, nothing can be kept. Throws DoctorError. */
  prepare(): void {
    try {
      this.#as(() => {
        makeFolder(this.folder);
      });
    } catch (error) {
      throw unwritable(this.folder, whyUnwritten(error));
    }
  }

  /**
   * Mode 0600, in one piece or not at all; neither a key that is kept already nor what another run of the case has added
   * since is lost. `from` is the memory that the run began with. Throws DoctorError.
   */
  keep(mine: CaseFile, from?: CaseMemory): void {
    const file = this.fileOf(mine.case);
    this.prepare();
    try {
      const as: Acting = (act) => this.#as(act);
      if (!whileLocked(file, as, () => this.#merge(mine, from))) throw unwritable(file, LOCKED);
    } catch (error) {
      throw error instanceof DoctorError ? error : unwritable(file, whyUnwritten(error));
    }
  }

  #merge(mine: CaseFile, from: CaseMemory | undefined): void {
    const file = this.fileOf(mine.case);
    const there = this.find(mine.case);
    if (there !== undefined && there.key !== mine.key) throw unwritable(file, MADE_MEANWHILE);
    const known = withAdded(mine, there?.memory, from);
    if (known === undefined) throw unwritable(file, CHANGED_MEANWHILE);
    const fresh = `${file}.${randomBytes(4).toString('hex')}`;
    try {
      this.#as(() => {
        writeDurably(fresh, `${JSON.stringify(known)}\n`);
        renameSync(fresh, file);
      });
    } catch (error) {
      this.#remove(fresh);
      throw error;
    }
  }

  /** Where it could not be made there may be nothing to remove, and nothing to be said of that. */
  #remove(file: string): void {
    try {
      this.#as(() => rmSync(file, { force: true }));
    } catch (error) {
      if (codeOf(error) === '') throw error;
    }
  }

  #as<T>(act: () => T): T {
    return actAs(this.#owner, act);
  }
}

const MADE_MEANWHILE = 'another run has made this case meanwhile; run it again';

const LOCKED = 'other runs are writing it all the time; run it again';

const CHANGED_MEANWHILE = 'another run has changed this case meanwhile; run it again';

/** Undefined where what another run has added does not go with it. */
function withAdded(
  mine: CaseFile,
  there: CaseMemory | undefined,
  from: CaseMemory | undefined,
): CaseFile | undefined {
  const isAsFound = JSON.stringify(there) === JSON.stringify(from);
  if (there === undefined || mine.memory === undefined || isAsFound) return mine;
  const memory = mergedMemory(there, mine.memory);
  return memory && { ...mine, memory };
}

export function newCase(caseId: string): CaseFile {
  const key = randomBytes(32).toString('hex');
  return { schemaVersion: 1, case: caseId, key };
}

function writeDurably(file: string, text: string): void {
  const fd = openSync(file, 'wx', 0o600);
  try {
    writeFileSync(fd, text);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** XDG Base Directory Specification: a relative path in the variable counts as none. */
function stateHome(env: Env, owner: Owner | undefined): string {
  const told = env['XDG_STATE_HOME'];
  if (owner === undefined && told !== undefined && path.isAbsolute(told)) return told;
  return path.join(homeOf(owner, env), '.local', 'state');
}

function parseCase(text: string, file: string): CaseFile {
  let value: Partial<CaseFile> | null;
  try {
    value = JSON.parse(text) as Partial<CaseFile> | null;
  } catch {
    throw damaged(file);
  }
  const isOurs =
    value?.schemaVersion === 1 &&
    typeof value.key === 'string' &&
    /^[\da-f]{64}$/.test(value.key) &&
    (value.memory === undefined || isMemory(value.memory));
  if (!isOurs) throw damaged(file);
  return value as CaseFile;
}

/** A user may have edited it, and half of it may be gone. */
function isMemory(value: unknown): boolean {
  const given = (value ?? {}) as Fields;
  const { mode, subnets, names, ids, addresses = [], macs = [], former = [] } = given;
  return (
    (mode === 'prefix' || mode === 'strict') &&
    [subnets, ids, addresses, macs].every((list) => isListOf(list, isText)) &&
    [names, former].every((list) =>
      isListOf(list, (one) => isListOf(one, isText) && one.length === 2),
    )
  );
}

type Fields = Readonly<Partial<Record<keyof CaseMemory, unknown>>>;

function isListOf(value: unknown, isOne: (one: unknown) => boolean): value is readonly unknown[] {
  return Array.isArray(value) && value.every((one) => isOne(one));
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** What is in the way of its folder is told when it is to be written. */
const NOT_THERE: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR']);

function damaged(file: string): DoctorError {
  return unreadableCase(file, 'it holds no key of ours');
}

function unreadableCase(file: string, reason: string): DoctorError {
  return new DoctorError('no-such-case', `cannot read ${printable(file)}: ${reason}`);
}
