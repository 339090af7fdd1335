// `iptables-save -c` (iptables-save(8)): the rules and policies in it that drop or reject.
import type { DroppingRule } from '../../../model/filter.js';
import { mostTelling } from './most-telling.js';

const HOOKS = new Set(['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING']);
const TABLE = /^\*(?<table>\S{1,32})$/u;
const POLICY = /^:(?<chain>\S{1,64}) DROP(?: \[(?<packets>\d{1,20}):\d{1,20}\])?$/u;
const RULE =
  /^(?:\[(?<packets>\d{1,20}):\d{1,20}\] )?-A (?<chain>\S{1,64})(?<matches>.*) -[jg] (?<target>DROP|REJECT)(?: (?<rest>.*))?$/u;

const LONGEST_LINE = 1000;
const LONGEST_TEXT = 200;

/** Matches are quoted as they are printed; a line in another form is passed over. */
export function parseIptablesSave(text: string, family: 'ip' | 'ip6' = 'ip'): DroppingRule[] {
  const rules: DroppingRule[] = [];
  let table = '';
  for (const line of text.split('\n')) {
    if (line.length > LONGEST_LINE) continue;
    table = TABLE.exec(line)?.groups?.['table'] ?? table;
    const rule = policyOf(line) ?? ruleOf(line);
    if (rule !== undefined && table !== '') rules.push({ family, table, ...rule });
  }
  return mostTelling(rules);
}

type Rule = Omit<DroppingRule, 'family' | 'table'>;

function policyOf(line: string): Rule | undefined {
  const { chain, packets } = POLICY.exec(line)?.groups ?? {};
  if (chain === undefined) return undefined;
  return { ...placeOf(chain), verdict: 'policy drop', matches: '', ...counted(packets) };
}

function ruleOf(line: string): Rule | undefined {
  const { chain, packets, matches, target } = RULE.exec(line)?.groups ?? {};
  if (chain === undefined || target === undefined) return undefined;
  return {
    ...placeOf(chain),
    verdict: target.toLowerCase(),
    matches: (matches ?? '').trim().slice(0, LONGEST_TEXT),
    ...counted(packets),
  };
}

/** Built-in chains are named after their hook. */
function placeOf(chain: string): Pick<Rule, 'chain' | 'hook'> {
  return HOOKS.has(chain) ? { chain, hook: chain.toLowerCase() } : { chain };
}

function counted(packets: string | undefined): Pick<Rule, 'packets'> {
  return packets === undefined ? {} : { packets: Number(packets) };
}
