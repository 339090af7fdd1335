// What one name is called instead: a word that says which kind of thing it is, with what checks look at in a name kept.
import { spokenCode, type Prf } from '../prf.js';
import { isKeptName } from './kept-names.js';

/** What a name is of. Where one text names several things, the first of these counts. */
export const NAME_KINDS = [
  'link',
  'host',
  'container',
  'network',
  'netns',
  'domain',
  'user',
  'context',
  'address',
  'chain',
  'file',
  'process',
  'id',
] as const;
/** One of {@link NAME_KINDS}. */
export type NameKind = (typeof NAME_KINDS)[number];

const HEADS: Readonly<Record<NameKind, string>> = {
  link: 'if',
  host: 'host-',
  container: 'ctr-',
  network: 'net-',
  netns: 'ns-',
  domain: 'dom-',
  user: 'user-',
  context: 'ctx-',
  address: 'aux-',
  chain: 'chain-',
  file: 'file-',
  process: 'prog-',
  id: 'id-',
};

/** How engines' and hypervisors' links begin, and products' contexts and machines: rules ask for them (better-parent, engine-product). */
const BEGINNINGS: Readonly<Partial<Record<NameKind, RegExp>>> = {
  link: /^(?:veth|docker|br-|virbr|cni|flannel|tap|vnet|lxc|podman)/u,
  context: /^(?:colima|lima)-/u,
  host: /^(?:lima-colima|lima|colima)-/u,
};
/** What hosts and domains are called where their names are dropped. */
const DROPPED = { host: 'a-host', domain: 'example' } as const;
const IS_DROPPED = /(?:^|\.|-)a-host(?:-\d+)?(?:\.|$)|(?:^|\.)example(?:-\d+)?(?:\.|$)/u;

/** Undefined for what has a name of its own all the same. Another host is another one, which `round` tells: checks ask for that. */
export function droppedName(name: string, kind: NameKind, round = 0): string | undefined {
  if ((kind !== 'host' && kind !== 'domain') || isKeptName(name)) return undefined;
  const number = round === 0 ? '' : `-${(round + 1).toString()}`;
  return `${BEGINNINGS[kind]?.exec(name)?.[0] ?? ''}${DROPPED[kind]}${number}`;
}

/** Nobody gets back from it. */
export function isDropped(standIn: string): boolean {
  return IS_DROPPED.test(standIn);
}

/** What may stand in a configuration file and in a command without quotes. */
const PLAIN = /^[\w.][\w.-]*$/u;

/**
 * `round` makes another one, where the first is taken. A leading `-` stays, and a name that is not plain stays so: commands
 * and files for it are other ones. So are units for a link with a hyphen (systemd.unit(5)), and it keeps one.
 */
export function standInFor(name: string, kind: NameKind, prf: Prf, round = 0): string {
  if (isKeptName(name)) return name;
  const code = spokenCode(prf, `name ${round.toString()}`, name);
  const dash = name.startsWith('-') ? '-' : '';
  const rest = name.replace(/^-+/u, '');
  const odd = PLAIN.test(rest) || rest === '' ? '' : '~';
  const beginning = BEGINNINGS[kind]?.exec(name)?.[0];
  const hyphen = kind === 'link' && beginning === undefined && rest.includes('-') ? '-' : '';
  return `${dash}${beginning ?? HEADS[kind]}${hyphen}${odd}${code}`;
}
