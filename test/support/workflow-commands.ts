// Reads a step's output as GitHub's runner does, by its documented rules: commands begin a line, and data is escaped.

export interface WorkflowCommand {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

/** Blanks in front of a command count as nothing; everything that is no command is log. */
export function commandsIn(output: string): WorkflowCommand[] {
  return output.split(/\r\n|\r|\n/).flatMap((line) => {
    const match = /^\s*::(?<name>[^ :]+)(?: (?<properties>.*?))?::(?<message>.*)$/u.exec(line);
    const groups = match?.groups;
    if (groups === undefined) return [];
    return [
      {
        name: groups['name'] ?? '',
        properties: propertiesIn(groups['properties'] ?? ''),
        message: unescape(groups['message'] ?? '', DATA),
      },
    ];
  });
}

function propertiesIn(text: string): Record<string, string> {
  const pairs = text.split(',').filter((pair) => pair !== '');
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      return [pair.slice(0, at).trim(), unescape(pair.slice(at + 1), PROPERTY)];
    }),
  );
}

const DATA: Readonly<Record<string, string>> = { '0D': '\r', '0A': '\n', '25': '%' };
const PROPERTY: Readonly<Record<string, string>> = { ...DATA, '3A': ':', '2C': ',' };

function unescape(text: string, known: Readonly<Record<string, string>>): string {
  return text.replaceAll(/%([\dA-F]{2})/g, (whole, code: string) => known[code] ?? whole);
}
