// Whoever called sudo: what is made for them should be theirs, and be made with their rights.
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

type Env = Readonly<Record<string, string | undefined>>;

/** Undefined where nobody else is behind this process. */
export function invokingUser(env: Env): Owner | undefined {
  const [uid, gid] = [env['SUDO_UID'], env['SUDO_GID']].map((text) =>
    text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined,
  );
  if (process.getuid?.() !== 0 || uid === undefined || gid === undefined) return undefined;
  return uid === 0 ? undefined : { uid, gid };
}

/** Home by passwd(5); one that is not listed there is where such homes usually are. */
export function homeOf(owner: Owner | undefined, env: Env): string {
  if (owner === undefined) return homedir();
  const users = readPasswd().map((line) => line.split(':'));
  const home = users.find((fields) => fields[2] === owner.uid.toString())?.[5];
  return home ?? `/home/${(env['SUDO_USER'] ?? owner.uid.toString()).replaceAll('/', '')}`;
}

function readPasswd(): readonly string[] {
  try {
    return readFileSync('/etc/passwd', 'utf8').split('\n');
  } catch {
    return [];
  }
}

/** `act` must be synchronous: for its time the whole process has no more rights than that user. */
export function actAs<T>(owner: Owner | undefined, act: () => T): T {
  const { setegid, seteuid } = process;
  if (owner === undefined || setegid === undefined || seteuid === undefined) return act();
  setegid(owner.gid);
  seteuid(owner.uid);
  try {
    return act();
  } finally {
    seteuid(0);
    setegid(0);
  }
}
