// Mounted network namespaces out of /proc/PID/mountinfo (proc_pid_mountinfo(5)).

export interface NetnsMount {
  /** Inode of the nsfs file. */
  readonly inode: number;
  readonly path: string;
}

const ROOT_FIELD = 3;
const MOUNT_POINT_FIELD = 4;

/** The mounts of files `net:[INODE]` of nsfs, in the order of the text. A line in another form is passed over. */
export function parseNetnsMounts(text: string): NetnsMount[] {
  return text.split('\n').flatMap((line) => {
    // Most lines of a container host are overlays and cgroups.
    if (!line.includes(' net:[')) return [];
    const [front = '', back = ''] = line.split(' - ', 2);
    const fields = front.split(' ');
    const inode = parseNetnsName(fields[ROOT_FIELD] ?? '');
    const path = unescapeOctal(fields[MOUNT_POINT_FIELD] ?? '');
    const isNsfs = back.startsWith('nsfs ');
    return isNsfs && inode !== undefined && path.startsWith('/') ? [{ inode, path }] : [];
  });
}

/** The inode in `net:[4026531840]`, the form of nsfs names and of the links in /proc/PID/ns. */
export function parseNetnsName(name: string): number | undefined {
  const digits = /^net:\[(\d{1,15})\]$/.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** The kernel writes blank, tab, newline and backslash of a path as `\040`, `\011`, `\012`, `\134`. */
function unescapeOctal(path: string): string {
  return path.replaceAll(/\\([0-3][0-7]{2})/g, (_match, digits: string) =>
    String.fromCodePoint(Number.parseInt(digits, 8)),
  );
}
