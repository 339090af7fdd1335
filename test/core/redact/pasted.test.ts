// Answers as they come out of tickets, mails and chats, and the rule behind: whatever is searched for is replaced, in every form.
import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ipForms, macForms } from '../../../src/core/redact/leak/address-forms.js';
import { LeakScan } from '../../../src/core/redact/leak/leak-scan.js';
import { nameForms } from '../../../src/core/redact/leak/name-forms.js';
import { isTelling } from '../../../src/core/redact/prose/common-words.js';
import { redactSnapshot, redactText, translate } from '../../../src/core/redact/redact-snapshot.js';
import { aSnapshot } from '../../support/a-snapshot.js';
import { keyed } from '../../support/keyed.js';
import { anyHost } from '../../support/masked-hosts.js';

const HOST = aSnapshot()
  .platform({ hostname: 'quaxhost.zorb.example' })
  .parent('lan_0', { address: ['10.7.3.10/24', 'fd7b:7:3::10/64'], mac: 'b8:27:eb:12:34:56' })
  .child('xeno-shop-1', { address: '10.7.3.200/24', mac: '02:42:0a:07:03:c8' })
  .child('my"shop', { address: '10.7.3.201/24' })
  .build();
const { map, originals } = redactSnapshot(HOST, { mode: 'prefix', prf: keyed('a case') });
const out = map.mapper('out');
const [shop, host, link] = ['xeno-shop-1', 'quaxhost', 'lan_0'].map((name) =>
  out.name('netns', name),
) as [string, string, string];
const mac = out.mac('02:42:0a:07:03:c8');
const bare = mac.replaceAll(':', '');
const dashed = out.ip('10.7.3.200').replaceAll('.', '-');
const ip6 = out.ip('fd7b:7:3::10');
const hyphen = shop.indexOf('-');
const [head, code] = [shop.slice(0, hyphen), shop.slice(hyphen + 1)];

describe('a stand-in is turned back', () => {
  it.each([
    ['behind a colon', `inet6:${ip6}, dst:${ip6}/64`, 'inet6:fd7b:7:3::10, dst:fd7b:7:3::10/64'],
    [
      'behind a colon, a MAC',
      `lladdr:${mac} mac:${mac}`,
      'lladdr:02:42:0a:07:03:c8 mac:02:42:0a:07:03:c8',
    ],
    ['without separators', `id ${bare}, ${bare.toUpperCase()}`, 'id 02420a0703c8, 02420A0703C8'],
    ['with dashes', `ip-${dashed}.internal`, 'ip-10-7-3-200.internal'],
    ['in capitals', `${shop.toUpperCase()} at ${ip6.toUpperCase()}`, 'xeno-shop-1 at fd7b:7:3::10'],
    [
      'as a sentence begins',
      `${shop[0]?.toUpperCase() ?? ''}${shop.slice(1)} hangs`,
      'xeno-shop-1 hangs',
    ],
    [
      'as a unit in JSON',
      String.raw`"dev-${head}\\x2d${code}.device"`,
      String.raw`"dev-xeno\\x2dshop\\x2d1.device"`,
    ],
    [
      'as a unit',
      String.raw`dev-${head}\x2d${code}.device`,
      String.raw`dev-xeno\x2dshop\x2d1.device`,
    ],
    [
      'escaped by Markdown',
      String.raw`**${head}\-${code}** on ${host}\.x`,
      String.raw`**xeno-shop-1** on quaxhost\.x`,
    ],
    [
      'escaped by Markdown, an address',
      out.ip('10.7.3.200').replaceAll('.', String.raw`\.`),
      '10.7.3.200',
    ],
    ['with a hyphen that does not break', `${head}\u2011${code}`, 'xeno-shop-1'],
    [
      'as HTML',
      `<td>${head}&#45;${code}</td><td>${head}-<wbr>${code}</td>`,
      '<td>xeno-shop-1</td><td>xeno-shop-1</td>',
    ],
    ['with a hyphen for print', `${head}-${code.slice(0, 4)}\u00AD${code.slice(4)}`, 'xeno-shop-1'],
    ['cut behind its hyphen', `ask ${head}-\n> ${code} first`, 'ask xeno-shop-1 first'],
    [
      'cut anywhere',
      `ask ${head}-${code.slice(0, 5)}\r\n>> ${code.slice(5)} first`,
      'ask xeno-shop-1 first',
    ],
    ['a link', `ip link show ${link}`, 'ip link show lan_0'],
  ])('%s', (_how, answer, said) => {
    expect(translate(answer, map)).toBe(said);
  });
});

it('an answer about nobody stays what it is', () => {
  const said = [
    'at 12:00:05 the rule a:b:c of `my\\-file` and \\x2d, &#45;, soft\u00ADly',
    'a line that ends in a hyphen-\n> ated word, and ctr-\n> nobody, ctr-nobody',
    'sha 0242ac11dead 9f86d081884c, ip-99-1-2-300, 168231879 bytes, build 20260131',
    'a\\.b &dash; c\u2011d <wbr>',
  ].join('\n');
  expect(translate(said, map)).toBe(said);
});

describe('a stand-in that a table cut', () => {
  const whole = out.name('host', 'quaxhost.zorb.example');
  const cut = (name: string, before: number, after: number): string =>
    `${name.slice(0, before)}…${after === 0 ? '' : name.slice(-after)}`;

  it.each([
    ['in its middle', `  ${cut(shop, 5, 5)}  10 ms`, '  xeno-shop-1  10 ms'],
    ['at its end', `whom: ${cut(shop, 10, 0)}, up`, 'whom: xeno-shop-1, up'],
    [
      'twice, as a title',
      `0.1   ${cut(whole, 12, 8).slice(0, -4)}…x`,
      '0.1   quaxhost.zorb.example…x',
    ],
    ['to nothing that tells it apart', cut(shop, 3, 2), cut(shop, 3, 2)],
    ['of a list', `${shop}… and more`, 'xeno-shop-1… and more'],
    ['that is nobody’s', 'ctr-b…xxxxx', 'ctr-b…xxxxx'],
  ])('%s', (_where, given, real) => {
    expect(translate(given, map)).toBe(real);
  });
});

describe('whatever is searched for, is replaced', () => {
  it.each([
    'ip-10-7-3-200.internal',
    '0x0A0703C8',
    'saddr=168231880',
    'inet6:fd7b:7:3::10',
    'lladdr:02:42:0a:07:03:c8',
    'enx b827eb123456',
    'b8-27-eb-12-34-56 and B827.EB12.3456',
    'fd7b-7-3--10.ipv6-literal.net',
    'my%22shop',
    String.raw`{"name":"my\"shop"}`,
    String.raw`"xeno\\x2dshop\\x2d1"`,
  ])('%s', (text) => {
    const scan = new LeakScan(originals, map);
    expect(scan.inBytes(Buffer.from(text))).toBeDefined();
    const masked = redactText(text, map);
    expect(scan.inBytes(Buffer.from(masked))).toBeUndefined();
  });

  it('of any host, in every form', () => {
    fc.assert(
      fc.property(anyHost, fc.constantFrom('prefix', 'strict'), (snapshot, mode) => {
        const one = redactSnapshot(snapshot, { mode, prf: keyed('k') });
        const scan = new LeakScan(one.originals, one.map);
        const { ips, macs } = one.originals;
        const names = [...one.originals.names.keys()].filter((name) => isTelling(name));
        const forms = [
          ...[...ips].flatMap((text) => ipForms(text)),
          ...[...macs].flatMap((text) => macForms(text)),
          ...names.flatMap((name) => nameForms(name)),
        ];
        const text = forms.map((form) => `see:${form.text} (${form.text})`).join('\n');
        const masked = redactText(text, one.map).split('\n');
        const found = text.split('\n').map((line, at) => [line, masked[at] ?? '']);
        expect(
          found.filter(([, line]) => scan.inBytes(Buffer.from(line ?? '')) !== undefined),
        ).toEqual([]);
      }),
      { numRuns: 30 },
    );
  }, 60_000);
});
