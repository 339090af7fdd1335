// The last look: every form of an original is found, in whole files and in pieces, and nothing is found where nothing leaks.
import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LeakScan, type Leak } from '../../../src/core/redact/leak/leak-scan.js';
import { originalsOf } from '../../../src/core/redact/originals.js';
import { redactSnapshot } from '../../../src/core/redact/redact-snapshot.js';
import { judge } from '../../../src/cli/workflows/judge.js';
import { known } from '../../../src/model/fact.js';
import { aSnapshot } from '../../support/a-snapshot.js';
import { keyed } from '../../support/keyed.js';
import { anyHost } from '../../support/masked-hosts.js';

const HOST = aSnapshot()
  .platform({ hostname: 'quaxhost.zorb-firm.example' })
  .parent('eth0', { address: ['10.7.3.10/24', '2a02:8106:77:1::10/64'], mac: 'b8:27:eb:12:34:56' })
  .network({ name: 'wimp-net', subnet: '10.7.3.0/24', gateway: '10.7.3.1' })
  .child('xeno-shop-1', {
    address: '10.7.3.200/24',
    gateway: '10.7.3.1',
    mac: '02:42:0a:07:03:c8',
    network: 'wimp-net',
  })
  .allHealthy()
  .build();

function scanOf(snapshot: typeof HOST, key = 'a case') {
  const redacted = redactSnapshot(snapshot, { mode: 'prefix', prf: keyed(key) });
  return { ...redacted, scan: new LeakScan(originalsOf(snapshot), redacted.map) };
}

const { scan, snapshot: masked } = scanOf(HOST);
const inText = (one: LeakScan, text: string): Leak | undefined => one.inBytes(Buffer.from(text));
const b64 = (text: string): string => Buffer.from(text).toString('base64');

describe('an original is found', () => {
  it.each([
    ['an IP address', 'from 10.7.3.200: nothing'],
    ['an IP address', 'http://10.7.3.200:8080/'],
    ['an IP address', '200.3.7.10.in-addr.arpa'],
    ['an IP address', 'ip-10-7-3-200.internal'],
    ['an IP address', 'saddr=168231880'],
    ['an IP address', '0x0A0703C8'],
    ['an IP address', 'eth0\tC803070A\t00000000'],
    ['an IP address', b64('peer 10.7.3.200 is gone')],
    ['an IP address', b64('a peer 10.7.3.200 is gone')],
    ['an IP address', b64('the peer 10.7.3.200 is gone')],
    ['an IP address', 'via 2a02:8106:77:1::10: timeout'],
    ['an IP address', '2A02:8106:0077:0001:0000:0000:0000:0010'],
    ['an IP address', '2a02810600770001 2a028106007700010000000000000010 40 00 80 eth0'],
    ['an IP address', '2a02-8106-77-1--10.ipv6-literal.net'],
    ['a MAC address', 'ether b8:27:eb:12:34:56 txqueuelen'],
    ['a MAC address', 'B8-27-EB-12-34-56'],
    ['a MAC address', 'b827.eb12.3456'],
    ['a MAC address', 'enxb827eb123456: link up'],
    ['a MAC address', 'fd00:5::ba27:ebff:fe12:3456/64'],
    ['a MAC address', 'MAC=33:33:00:00:00:01:b8:27:eb:12:34:56:86:dd SRC='],
    ['a MAC address', 'MAC=b8:27:eb:12:34:56:33:33:00:00:00:01:86:dd SRC='],
    ['a name', 'container xeno-shop-1 exited'],
    ['a name', 'XENO-SHOP-1'],
    ['a name', String.raw`sys-xeno\x2dshop\x2d1.device`],
    ['a name', 'ping quaxhost'],
    ['a name', 'search zorb-firm.example'],
    ['a name', b64('the name is xeno-shop-1 here')],
    ['a private key', '-----BEGIN OPENSSH PRIVATE KEY-----'],
    ['a WireGuard key', `PrivateKey = ${'k'.repeat(43)}=`],
    ['a token', `Authorization: Bearer ${'t0k3n'.repeat(5)}`],
    ['a join token', `SWMTKN-1-${'a1'.repeat(15)}-${'b2'.repeat(12)}`],
    ['a cloud key', 'AKIAIOSFODNN7EXAMPLE'],
    ['a password', 'MYSQL_ROOT_PASSWORD=hunter22'],
    ['a password', '"psk": "correct horse"'],
    ['a password', 'tcp://ann:hunter22@nas:2376'],
  ])('%s: %s', (kind, text) => {
    expect(inText(scan, `so\n${text}\nit is`)?.kind).toBe(kind);
  });
});

it('a name is found in the case that it has, whatever its alphabet', () => {
  const one = scanOf(aSnapshot().parent('eth0').child('ÉTÉ-Box').build()).scan;
  expect(inText(one, 'the ÉTÉ-BOX')?.kind).toBe('a name');
});

describe('nothing is found', () => {
  it.each([
    'from 10.7.3.20: nothing, 110.7.3.200 either, nor 10.7.3.2001',
    'xeno-shop-12 and thexeno-shop-1',
    '1682318805 and 21682318800',
    'fe80::ba27:ebff:fe12:34567',
    'a password is asked for, the secret is kept; token: none; psk',
    'http://[::1]:2375/ and ssh://git@host/path',
    'sha256:0a0703c80a0703c8',
  ])('in %s', (text) => {
    expect(inText(scan, text)).toBeUndefined();
  });

  it('in the masked snapshot and its report', () => {
    const report = judge(masked, { expectations: [], only: [], skip: [] }, 0);
    expect(inText(scan, JSON.stringify(masked))).toBeUndefined();
    expect(inText(scan, JSON.stringify(report, undefined, 2))).toBeUndefined();
  });

  it('in those of any host', () => {
    fc.assert(
      fc.property(anyHost, fc.string({ minLength: 1 }), (host, key) => {
        const one = scanOf(host, key);
        const report = judge(one.snapshot, { expectations: [], only: [], skip: [] }, 0);
        expect(inText(one.scan, JSON.stringify([one.snapshot, report]))).toBeUndefined();
      }),
      { numRuns: 30, endOnFailure: true },
    );
  }, 60_000);

  it('of names that stand between the colons of an address, and of no others beside a colon', () => {
    const one = scanOf(aSnapshot().parent('eth0').child('beef').build()).scan;
    for (const text of ['fd00::beef', 'fe80::1:beef:2', 'beef::1/64', '02:42:0a:07:beef:03'])
      expect(inText(one, text)).toBeUndefined();
    for (const text of ['child:beef', 'BEEF', 'container:beef:80', '"beef": 1', 'beef: up'])
      expect(inText(one, text)?.kind).toBe('a name');
  });

  it('of what the program says on every host that wrote a file', () => {
    const one = scanOf(aSnapshot().parent('eth0').child('gso-max').child('quax').build()).scan;
    const file = new TextEncoder().encode('"gso_max_size": 7, "gso-max": 1');
    expect(one.inBytes(file)?.kind).toBe('a name');
    expect(one.inBytes(file, { words: new Set(['gso', 'max', 'size']) })).toBeUndefined();
    expect(one.inBytes(Buffer.from('quax'), { words: new Set(['gso']) })?.kind).toBe('a name');
  });

  it('of an address whose bytes are, backwards, a group that nobody owns', () => {
    const one = scanOf(aSnapshot().parent('eth0', { address: '10.0.0.224/24' }).build()).scan;
    expect(inText(one, 'joined 224.0.0.10')).toBeUndefined();
    expect(inText(one, 'has 10.0.0.224')?.kind).toBe('an IP address');
  });

  it('of numbers, whoever is called so, nor of the few digits of an id that a link carries', () => {
    const given = aSnapshot()
      .parent('eth0')
      .child('8388608')
      .hostLink('br-40265', { kind: 'bridge' });
    const one = scanOf(given.build()).scan;
    expect(inText(one, 'took 40265 of 402651 ms, 8388608 bytes')).toBeUndefined();
    expect(inText(one, 'up: br-40265')?.kind).toBe('a name');
  });

  it('of names that are words: they are on every host', () => {
    const given = aSnapshot().parent('eth0').child('web', { container: true }).child('bookworm');
    const one = scanOf(given.build());
    expect(inText(one.scan, 'the web server runs Debian 12 (bookworm)')).toBeUndefined();
  });
});

describe('in pieces', () => {
  it('the same is found, at the same place, once', () => {
    const text = `${'x '.repeat(700)}10.7.3.200 ${'y '.repeat(700)}xeno-shop-1 psk=hunter22 10.7.3.2`;
    const bytes = new TextEncoder().encode(text);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2000 }), (size) => {
        const file = scan.file();
        for (let at = 0; at < bytes.length; at += size) file.feed(bytes.subarray(at, at + size));
        file.end();
        expect(file.leaks.map(({ offset, kind }) => [offset, kind])).toEqual([
          [1400, 'an IP address'],
          [1411 + 1400, 'a name'],
          [1411 + 1400 + 12, 'a password'],
        ]);
      }),
    );
  });
});

it('a file that was never masked is told of a hundred times, and not for ever', () => {
  const file = scan.file();
  file.feed(new TextEncoder().encode('10.7.3.200 '.repeat(50_000)));
  file.end();
  expect(file.leaks).toHaveLength(100);
});

it('an original that is somebody’s stand-in is no leak', () => {
  const many = aSnapshot()
    .parent('eth0', { address: [] })
    .fact(
      'resolvers',
      known({
        '1': {
          nameservers: Array.from({ length: 256 }, (_, at) => `192.168.${at.toString()}.7`),
        },
      }),
    );
  const one = scanOf(many.build());
  expect(inText(one.scan, JSON.stringify(one.snapshot))).toBeUndefined();
});
