import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import check from '../../../src/core/checks/mtu-black-hole.js';
import { bytesOf } from '../../../src/core/derive/passage/size-search.js';
import { MOST_SIZE_PROBES } from '../../../src/core/derive/probing/follow-up/size-steps.js';
import type { ProbeStep } from '../../../src/model/observation.js';
import { aSnapshot, type SnapshotBuilder } from '../../support/a-snapshot.js';
import { resultsOf, testCheck } from '../../support/check-tester.js';
import { played, type Outcome } from '../../support/passage-view.js';

const two = () => aSnapshot().parent('eth0').child('web').child('db');
const isSize = ({ probe }: ProbeStep): boolean => probe === 'full-size-icmp';

/** Longer pings than this are not answered; by anybody, or by these addresses. */
const pingLimit =
  (bytes: number, ...targets: readonly string[]) =>
  (step: ProbeStep): Outcome => {
    const isOnWay = targets.length === 0 || targets.includes(step.target);
    return isSize(step) && isOnWay && bytesOf(step) > bytes ? 'silent' : undefined;
  };
const lengthOfArp = ({ probe, send }: ProbeStep): number =>
  probe === 'full-size-arp' && send.kind === 'arp' ? (send.bytes ?? 0) : 0;
/** Longer packets than this are lost, whatever they are; everywhere, or on the way to these addresses. */
const limit =
  (bytes: number, ...targets: readonly string[]) =>
  (step: ProbeStep): Outcome =>
    lengthOfArp(step) > bytes ? 'silent' : pingLimit(bytes, ...targets)(step);

const given = (builder: SnapshotBuilder, outcome?: (step: ProbeStep, round: number) => Outcome) =>
  played(builder, outcome === undefined ? {} : { outcome });

const printer = {
  dst: '192.0.2.77',
  dev: 'eth0',
  lladdr: '00:80:77:01:02:03',
  state: ['STALE'] as const,
};

testCheck(check, {
  pass: [
    { name: 'full size is answered', given: given(two()) },
    {
      name: 'a router says that it is too long: path MTU discovery works',
      given: given(two(), (step) =>
        isSize(step) && bytesOf(step) > 1400
          ? { tooBig: { by: '192.0.2.1', mtu: 1400 } }
          : undefined,
      ),
    },
    {
      name: 'lost once: the search asks again',
      given: given(two(), (step, round) => (round === 1 && isSize(step) ? 'silent' : undefined)),
    },
    {
      name: 'the gateway ignores pings altogether',
      given: given(two(), ({ probe }) => (probe.startsWith('gateway-icmp') ? 'silent' : undefined)),
    },
  ],
  found: [
    ...[1400, 1450, 1492, 1280, 1404].map((mtu) => ({
      name: `${mtu.toString()} bytes`,
      given: given(two(), limit(mtu)),
      codes: ['narrow'],
      subjects: ['gateway 192.0.2.1'],
      fixes: ['set-child-mtu'],
      says: [
        new RegExp(`up to ${mtu.toString()} bytes; longer ones vanish`, 'u'),
        new RegExp(`${mtu.toString()} bytes are answered, ${(mtu + 1).toString()} are not`, 'u'),
        new RegExp(`ip -n db link set dev eth0 mtu ${mtu.toString()}`, 'u'),
        /nor does 192\.0\.2\.1 answer 1500 bytes of the host/u,
        /MTU of db and web: 1500; of eth0: 1500/u,
        /192\.0\.2\.1 answers an ARP request, and none that is filled up to 1500 bytes/u,
      ],
    })),
    {
      name: 'jumbo frames on this side only',
      given: given(
        aSnapshot().parent('eth0', { mtu: 9000 }).child('web').hostLink('wg0', { mtu: 1420 }),
        limit(1500),
      ),
      codes: ['narrow'],
      says: [/1500 bytes are answered, 1501 are not/u, /Jumbo frames/u],
    },
    {
      name: 'a tunnel of the host has just that MTU',
      given: given(two().hostLink('vxlan0', { mtu: 1450 }), limit(1450)),
      codes: ['narrow'],
      says: [/other links of the host: vxlan0 1450/u],
    },
    {
      name: 'a limit that another machine confirms, where no ARP request could be filled up',
      given: given(two().hostNeighbour(printer), (step) =>
        lengthOfArp(step) > 0 ? { sent: 0, error: 'EMSGSIZE' } : pingLimit(900)(step),
      ),
      codes: ['narrow'],
      says: [/192\.0\.2\.77 answers short packets and none of 1500 bytes either/u],
      saysNot: [/ARP request/u],
    },
    {
      name: 'a limit of round numbers, whatever the packet',
      given: given(two(), limit(1428)),
      codes: ['narrow'],
    },
    {
      name: 'a plain limit that another machine does not have',
      given: given(two().hostNeighbour(printer), limit(1400, '192.0.2.1')),
      codes: ['narrow'],
      says: [/192\.0\.2\.77 answers 1500 bytes: the narrow place is nearer to 192\.0\.2\.1/u],
    },
  ],
  notApplicable: [
    { name: 'no gateway', given: aSnapshot().parent('eth0').child('web', { gateway: null }) },
  ],
  undetermined: [
    { name: 'nothing was sent', given: two(), reason: /--passive/u },
    ...[1472, 1400, 1052, 1028, 548, 1428, 84].map((bytes) => ({
      name: `a limit for pings: ${bytes.toString()} bytes`,
      given: given(two(), pingLimit(bytes)),
      reason:
        /answers an ARP request of that size.*: either 192\.0\.2\.1 answers no pings longer than \d+ bytes.* or the way back alone/u,
    })),
    {
      name: 'a gateway that answers no ARP request without a sender, and nobody else to ask',
      given: given(two(), (step) =>
        step.probe === 'full-size-arp' ? 'silent' : pingLimit(1400)(step),
      ),
      reason: /either the way carries no more .* or 192\.0\.2\.1 answers no longer pings/u,
    },
    {
      name: 'the host’s long packets are answered',
      given: given(two(), (step) => (step.from === 'host' ? undefined : limit(1400)(step))),
      reason: /answers the host's packets of that size, and not those of db/u,
    },
    {
      name: 'a gateway that answers few pings, whatever their size',
      given: given(two(), (step) =>
        isSize(step) && (bytesOf(step) === 1500 || bytesOf(step) % 3 > 0) ? 'silent' : undefined,
      ),
      reason: /does not answer all pings, whatever their size/u,
    },
    {
      name: 'it could not be sent',
      given: given(two(), (step) => (isSize(step) ? { sent: 0, error: 'EMSGSIZE' } : undefined)),
      reason: /EMSGSIZE/u,
    },
  ],
});

describe('mtu-black-hole', () => {
  it('finds any limit to the byte, with a bounded number of packets', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1280, max: 8999 }), (mtu) => {
        const snapshot = given(aSnapshot().parent('eth0', { mtu: 9000 }).child('web'), limit(mtu));
        const [result] = resultsOf([check], snapshot);
        expect(result?.what).toContain(`up to ${mtu.toString()} bytes`);
        const asked = snapshot.observations.filter((step) => isSize(step));
        expect(asked.length).toBeLessThanOrEqual(MOST_SIZE_PROBES);
      }),
      { numRuns: 60 },
    );
  });
});
