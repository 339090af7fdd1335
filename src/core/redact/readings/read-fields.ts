// Fields of what tools print: of a text that is a name or an address, and is neither known nor nobody's, nothing is told. A link may have
// come since the facts were seen.
import { ipBits } from '../addresses/ip-bits.js';
import { macBytes } from '../addresses/mac-map.js';
import type { Mapper } from '../mapper.js';
import { isKeptName } from '../names/kept-names.js';
import { readLink } from './read-links.js';

const FIELDS = {
  link: linkField,
  label(text, mapper) {
    const [link = '', ...alias] = text.split(':');
    const name = linkField(link, mapper);
    if (name === undefined || alias.length === 0) return name;
    const other = aliasField(alias.join(':'), mapper);
    return other === undefined ? undefined : `${name}:${other}`;
  },
  address(text, mapper) {
    if (macBytes(text) !== undefined) return mapper.mac(text);
    if (ipBits(text.split('/')[0] ?? '') === undefined) return undefined;
    return text.includes('/') ? mapper.cidr(text) : mapper.ip(text);
  },
} as const satisfies Readonly<Record<string, (text: string, mapper: Mapper) => string | undefined>>;

export function maskedField(
  field: keyof typeof FIELDS,
  text: string,
  mapper: Mapper,
): string | undefined {
  return FIELDS[field](text, mapper);
}

function linkField(text: string, mapper: Mapper): string | undefined {
  const other = readLink(text, mapper);
  return other !== text || mapper.isName(text) || isKeptName(text) ? other : undefined;
}

function aliasField(text: string, mapper: Mapper): string | undefined {
  return /^\d+$/u.test(text) || isKeptName(text) || mapper.isName(text)
    ? mapper.name('link', text)
    : undefined;
}
