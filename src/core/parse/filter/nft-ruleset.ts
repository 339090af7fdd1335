// `nft -j list ruleset` (libnftables-json(5)): the rules and policies in it that drop or reject.
import { type Fact, known, unknown } from '../../../model/fact.js';
import type { DroppingRule } from '../../../model/filter.js';
import { asList, asRecord, asText } from '../docker/docker-fields.js';
import { mostTelling } from './most-telling.js';
import { nftText } from './nft-text.js';

type Fields = Readonly<Record<string, unknown>>;

const LONGEST_TEXT = 200;

/** Undefined numbers and unknown statements cost themselves; text that is no ruleset is `failed`. */
export function parseNftRuleset(text: string): Fact<DroppingRule[]> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return unknown('failed', 'what nft printed is not JSON');
  }
  const list = asRecord(parsed)['nftables'];
  if (!Array.isArray(list)) return unknown('failed', 'what nft printed is not a ruleset');
  const ruleset = new Ruleset(list.map((one) => asRecord(one)));
  return known(mostTelling([...ruleset.policies(), ...ruleset.rules()]));
}

class Ruleset {
  readonly #objects: readonly Fields[];
  /** Hooks of base chains. */
  readonly #hooks = new Map<string, string>();
  readonly #counters = new Map<string, number>();
  readonly #dormant = new Set<string>();

  constructor(objects: readonly Fields[]) {
    this.#objects = objects;
    for (const chain of this.#all('chain')) {
      const hook = asText(chain['hook']);
      if (hook !== undefined) this.#hooks.set(keyOf(chain, chain['name']), hook);
    }
    for (const counter of this.#all('counter')) {
      const packets = countOf(counter['packets']);
      if (packets !== undefined) this.#counters.set(keyOf(counter, counter['name']), packets);
    }
    for (const table of this.#all('table')) {
      const flags = table['flags'];
      const isDormant = flags === 'dormant' || asList(flags).includes('dormant');
      if (isDormant) this.#dormant.add(tableKey(table, table['name']));
    }
  }

  policies(): DroppingRule[] {
    return this.#all('chain').flatMap((chain) => {
      const place = this.#placeOf(chain, chain['name']);
      const drops = chain['policy'] === 'drop' && place?.hook !== undefined;
      return place && drops ? [{ ...place, verdict: 'policy drop', matches: '' }] : [];
    });
  }

  rules(): DroppingRule[] {
    return this.#all('rule').flatMap((rule) => {
      const place = this.#placeOf(rule, rule['chain']);
      const statements = asList(rule['expr']).map((one) => asRecord(one));
      const verdict = verdictOf(statements);
      if (place === undefined || verdict === undefined) return [];
      const packets = this.#packetsOf(rule, statements);
      const matches = statements.filter((one) => !isVerdict(one)).map((one) => nftText(one));
      return [
        {
          ...place,
          verdict,
          matches: shortened(matches.filter((one) => one !== '').join(' ')),
          ...(packets !== undefined && { packets }),
        },
      ];
    });
  }

  #all(kind: string): Fields[] {
    return this.#objects.filter((one) => kind in one).map((one) => asRecord(one[kind]));
  }

  /** Undefined for what lies in a dormant table: it is not at work. */
  #placeOf(
    object: Fields,
    chainName: unknown,
  ): Pick<DroppingRule, 'family' | 'table' | 'chain' | 'hook'> | undefined {
    const family = asText(object['family']);
    const table = asText(object['table']);
    const chain = asText(chainName);
    if (family === undefined || table === undefined || chain === undefined) return undefined;
    if (this.#dormant.has(tableKey(object, table))) return undefined;
    const hook = this.#hooks.get(keyOf(object, chain));
    return { family, table, chain, ...(hook !== undefined && { hook }) };
  }

  /** Of the rule's own counter, or of the named one that it refers to. */
  #packetsOf(rule: Fields, statements: readonly Fields[]): number | undefined {
    const counter = statements.find((one) => 'counter' in one)?.['counter'];
    if (typeof counter === 'string') return this.#counters.get(keyOf(rule, counter));
    return countOf(asRecord(counter)['packets']);
  }
}

function tableKey({ family }: Fields, table: unknown): string {
  return JSON.stringify([family, table]);
}

/** Of a chain or a counter; names are unique within a table. */
function keyOf({ family, table }: Fields, name: unknown): string {
  return JSON.stringify([family, table, name]);
}

function countOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
}

function isVerdict(statement: Fields): boolean {
  return 'drop' in statement || 'reject' in statement;
}

/** A verdict map that drops some of what it looks up drops; targets of iptables-nft are named in `xt`. */
function verdictOf(statements: readonly Fields[]): 'drop' | 'reject' | undefined {
  for (const statement of statements) {
    if ('drop' in statement) return 'drop';
    if ('reject' in statement) return 'reject';
    const { type, name } = asRecord(statement['xt']);
    if (type === 'target' && name === 'REJECT') return 'reject';
    if (type === 'target' && name === 'DROP') return 'drop';
    const members = asList(asRecord(asRecord(statement['vmap'])['data'])['set']);
    if (members.some((pair) => 'drop' in asRecord(asList(pair)[1]))) return 'drop';
  }
  return undefined;
}

function shortened(text: string): string {
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
}
