// Addresses, MACs and ids in prose, in the forms in which programs print them.
import { bitsOf, bitsOfHex, bytesOf, hexOf } from '../addresses/bit-walk.js';
import { eui64OfMac, macOfEui64 } from '../addresses/ip-map.js';
import { macBytes } from '../addresses/mac-map.js';
import { ipBits } from '../addresses/ip-bits.js';
import type { Mapper } from '../mapper.js';
import type { Span } from './find-names.js';

interface Form {
  readonly form: RegExp;
  /** Undefined where it only looks like one; an address that keeps its name is one all the same, and no name stands within it. */
  readonly read: (match: RegExpExecArray, mapper: Mapper) => string | undefined;
}

const FORMS: readonly Form[] = [
  {
    // As the firewall logs a frame, `MAC=`: to whom, from whom, and the protocol.
    form: /(?<![\da-f:])([\da-f]{2}(?::[\da-f]{2}){5}):([\da-f]{2}(?::[\da-f]{2}){5})((?::[\da-f]{2}){2})(?![\da-f]|:[\da-f])/giu,
    read: ([, to = '', from = '', rest = ''], mapper) =>
      `${mapper.mac(to)}:${mapper.mac(from)}${rest}`,
  },
  {
    form: /(?<![\da-f:.])[\da-f]{1,4}:[\da-f]{0,2}ff:fe[\da-f]{2}:[\da-f]{1,4}(?![\da-f]|:[\da-f:])/giu,
    read: ([text], mapper) => readInterfaceId(text, mapper),
  },
  {
    form: /(?<![\da-f:.-])(?:[\da-f]{2}(?::[\da-f]{2}){5}|[\da-f]{2}(?:-[\da-f]{2}){5}|[\da-f]{4}\.[\da-f]{4}\.[\da-f]{4})(?![\da-f]|[:.-][\da-f])/giu,
    read: ([text], mapper) => mapper.mac(text),
  },
  {
    // RFC 1035: the bytes backwards.
    form: /(?<![\d.])(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?=\.in-addr\.arpa)/giu,
    read: ([, ...bytes], mapper) => turned(mapper.ip(turned(bytes.join('.')))),
  },
  {
    // What follows the slash may be a path or a mask as well.
    form: /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,2}(?![\d/]|\.\d))?(?!\d|\.\d|\.in-addr)/gu,
    read: ([text], mapper) => readIp(text, mapper),
  },
  {
    form: /(?<![\w:.])[\da-f:]*:[\da-f:]*:[\da-f:.]*(?:\/\d{1,3})?(?![\w:])/giu,
    read: ([text], mapper) => readIpv6(text, mapper),
  },
  {
    form: /(?<![\p{L}\p{N}])(en|wl|ww|sl|ib)x([\da-f]{12})(?![\p{L}\p{N}])/gu,
    read: ([, kind = '', digits = ''], mapper) => `${kind}x${mapper.mac(digits)}`,
  },
  {
    form: /(?<![\p{L}\p{N}])[\da-f]{12,64}(?![\p{L}\p{N}])/gu,
    read([text], mapper) {
      const other = mapper.id(text);
      return other === text ? undefined : other;
    },
  },
];

function turned(dotted: string): string {
  return dotted.split('.').toReversed().join('.');
}

function readIp(text: string, mapper: Mapper): string | undefined {
  if (ipBits(text.split('/')[0] ?? '') === undefined) return undefined;
  return text.includes('/') ? mapper.cidr(text) : mapper.ip(text);
}

/** The half of an IPv6 address that was made of a MAC (RFC 4291), without its prefix. */
function readInterfaceId(text: string, mapper: Mapper): string {
  const digits = text.split(':').map((group) => group.padStart(4, '0'));
  const isPadded = /\b0[\da-f]/iu.test(text);
  const mac = hexOf(bitsOf(macOfEui64(bytesOf(bitsOfHex(digits.join(''))))));
  const id = hexOf(bitsOf(eui64OfMac(macBytes(mapper.mac(mac)) ?? [])));
  const groups = id.match(/.{4}/gu) ?? [];
  return groups.map((one) => (isPadded ? one : one.replace(/^0{1,3}/u, ''))).join(':');
}

/** A full stop or a colon of the sentence may stand right behind it. */
function readIpv6(text: string, mapper: Mapper): string | undefined {
  const bare = text.replace(/[.]+$|(?<!:):$/u, '');
  const other = readIp(bare, mapper);
  return other === undefined ? undefined : `${other}${text.slice(bare.length)}`;
}

export function addressSpans(text: string, mapper: Mapper): Span[] {
  return FORMS.flatMap(({ form, read }) =>
    [...text.matchAll(form)].flatMap((match) => {
      const instead = read(match, mapper);
      return instead === undefined
        ? []
        : [{ from: match.index, to: match.index + match[0].length, instead }];
    }),
  );
}

/** Of stretches that overlap, the one that begins first counts, and of two of these the longer one. */
export function replaceSpans(text: string, spans: readonly Span[]): string {
  let out = '';
  let end = 0;
  for (const span of spans.toSorted((a, b) => a.from - b.from || b.to - a.to)) {
    if (span.from < end) continue;
    out += text.slice(end, span.from) + span.instead;
    end = span.to;
  }
  return out + text.slice(end);
}
