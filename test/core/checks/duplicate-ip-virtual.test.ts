// Addresses that several have on purpose, of whom one answers for them, or none (LVS with direct routing).
import { describe, expect, it } from 'vitest';
import duplicateIp from '../../../src/core/checks/duplicate-ip.js';
import { aSnapshot, type SnapshotBuilder } from '../../support/a-snapshot.js';
import { resultsOf } from '../../support/check-tester.js';
import { asked, askedByChild, controls, STRANGER } from '../../support/owners-seen.js';

const WEB_MAC = '02:42:c0:00:02:10';
const DB_MAC = '02:42:c0:00:02:11';
const OTHER_NIC = '52:54:00:00:00:77';
const VIP = '192.0.2.80';

/** A child with an address of its own, and the virtual one. */
const withVip = (own: number, prefix = 32) => ({
  address: [`192.0.2.${own.toString()}/24`, `${VIP}/${prefix.toString()}`],
});
const two = () =>
  aSnapshot().parent('eth0').child('web', withVip(50)).child('db', withVip(51)).child('cam');
const onHost = (prefix?: number) =>
  aSnapshot()
    .parent('eth0')
    .child('web', withVip(50, prefix))
    .hostLink('br0', { address: `${VIP}/32`, kind: 'bridge' });
const byDevice = asked('host-child-arp', { target: VIP, child: 'web', by: [STRANGER] });

function withControls(builder: SnapshotBuilder): SnapshotBuilder {
  for (const one of controls()) builder.observed(one);
  return builder;
}

/** On two cards of one LAN, where the one that answers is heard by the other card. */
function onTwoCards(second: SnapshotBuilder): SnapshotBuilder {
  const question = { target: VIP, child: 'db', parent: 'eth1', mac: OTHER_NIC };
  return second.allHealthy().observed(asked('host-child-arp', { ...question, by: [WEB_MAC] }));
}
const cards = () =>
  aSnapshot()
    .parent('eth0')
    .child('web', withVip(50))
    .parent('eth1', { mac: OTHER_NIC, address: [] })
    .child('db', withVip(51));

const seen = (given: SnapshotBuilder): string[] =>
  resultsOf([duplicateIp], given).map(
    ({ status, what, reason, evidence = [] }) =>
      `${status}: ${[what ?? reason ?? '', ...evidence.map(({ says }) => says)].join(' | ')}`,
  );

describe('a virtual address', () => {
  it.each([
    ['of two who both keep silent', two().allHealthy().observed(askedByChild('cam', VIP))],
    [
      'that one answers for',
      two()
        .allHealthy()
        .observed(askedByChild('cam', VIP, [WEB_MAC])),
    ],
    [
      'of two who ask each other',
      two()
        .allHealthy()
        .observed(askedByChild('web', VIP, [DB_MAC]))
        .observed(askedByChild('db', VIP)),
    ],
    [
      'that a device answers for, and the child does not',
      withControls(
        two()
          .allHealthy()
          .observed(byDevice)
          .observed(askedByChild('cam', VIP, [STRANGER])),
      ),
    ],
    [
      'of the host and a silent child',
      onHost().child('cam').allHealthy().observed(askedByChild('cam', VIP)),
    ],
    [
      'on two cards of one LAN, where one was asked for in vain',
      onTwoCards(cards()).observed(asked('host-child-arp', { target: VIP, child: 'web' })),
    ],
  ])('%s is no fault', (_name, given) => {
    expect(seen(given)).toEqual(['pass: ']);
  });

  it('that two answer for is in use twice; who is silent about it is no part of that', () => {
    const given = two()
      .child('rs', withVip(54))
      .allHealthy()
      .observed(askedByChild('cam', VIP, [WEB_MAC, DB_MAC]));
    const [line = '', ...others] = seen(given);
    expect(others).toEqual([]);
    expect(line).toMatch(/^fail: db and web have the same address: 192\.0\.2\.80/);
    expect(line).toContain(
      `asked for by child:eth0@cam, ${VIP} was answered by ${WEB_MAC} and ${DB_MAC}.`,
    );
  });

  it.each([
    [
      'the host and a child',
      onHost(24)
        .child('cam')
        .allHealthy()
        .observed(askedByChild('cam', VIP, [WEB_MAC])),
      /^fail: web has the address 192\.0\.2\.80, which is this host's own on br0/,
    ],
    [
      'a device and a child',
      withControls(
        two()
          .allHealthy()
          .observed(byDevice)
          .observed(askedByChild('cam', VIP, [STRANGER, WEB_MAC])),
      ),
      /^fail: 192\.0\.2\.80 is in use twice: by web, and on the LAN by 9c:8e:cd:11:22:33/,
    ],
    [
      'two children that each other’s card hears',
      onTwoCards(cards()).observed(
        asked('host-child-arp', { target: VIP, child: 'web', by: [DB_MAC] }),
      ),
      /^fail: web and db have the same address/,
    ],
  ])('that both answer for, %s, is in use twice', (_name, given, says) => {
    expect(seen(given)).toEqual([expect.stringMatching(says)]);
  });

  it.each([
    [
      'nothing was sent',
      two(),
      /^undetermined: db and web have 192\.0\.2\.80: a second owner, or a virtual address.*--passive/,
    ],
    [
      'nobody can ask them',
      aSnapshot()
        .parent('eth0')
        .child('web', { ...withVip(50), mode: 'private' })
        .child('db', { ...withVip(51), mode: 'private' })
        .allHealthy(),
      /^undetermined: .*no other link in bridge mode could ask them/,
    ],
    [
      'whoever was to ask may not',
      withControls(
        two()
          .allHealthy()
          .observed(byDevice)
          .observed({ ...askedByChild('cam', VIP), sent: 0, error: 'not sent here' }),
      ),
      /^undetermined: web and 9c:8e:cd:11:22:33 on the LAN have 192\.0\.2\.80.*not sent here/,
    ],
    [
      'it is one of the host and of an only child',
      onHost().allHealthy(),
      /^undetermined: web and this host on br0 have 192\.0\.2\.80/,
    ],
  ])('is left open where %s', (_name, given, says) => {
    const lines = seen(given);
    expect(lines.join(' ')).not.toContain('fail');
    expect(lines).toContainEqual(expect.stringMatching(says));
  });

  it('is not what one of those who have it is reached by, where nobody can ask them', () => {
    const given = aSnapshot()
      .parent('eth0')
      .child('web', { ...withVip(50), mode: 'private' })
      .child('db', { address: `${VIP}/24`, mode: 'private' });
    expect(seen(given.allHealthy())).toEqual([
      expect.stringMatching(/^fail: db and web have the same address: 192\.0\.2\.80/),
    ]);
  });

  it('is asked about where one is reached by it, and another may keep silent', () => {
    const given = aSnapshot()
      .parent('eth0')
      .child('web', withVip(50))
      .child('lb', { address: `${VIP}/24` })
      .child('cam');
    const answered = given.allHealthy().observed(askedByChild('cam', VIP, [DB_MAC]));
    expect(seen(answered)).toEqual(['pass: ']);
  });

  it('is not what a child is reached by: nobody has to be asked about that', () => {
    const given = aSnapshot().parent('eth0').child('web').child('db', { address: '192.0.2.50/24' });
    expect(seen(given.allHealthy())).toEqual([expect.stringMatching(/^fail: /)]);
  });
});
