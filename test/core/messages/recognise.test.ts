import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { knownMessages } from '../../../src/core/messages/known-messages.js';
import { recognise, type Recognised } from '../../../src/core/messages/recognise.js';
import { placesIn } from '../../../src/core/messages/wording.js';
import { CNI, DOCKER, INCUS, KERNEL, LIBVIRT, PODMAN } from '../../support/printed-messages.js';

const BUSY = 'failed to create the macvlan port: device or resource busy';
const MISSING = 'invalid subinterface vlan name en0, example formatting is eth0.10';

function found(text: string): Recognised[] {
  return recognise(text, knownMessages);
}

function aboutOf(text: string): string[] {
  return found(text).flatMap(({ message }) => [...message.about]);
}

describe.each([
  ['Docker', DOCKER],
  ['Podman', PODMAN],
  ['CNI', CNI],
  ['Incus', INCUS],
  ['libvirt', LIBVIRT],
  ['the kernel and iproute2', KERNEL],
])('what %s prints', (_speaker, rows) => {
  it.each(rows)('%s', (said, about) => {
    const [one, ...others] = found(said);
    expect(one).toMatchObject({ isPiece: false, message: { about } });
    expect(others).toEqual([]);
  });
});

describe('a paste', () => {
  it.each([
    ['the client’s own words before it', `docker: Error response from daemon: ${BUSY}.`],
    [
      'a log line',
      `Jan 31 12:00:00 nas dockerd[911]: time="2026-01-31T12:00:00Z" level=error msg="Handler for POST returned error: ${BUSY}" spanID=1`,
    ],
    ['shouting', BUSY.toUpperCase()],
    ['other quotes', `„failed to create the “macvlan” port: ‘device or resource busy’`],
    ['a mail', `> > failed to create the macvlan port:\n> > device or resource busy`],
    ['colours', `\u001B[31mfailed to create\u001B[0m the macvlan port: device or resource busy`],
    [
      'a terminal that broke a word',
      'failed to create the macvlan port: device or resou\nrce busy',
    ],
    [
      'one that broke between words',
      'failed to create the macvlan\nport: device or resource\nbusy',
    ],
    ['both at once', 'failed to create the mac\nvlan port: device or\nresource busy'],
    [
      'line breaks of Windows',
      'failed to create the macvlan port:\r\n  device or resource busy\r\n',
    ],
    [
      'JSON in a log',
      String.raw`{"message":"failed to create the \"macvlan\" port:\n device or resource busy"}`,
    ],
    ['a whole log around it', `Starting.\n${'all is well\n'.repeat(2000)}${BUSY}\nStopped.`],
  ])('with %s', (_how, text) => {
    expect(aboutOf(text)).toEqual(['parent-enslaved', 'ipvlan-macvlan-mix']);
    expect(found(text)[0]?.values).toEqual({
      driver: expect.stringMatching(/^macvlan$/i) as string,
    });
  });

  it('of two messages is about both, in their order', () => {
    const messages = found(`${MISSING}\nand then\n${BUSY}\nand again ${BUSY}`);
    expect(messages.map(({ wording }) => wording)).toEqual([
      'invalid subinterface vlan name {parent}, example formatting is eth0.10',
      'failed to create the {driver} port: device or resource busy',
    ]);
  });

  it('does not say again what a longer message says better, unless it stands alone as well', () => {
    const longer = 'failed to set link up: address already in use';
    expect(aboutOf(longer)).toEqual(['duplicate-mac']);
    expect(aboutOf(`${longer}; Address already in use`)).toEqual([
      'duplicate-mac',
      'ipam-address-taken',
    ]);
  });

  it('is not about addresses of containers where a port of the host is taken', () => {
    const said = 'listen tcp4 0.0.0.0:80: bind: address already in use';
    expect(aboutOf(said)).toEqual(['port-taken']);
  });
});

describe('a piece of a message', () => {
  it.each([
    ['the end, which several have', 'device or resource busy', 5],
    ['the beginning', 'failed to create the macvlan port', 5],
    ['the beginning with what differs', 'requested parent interface enp3s0 was not', 1],
    ['after words of somebody else', 'Error response from daemon: overlaps with other one', 1],
  ])('%s', (_which, text, count) => {
    const pieces = found(text);
    expect(pieces).toHaveLength(count);
    expect(pieces.every(({ isPiece }) => isPiece)).toBe(true);
  });

  it.each(['', 'not found', 'the', 'it should be', 'eth0', 'no such luck today', ': : :', '.'])(
    '%j is none',
    (text) => expect(found(text)).toEqual([]),
  );
});

/** What names and ids are made of, beginning and ending with what no sentence would take for its own. */
const name = fc.stringMatching(/^[A-Za-z\d][\w./-]{0,13}[A-Za-z\d]$/);
const address = fc.oneof(
  fc.ipV4(),
  fc.ipV6().filter((one) => /^\w.*\w$/.test(one)),
);
const ADDRESSES = new Set(['address', 'gateway', 'mac', 'subnet', 'given', 'right']);

function said(wording: string, values: Readonly<Record<string, string>>): string {
  return wording.replaceAll(/\{([a-z]+)\*?\}/g, (_place, key: string) => values[key] ?? '');
}

describe('whatever the names', () => {
  const wordings = knownMessages.flatMap((message) =>
    message.wordings.map((wording) => ({ message, wording })),
  );

  it.each(wordings)('$wording', ({ message, wording }) => {
    const places = placesIn(wording);
    const values = fc.tuple(...places.map((place) => (ADDRESSES.has(place) ? address : name)));
    const run = fc.property(values, fc.constantFrom(' ', '\n', '\r\n  '), (drawn, space) => {
      const named = Object.fromEntries(places.map((place, at) => [place, drawn[at] ?? '']));
      const text = `Error: ${said(wording, named)}`.replaceAll(' ', space);
      const own = found(text).find((one) => one.message === message);
      expect(own).toMatchObject({ isPiece: false, wording: expect.any(String) as string });
      if (own?.wording === wording) expect(own.values).toEqual(named);
    });
    fc.assert(run, { numRuns: 25 });
  });

  it('any text ends in an answer', () => {
    const fragment = fc.constantFrom(...wordings.flatMap(({ wording }) => wording.split(' ')));
    const text = fc
      .array(fc.oneof(fragment, fc.string({ unit: 'binary' })))
      .map((all) => all.join(' '));
    const run = fc.property(text, (any) => Array.isArray(found(any)));
    fc.assert(run, { numRuns: 30 });
  });

  it('the longest text that is read ends in an answer, also one made to mislead', () => {
    for (const part of [
      'network x is already using parent interface ',
      'invalid gateway x: parent subnet ',
      'x',
      '""`',
    ]) {
      const text = part.repeat(Math.ceil((256 * 1024) / part.length));
      expect(Array.isArray(found(text))).toBe(true);
    }
  });
});
