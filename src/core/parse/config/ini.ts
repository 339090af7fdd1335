// INI text as systemd, NetworkManager and os-release write it: sections, and keys that may come more than once.

export interface IniEntry {
  /** Empty before the first section. */
  readonly section: string;
  readonly key: string;
  readonly value: string;
}

/** Entries in their order; lines that are neither a section nor `key=value` are passed over. */
export function parseIni(text: string): readonly IniEntry[] {
  const entries: IniEntry[] = [];
  let section = '';
  // A backslash at the end of a line continues it (systemd.syntax(7)).
  for (const raw of text.replaceAll(/\\\r?\n/g, ' ').split(/\r?\n/)) {
    const line = raw.trim();
    const header = /^\[(.+)\]$/.exec(line);
    const equals = line.indexOf('=');
    if (header) section = header[1] ?? '';
    else if (!/^[#;]/.test(line) && equals > 0) {
      entries.push({
        section,
        key: line.slice(0, equals).trim(),
        value: line.slice(equals + 1).trim(),
      });
    }
  }
  return entries;
}

/** The last value of a key, as a later line overrides an earlier one. */
export function iniValue(
  entries: readonly IniEntry[],
  section: string,
  key: string,
): string | undefined {
  return entries.findLast((entry) => entry.section === section && entry.key === key)?.value;
}
