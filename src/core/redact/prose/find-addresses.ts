// Addresses, MACs and ids in prose, in the forms in which programs print them.
import type { Span } from './find-names.js';
import type { Mapper } from '../mapper.js';

interface Form {
  readonly form: RegExp;
  /** Undefined where it only looks like one. */
  readonly read: (match: RegExpExecArray, mapper: Mapper) => string | undefined;
}

const changed = (text: string, other: string): string | undefined =>
  other === text ? undefined : other;

const FORMS: readonly Form[] = [
  {
    form: /(?<![\da-f:.-])(?:[\da-f]{2}(?::[\da-f]{2}){5}|[\da-f]{2}(?:-[\da-f]{2}){5}|[\da-f]{4}\.[\da-f]{4}\.[\da-f]{4})(?![\da-f]|[:.-][\da-f])/giu,
    read: ([text], mapper) => changed(text, mapper.mac(text)),
  },
  {
    // RFC 1035: the bytes backwards.
    form: /(?<![\d.])(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?=\.in-addr\.arpa)/giu,
    read: ([text, ...bytes], mapper) =>
      changed(text, mapper.ip(bytes.toReversed().join('.')).split('.').toReversed().join('.')),
  },
  {
    form: /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,2})?(?![\d/]|\.\d|\.in-addr)/gu,
    read: ([text], mapper) =>
      changed(text, text.includes('/') ? mapper.cidr(text) : mapper.ip(text)),
  },
  {
    form: /(?<![\w:.])[\da-f:]*:[\da-f:]*:[\da-f:.]*(?:\/\d{1,3})?(?![\w:])/giu,
    read: ([text], mapper) => readIpv6(text, mapper),
  },
  {
    form: /(?<![\p{L}\p{N}])(en|wl|ww|sl|ib)x([\da-f]{12})(?![\p{L}\p{N}])/gu,
    read: ([text, kind = '', digits = ''], mapper) =>
      changed(text, `${kind}x${mapper.mac(digits)}`),
  },
  {
    form: /(?<![\p{L}\p{N}])[\da-f]{12,64}(?![\p{L}\p{N}])/gu,
    read: ([text], mapper) => changed(text, mapper.id(text)),
  },
];

/** A full stop or a colon of the sentence may stand right behind it. */
function readIpv6(text: string, mapper: Mapper): string | undefined {
  const bare = text.replace(/[.]+$|(?<!:):$/u, '');
  const other = bare.includes('/') ? mapper.cidr(bare) : mapper.ip(bare);
  return changed(bare, other) && `${other}${text.slice(bare.length)}`;
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
