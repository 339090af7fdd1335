// The line protocol between a step and GitHub's runner: `::error file=…,line=…::message`, one command a line.

export type Kind = 'error' | 'warning' | 'notice';

export interface Annotation {
  readonly kind: Kind;
  readonly title: string;
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

export function commandLine({ kind, title, message, file, line, column }: Annotation): string {
  const properties = [
    ...(file === undefined ? [] : [`file=${escapeProperty(file)}`]),
    ...(line === undefined ? [] : [`line=${line.toString()}`]),
    ...(column === undefined ? [] : [`col=${column.toString()}`]),
    `title=${escapeProperty(title)}`,
  ];
  return `::${kind} ${properties.join(',')}::${escapeData(message)}`;
}

/** The percent sign first: it begins every escape. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
