// Expressions of nftables' JSON (libnftables-json(5)) as nft(8) prints them; what is not known here shows its name only.
import { asList, asRecord, asText } from '../docker/docker-fields.js';

type Fields = Readonly<Record<string, unknown>>;

/** Deeper than anything that nft prints. */
const MOST_LEVELS = 8;
/** Members that are shown of a set in a rule. */
const MOST_MEMBERS = 16;

/** One statement or expression on one line; empty for what says nothing of which packets are meant. */
export function nftText(expression: unknown, level = 0): string {
  if (level > MOST_LEVELS) return '…';
  if (typeof expression === 'string') return expression;
  if (typeof expression === 'number' || typeof expression === 'boolean') return String(expression);
  if (Array.isArray(expression)) return listText(expression, ',', level);
  const [name, value] = Object.entries(asRecord(expression))[0] ?? [];
  if (name === undefined) return '';
  const print = PRINTERS.get(name);
  return print === undefined ? name : print(value, level + 1);
}

type Printer = (value: unknown, level: number) => string;

/** By the name that JSON gives them. */
const PRINTERS: ReadonlyMap<string, Printer> = new Map<string, Printer>([
  ['match', fields(matchText)],
  ['payload', fields(payloadText)],
  ['meta', fields(metaText)],
  ['ct', fields(({ key, dir }) => spaced('ct', dir, key))],
  ['fib', fields(({ result, flags }, level) => spaced('fib', dotted(flags, level), result))],
  ['socket', fields(({ key }) => spaced('socket', key))],
  ['rt', fields(({ key }) => spaced('rt', key))],
  ['tcp option', fields(({ name, field }) => spaced('tcp option', name, field))],
  ['ip option', fields(({ name, field }) => spaced('ip option', name, field))],
  ['numgen', fields(numgenText)],
  ['limit', fields(limitText)],
  ['quota', fields(({ val, val_unit: unit, inv }) => spaced('quota', over(inv), val, unit))],
  ['ct count', fields(({ val, inv }) => spaced('ct count', over(inv), val))],
  ['meter', fields(meterText)],
  ['vmap', fields(vmapText)],
  ['xt', fields(({ type, name }) => (type === 'match' ? spaced('xt match', name) : ''))],
  ['log', fields(logText)],
  ['prefix', fields(({ addr, len }, level) => `${nftText(addr, level)}/${nftText(len, level)}`)],
  ['elem', fields(({ val }, level) => nftText(val, level))],
  ['range', joined('-')],
  ['concat', joined(' . ')],
  ['&', joined(' & ')],
  ['|', joined(' | ')],
  ['^', joined(' ^ ')],
  ['<<', joined(' << ')],
  ['>>', joined(' >> ')],
  ['set', setText],
  ['jump', fields(({ target }) => spaced('jump', target))],
  ['goto', fields(({ target }) => spaced('goto', target))],
  ['counter', () => ''],
]);

function joined(separator: string): Printer {
  return (value, level) => listText(asList(value), separator, level);
}

function fields(print: (fields: Fields, level: number) => string): Printer {
  return (value, level) => print(asRecord(value), level);
}

function spaced(...words: readonly unknown[]): string {
  return words
    .filter((word) => (typeof word === 'string' && word !== '') || typeof word === 'number')
    .join(' ');
}

function over(isInverted: unknown): string | undefined {
  return isInverted === true ? 'over' : undefined;
}

function listText(list: readonly unknown[], separator: string, level: number): string {
  const shown = list.slice(0, MOST_MEMBERS).map((one) => nftText(one, level + 1));
  return [...shown, ...(list.length > MOST_MEMBERS ? ['…'] : [])].join(separator);
}

/** `fib saddr . iif type`. */
function dotted(flags: unknown, level: number): string {
  return Array.isArray(flags) ? listText(flags, ' . ', level) : nftText(flags, level);
}

/** Members of a map are pairs. */
function setText(value: unknown, level: number): string {
  const members = asList(value);
  const shown = members
    .slice(0, MOST_MEMBERS)
    .map((one) => (Array.isArray(one) ? listText(one, ' : ', level) : nftText(one, level + 1)));
  return `{ ${[...shown, ...(members.length > MOST_MEMBERS ? ['…'] : [])].join(', ')} }`;
}

/** `tcp flags syn / fin,syn,rst,ack` is `(flags & mask) == syn`. */
function matchText({ op, left, right }: Fields, level: number): string {
  const [flags, mask, ...others] = asList(asRecord(left)['&']);
  const isOfFlags = op === '==' && Array.isArray(mask) && others.length === 0;
  if (isOfFlags) {
    return spaced(nftText(flags, level), nftText(right, level), '/', nftText(mask, level));
  }
  const isPlain = op === '==' || op === 'in';
  const value =
    isNamedLink(left) && typeof right === 'string' ? `"${right}"` : nftText(right, level);
  return spaced(nftText(left, level), isPlain ? undefined : op, value);
}

/** Names of links are quoted. */
function isNamedLink(left: unknown): boolean {
  const key = asRecord(asRecord(left)['meta'])['key'];
  return BARE_META.has(key);
}

function payloadText({ protocol, field, base, offset, len }: Fields): string {
  if (asText(protocol) !== undefined) return spaced(protocol, field);
  return `@${[base, offset, len].map((part) => spaced(part)).join(',')}`;
}

function numgenText({ mode, mod, offset }: Fields): string {
  return spaced('numgen', mode, 'mod', mod, ...(offset === 0 ? [] : ['offset', offset]));
}

function meterText({ name, size, key, stmt }: Fields, level: number): string {
  const what = spaced('{', nftText(key, level), nftText(stmt, level), '}');
  return spaced('meter', name, ...(size === undefined ? [] : ['size', size]), what);
}

function vmapText({ key, data }: Fields, level: number): string {
  return spaced(nftText(key, level), 'vmap', nftText(data, level));
}

function logText({ prefix }: Fields): string {
  const text = asText(prefix);
  return text === undefined ? 'log' : `log prefix "${text}"`;
}

/** These go without the word in front. */
const BARE_META = new Set<unknown>([
  'iif',
  'oif',
  'iifname',
  'oifname',
  'iiftype',
  'oiftype',
  'iifgroup',
  'oifgroup',
]);

function metaText({ key }: Fields): string {
  return BARE_META.has(key) ? spaced(key) : spaced('meta', key);
}

/** A burst of five packets is what there is without a word about it. */
function limitText({ rate, rate_unit: unit, per, burst, inv }: Fields): string {
  const amount = spaced(rate, unit);
  const isUsual = burst === undefined || burst === 5 || burst === 0 || unit !== undefined;
  return spaced(
    'limit rate',
    over(inv),
    `${amount}/${spaced(per)}`,
    ...(isUsual ? [] : ['burst', burst, 'packets']),
  );
}
