// `.env`: one `NAME=value` a line, `export` allowed, quotes taken off, comments behind a space.

const LINE = /^\s*(?:export\s+)?([A-Za-z_][\w.]*)\s*=\s*(.*)$/u;

/** The variables, in their order; lines that say nothing are left out. Windows line ends are none of the value. */
export function readDotEnv(text: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const line of text.replace(/^\uFEFF/u, '').split(/\r?\n/u)) {
    const [, name, rest = ''] = LINE.exec(line) ?? [];
    if (name !== undefined) found[name] = valueIn(rest);
  }
  return found;
}

function valueIn(rest: string): string {
  const quoted = /^(["'])((?:\\.|(?!\1)[^\\])*)\1/u.exec(rest);
  if (quoted !== null) {
    const [, quote, inside = ''] = quoted;
    return quote === "'" ? inside : inside.replaceAll(/\\(["\\$])/gu, '$1');
  }
  return rest.replace(/\s+#.*$/u, '').trim();
}
