import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseResolvConf } from '../../../src/core/parse/resolv-conf.js';

describe('parseResolvConf', () => {
  it('reads name servers in order, of both families', () => {
    const text = [
      '# nameserver 203.0.113.1',
      ';nameserver 203.0.113.2',
      'search lan',
      'nameserver 192.0.2.53',
      '  nameserver\tfe80::1%eth0  ',
      'nameserver 2001:db8::53',
      'options ndots:0',
    ].join('\n');
    expect(parseResolvConf(text)).toEqual({
      nameservers: ['192.0.2.53', 'fe80::1%eth0', '2001:db8::53'],
    });
  });

  it.each([
    ['nothing', '', []],
    ['a line without an address', 'nameserver\n', []],
    ['what is no address', 'nameserver dns.lan\nnameserver 10.1\nnameserver 0x7f000001', []],
    ['lines of another system', 'nameserver 192.0.2.53\r\n', ['192.0.2.53']],
    ['a word that only begins so', 'nameservers 192.0.2.53', []],
  ])('makes of %s what resolvers make of it', (_name, text, nameservers) => {
    expect(parseResolvConf(text)).toEqual({ nameservers });
  });

  it.each([
    ['[host(192.0.2.53)]', [{ ip: '192.0.2.53', isAskedFromHost: true }]],
    [
      '[host(192.0.2.53) 192.0.2.54]',
      [
        { ip: '192.0.2.53', isAskedFromHost: true },
        { ip: '192.0.2.54', isAskedFromHost: false },
      ],
    ],
    ['[host(fe80::1%eth0)]', [{ ip: 'fe80::1%eth0', isAskedFromHost: true }]],
    ['[]', []],
    ['[host() host(nobody)]', []],
  ])('reads whom Docker’s resolver asks: %s', (noted, upstream) => {
    const text = `nameserver 127.0.0.11\n\n# Based on host file: '/etc/resolv.conf'\n# ExtServers: ${noted}\n`;
    expect(parseResolvConf(text)).toEqual({ nameservers: ['127.0.0.11'], upstream });
  });

  it.each([
    ['docker-20.10/resolv-conf/web', { nameservers: ['127.0.0.11'] }],
    [
      'docker-26.1/resolv-conf/web',
      {
        nameservers: ['127.0.0.11'],
        upstream: [
          { ip: '192.0.2.53', isAskedFromHost: false },
          { ip: '192.0.2.54', isAskedFromHost: false },
        ],
      },
    ],
    [
      'docker-28.5/resolv-conf/web',
      {
        nameservers: ['127.0.0.11'],
        upstream: [
          { ip: '192.0.2.53', isAskedFromHost: true },
          { ip: '192.0.2.54', isAskedFromHost: true },
        ],
      },
    ],
    [
      'docker-28.5/resolv-conf/six',
      {
        nameservers: ['127.0.0.11'],
        upstream: [{ ip: '192.0.2.53', isAskedFromHost: false }],
      },
    ],
    ['docker-28.5/resolv-conf/plain', { nameservers: ['192.0.2.53', '192.0.2.54'] }],
    ['docker-26.1/resolv-conf/hostnet', { nameservers: ['192.0.2.53', '192.0.2.54'] }],
    ['podman-5.4/resolv-conf/db', { nameservers: ['192.0.2.53'] }],
  ])('reads what an engine wrote: %s', (file, resolvers) => {
    const path = new URL(`../../../fixtures/raw/docker/${file}`, import.meta.url);
    expect(parseResolvConf(readFileSync(path, 'utf8'))).toEqual(resolvers);
  });

  it('never throws, keeps few, and makes every line count for itself', () => {
    const line = fc.oneof(
      fc.string(),
      fc.ipV4().map((ip) => `nameserver ${ip}`),
      fc.ipV6().map((ip) => `nameserver ${ip}`),
      fc.string().map((inner) => `# ExtServers: [${inner}]`),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), (lines) => {
        const { nameservers, upstream = [] } = parseResolvConf(lines.join('\n'));
        expect(nameservers.length).toBeLessThanOrEqual(16);
        expect(upstream.length).toBeLessThanOrEqual(16);
        for (const server of nameservers) expect(server).toMatch(/^[\d.]+$|:/);
      }),
    );
  });
});
