// Names of every kind: what they are called instead, in fields and in prose, and back.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redactSnapshot, redactText, translate } from '../../../src/core/redact/redact-snapshot.js';
import { READINGS } from '../../../src/core/redact/readings/readings.js';
import { unknown } from '../../../src/model/fact.js';
import { aSnapshot } from '../../support/a-snapshot.js';
import { keyed } from '../../support/keyed.js';
import { bothHeadlines } from '../../support/masked-law.js';

const ID = '3f'.repeat(32);
const HOST = aSnapshot()
  .platform({ hostname: 'quaxhost.zorb.example' })
  .engine({
    name: 'quaxhost',
    context: 'ann-laptop',
    endpoint: 'unix:///home/ann/.colima/x/docker.sock',
  })
  .parent('lan0', { address: '10.7.3.10/24', altnames: ['enxb827eb123456', 'enp3s0'] })
  .hostLink('br-3f3f3f3f3f3f', { kind: 'bridge' })
  .hostLink('veth1a2b3c4', { kind: 'veth', master: 'br-3f3f3f3f3f3f' })
  .hostLink('lan0.100', { kind: 'vlan', lower: 'lan0', vlanId: 100 })
  .network({
    name: 'wimp-net',
    subnet: '10.7.3.0/24',
    gateway: '10.7.3.1',
    aux: { printer: '10.7.3.9' },
  })
  .child('xeno-shop', { address: '10.7.3.200/24', gateway: '10.7.3.1', network: 'wimp-net' })
  .child('web', { address: '10.7.3.201/24', gateway: '10.7.3.1' })
  .container('xeno-shop-db', { id: ID, networkMode: 'container:xeno-shop' })
  .allHealthy()
  .build();
const { snapshot, map } = redactSnapshot(HOST, { mode: 'prefix', prf: keyed('a case') });
const out = map.mapper('out');
const standIn = new Map(map.memory.names);
const text = JSON.stringify(snapshot);

describe('in fields', () => {
  it.each([
    'quaxhost',
    'zorb',
    'ann-laptop',
    '/ann/',
    'lan0',
    'b827eb123456',
    '3f3f3f3f',
    '1a2b3c4',
    'wimp',
    'printer',
    'xeno',
    'shop',
    '10.7.3.',
    '/run/netns/web',
    'eth0@web',
  ])('%s is gone', (part) => {
    expect(JSON.stringify(HOST)).toContain(part);
    expect(text).not.toContain(part);
  });

  it.each([
    'enp3s0',
    '.100"',
    '/run/netns/ctr-',
    '.colima',
    '/home/user-',
    'docker.sock',
    'systemd',
  ])('%s stays', (part) => {
    expect(text).toContain(part);
  });

  it('kinds of links stay what they are by their names', () => {
    expect(READINGS.link('br-3f3f3f3f3f3f', out)).toMatch(/^br-[\da-f]{12}$/u);
    expect(READINGS.link('veth1a2b3c4', out)).toMatch(/^veth[\da-f]{7}$/u);
    expect(READINGS.link('enxb827eb123456', out)).toBe(
      `enx${out.mac('b8:27:eb:12:34:56').replaceAll(':', '')}`,
    );
    expect(READINGS.link('lan0.100', out)).toBe(`${standIn.get('lan0') ?? ''}.100`);
    expect(READINGS.id(ID, out).slice(0, 12)).toBe(READINGS.link('br-3f3f3f3f3f3f', out).slice(3));
  });

  it('one name has one stand-in wherever it is one', () => {
    const [host, domain] = [standIn.get('quaxhost'), standIn.get('zorb.example')];
    expect(host).toMatch(/^host-\w{8}$/u);
    expect(READINGS.host('quaxhost.zorb.example', out)).toBe(`${host ?? ''}.${domain ?? ''}`);
    expect(READINGS.networkMode('container:xeno-shop', out)).toBe(
      `container:${standIn.get('xeno-shop') ?? ''}`,
    );
    expect(READINGS.end('container:xeno-shop', out)).toBe(
      `container:${standIn.get('xeno-shop') ?? ''}`,
    );
  });

  it.each([
    ['host', 'bridge'],
    ['network', 'bridge'],
    ['network', 'none'],
    ['networkMode', 'host'],
    ['link', 'eth0.100'],
    ['link', 'docker0'],
    ['end', 'host'],
    ['end', 'switch'],
    ['place', 'netns-4026532001'],
    ['endpoint', 'unix:///var/run/docker.sock'],
    ['endpoint', 'npipe:////./pipe/docker_engine'],
    ['path', '/etc/network/interfaces'],
    ['path', '/etc/systemd/network/10-eth0.network'],
    ['assetTag', 'OracleCloud.com'],
    ['chain', 'DOCKER-USER'],
  ] as const)('%s %s stays', (reading, word) => {
    expect(READINGS[reading](word, out)).toBe(word);
  });

  it('leaves out what is nobody’s business', () => {
    expect(READINGS.assetTag('FIRM-00123', out)).toBe('left out');
    expect(READINGS.matches('tcp dport 22 log prefix "secret plan "', out)).toBe(
      'tcp dport 22 log prefix "…"',
    );
  });

  it.each([
    'log prefix "my"own plan: " drop',
    String.raw`log prefix "my \"own plan: " drop`,
    'log prefix "own" drop',
    'log prefix own drop',
  ])('leaves out the whole of a remark, and no more: %s', (text) => {
    expect(READINGS.matches(text, out)).toBe('log prefix "…" drop');
    expect(READINGS.matches(text.slice(0, 19), out)).not.toContain('own');
  });
});

describe('in prose', () => {
  it('replaces whole words, the longest first, and every address', () => {
    const said = 'xeno-shop-db waits for xeno-shop at 10.7.3.200/24; not thexeno-shop, xeno-shop2';
    expect(redactText(said, map)).toBe(
      `${standIn.get('xeno-shop-db') ?? ''} waits for ${standIn.get('xeno-shop') ?? ''} at ${out.ip('10.7.3.200')}/24; not thexeno-shop, xeno-shop2`,
    );
  });

  it('replaces a common word only where it is said to be a name', () => {
    const web = standIn.get('web') ?? '';
    expect(redactText('the web is down: eth0@web, container web, `web`', map)).toBe(
      `the web is down: eth0@${web}, container ${web}, \`${web}\``,
    );
  });

  it('replaces a name in whatever case it is written, and turns a stand-in back in any', () => {
    const other = standIn.get('xeno-shop') ?? '';
    expect(redactText('XENO-SHOP and Xeno-Shop', map)).toBe(`${other} and ${other}`);
    const said = `${other.toUpperCase()} hangs. C${other.slice(1)} too`;
    expect(translate(said, map)).toBe('xeno-shop hangs. xeno-shop too');
  });

  it('takes a number for a name only behind a word for what it names', () => {
    const given = aSnapshot().parent('eth0').child('8388608').child('24').build();
    const one = redactSnapshot(given, { mode: 'prefix', prf: keyed('k') }).map;
    const [large = '', small = ''] = ['8388608', '24'].map((name) =>
      one.mapper('out').name('netns', name),
    );
    expect(redactText('container 8388608, eth0@24, device 8388608: up', one)).toBe(
      `container ${large}, eth0@${small}, device ${large}: up`,
    );
    const numbers = 'mtu=24, 8388608 bytes, "24", [24] /24';
    expect(redactText(numbers, one)).toBe(numbers);
  });

  it('takes no part of an address for a name', () => {
    const given = aSnapshot().parent('eth0', { address: 'fd00::beef/64' }).child('beef').build();
    const one = redactSnapshot(given, { mode: 'prefix', prf: keyed('k') }).map;
    expect(redactText('ff02::beef', one)).toBe('ff02::beef');
    expect(redactText('fd00::beef', one)).toBe(one.mapper('out').ip('fd00::beef'));
  });

  it('finds addresses that are written otherwise, and leaves what only looks like one', () => {
    expect(redactText('from fd00:5::7, to ::1 at 12:00:05 with 20.10.24', map)).toBe(
      `from ${out.ip('fd00:5::7')}, to ::1 at 12:00:05 with 20.10.24`,
    );
    expect(redactText('200.3.7.10.in-addr.arpa', map)).toBe(
      `${out.ip('10.7.3.200').split('.').toReversed().join('.')}.in-addr.arpa`,
    );
  });

  it.each([
    'the device with b8:27:eb:12:34:56: look it up',
    'xeno-shop on lan0 asks 10.7.3.1 with 02:42:0a:07:03:c8',
    'nsenter --net=/run/netns/xeno-shop ip route add default via 10.7.3.1 dev lan0.100',
    `docker inspect ${ID.slice(0, 12)} on quaxhost.zorb.example`,
    'its interface id is ba27:ebff:fe12:3456: look it up',
    'OUT= MAC=02:42:0a:07:03:c8:b8:27:eb:12:34:56:08:00 SRC=10.7.3.5',
    'fe80::ba27:ebff:fe12:3456 and 2a02:8106:77::5/64 by enxb827eb123456',
    String.raw`sys-subsystem-net-devices-br\x2d3f3f3f3f3f3f.device`,
  ])('comes back: %s', (said) => {
    const masked = redactText(said, map);
    expect(masked).not.toBe(said);
    expect(translate(masked, map)).toBe(said);
  });
});

describe('MACs in other dress', () => {
  const mac = '02:42:0a:07:03:c8';
  const other = out.mac(mac);

  it('are those of a frame that a firewall logs, both of them', () => {
    const frame = (to: string): string => `MAC=${to}:b8:27:eb:12:34:56:08:00 `;
    const from = out.mac('b8:27:eb:12:34:56');
    expect(redactText(frame(mac), map)).toBe(`MAC=${other}:${from}:08:00 `);
  });

  it('are interface ids alone, as within their addresses', () => {
    const within = out.ip('fe80::ba27:ebff:fe12:3456').replace('fe80::', '');
    expect(redactText('id ba27:ebff:fe12:3456.', map)).toBe(`id ${within}.`);
    expect(redactText('at 12:00:ff:05 and 1:2:3:4', map)).toBe('at 12:00:ff:05 and 1:2:3:4');
  });
});

describe('hostile names', () => {
  const NAME = fc.oneof(
    fc.string({ minLength: 1, maxLength: 15, unit: 'binary' }),
    fc.constantFrom('.*', '$&', '(', 'a', '-rf', '=x', 'host', 'bridge', 'eth0', '10.7.3.5', '#1'),
    fc.constantFrom('__proto__', 'constructor', 'lan:', 'x[1]', 'a#2', '\u001B[2J', 'ctr-gibotuka'),
  );

  it('leave the snapshot whole, and its results the same', () => {
    fc.assert(
      fc.property(fc.uniqueArray(NAME, { minLength: 4, maxLength: 4 }), ([a, b, c, d]) => {
        const [one = '', two = '', net = '', reason = ''] = [a, b, c, d].map((name) =>
          name?.replaceAll(/[/@\s]/gu, '_'),
        );
        const given = aSnapshot()
          .parent('eth0', { address: '10.7.3.10/24' })
          .network({ name: net, subnet: '10.7.3.0/24', gateway: '10.7.3.1' })
          .child(one, { address: '10.7.3.50/24', gateway: '10.7.3.1', network: net })
          .child(two, { address: '10.7.3.51/24', gateway: '10.7.3.1', mode: 'private' })
          .fact('wireless', unknown('failed', `it broke: ${reason}`))
          .allHealthy();
        const { real, masked } = bothHeadlines(given.build(), 'prefix', keyed('hostile'));
        expect(masked).toEqual(real);
      }),
      { numRuns: 60 },
    );
  }, 60_000);
});

describe('a host that is called by an id, as a container is by itself', () => {
  it.each(['d15387edc9d2', 'd15387edc9d2.zorb.example', '02-42-ac-11-00-02.zorb.example'])(
    '%s is called otherwise',
    (hostname) => {
      const given = aSnapshot().platform({ hostname }).parent('eth0').build();
      for (const mode of ['prefix', 'strict'] as const) {
        const { facts } = redactSnapshot(given, { mode, prf: keyed('k') }).snapshot;
        expect(JSON.stringify(facts)).not.toMatch(/d15387edc9d2|02-42-ac|zorb/u);
        const [head] = /(?:host-\w{8}|a-host)(?:\.|")/u.exec(JSON.stringify(facts)) ?? [];
        expect(head).toBeDefined();
      }
    },
  );
});

describe('strict', () => {
  const strict = redactSnapshot(HOST, { mode: 'strict', prf: keyed('a case') });

  it('drops the names of hosts, and no answer brings them back', () => {
    const { platform, runtime } = strict.snapshot.facts;
    expect(platform).toMatchObject({ value: { hostname: 'a-host.example' } });
    expect(runtime).toMatchObject({ value: { engine: { name: 'a-host' } } });
    expect(translate('a-host.example and a-host, for example', strict.map)).toBe(
      'a-host.example and a-host, for example',
    );
  });

  it('hides which host of its subnet an address is, but for the first and the last', () => {
    const ip = strict.map.mapper('out').ip;
    const hosts = [10, 200, 201, 57, 91].map((at) => ip(`10.7.3.${at.toString()}`));
    const kept = hosts.filter((one, at) => one.endsWith(`.${[10, 200, 201, 57, 91][at] ?? 0}`));
    expect(kept.length).toBeLessThan(hosts.length);
    expect(ip('10.7.3.1')).toMatch(/\.1$/u);
    expect(ip('10.7.3.254')).toMatch(/\.254$/u);
  });
});

it('another bundle of the case calls everything as the first did', () => {
  const later = aSnapshot().parent('lan0', { address: '10.7.3.11/24' }).child('xeno-shop').build();
  const again = redactSnapshot(later, {
    mode: 'prefix',
    prf: keyed('a case'),
    earlier: map.memory,
  }).map;
  for (const [name, other] of map.memory.names)
    expect(new Map(again.memory.names).get(name)).toBe(other);
  expect(again.mapper('out').ip('10.7.3.200')).toBe(out.ip('10.7.3.200'));
});
