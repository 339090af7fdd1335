// The flags of a call as a stranger may read them. A path tells of its user, and whom a run was narrowed to stands in the facts, under
// stand-ins: of such flags only that they were given is told.

/** As oclif's parser has them. */
interface Token {
  readonly type: string;
  readonly flag?: string;
  readonly input: string;
}

/** Their values are words of ours, numbers, or the case that the bundle is for. */
const TOLD: ReadonlySet<string> = new Set(['case', 'redact', 'timeout', 'expect']);
const WITHHELD = '…';

/** In their order; of the definitions, those of flags without a value have the type `boolean`. */
export function toldFlags(
  raw: readonly Token[],
  definitions: Readonly<Record<string, { readonly type: string }>>,
): readonly string[] {
  return raw.flatMap(({ flag, input }) => {
    if (flag === undefined) return [];
    if (definitions[flag]?.type === 'boolean') return [`--${flag}`];
    return [`--${flag}`, TOLD.has(flag) ? input : WITHHELD];
  });
}
