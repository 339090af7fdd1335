import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderText } from '../../../src/core/reporters/text.js';
import { widthOf } from '../../../src/core/reporters/width.js';
import type { Report } from '../../../src/model/report.js';
import { aReport, found, passed, SHIM_FIX, undecided } from '../../support/a-report.js';
import { aSnapshot } from '../../support/a-snapshot.js';

const PLAIN = { color: false, width: 80, verbose: false, quiet: false };
const WELL = passed('host/desktop-vm', 'host/wsl2', 'parent/parent-down', 'address/child-down');

const ISOLATION = found('macvlan/host-child-isolation', {
  on: 'parent eth0',
  status: 'warn',
  what: 'This host cannot talk to its 3 children on eth0.',
  why: 'macvlan is built that way: a parent never hands a frame to its own children.',
  todo: 'Give the host a shim, if it must reach them; if not, nothing needs doing.',
  evidence: [
    {
      from: 'probe:host-child-icmp',
      says: '12 of 12 echo requests to 192.0.2.50, .51 and .52 were not answered',
    },
  ],
  fixes: [SHIM_FIX],
});
const SILENT = found('neighbour/gateway-silent', {
  on: 'gateway 192.0.2.1',
  what: '192.0.2.1 answers no child',
  why: 'nobody there has this address, or what the children send is dropped on the way',
  todo: 'Look at the device that should have it',
  evidence: [{ from: 'probe:gateway-arp-child', says: '12 ARP requests met silence' }],
  advice: ['Nothing on this host can cure it'],
});

function lan(): ReturnType<typeof aSnapshot> {
  return aSnapshot()
    .parent('eth0')
    .network({ name: 'lan' })
    .child('web', { network: 'lan' })
    .child('db', { network: 'lan' })
    .child('cam');
}

function crowd(): ReturnType<typeof aSnapshot> {
  const builder = aSnapshot().parent('eth0');
  for (let index = 0; index < 150; index += 1) {
    const address = `192.0.2.${(index + 50).toString()}/16`;
    builder.child(`c${index.toString()}`, { address });
  }
  return builder.allHealthy({ reflects: true });
}

function linesOf(report: Report, options = {}): string[] {
  return renderText(report, { ...PLAIN, ...options }).split('\n');
}

describe('a healthy host', () => {
  it('is three lines', async () => {
    const text = renderText(aReport(lan().allHealthy({ reflects: true }), WELL), PLAIN);
    await expect(text).toMatchFileSnapshot('golden/healthy.txt');
    expect(text.trimEnd().split('\n')).toHaveLength(3);
  });

  it('shows its tables on demand', async () => {
    const text = renderText(aReport(lan().allHealthy(), WELL), { ...PLAIN, verbose: true });
    await expect(text).toMatchFileSnapshot('golden/healthy-verbose.txt');
  });

  it('does not claim what was not tried', () => {
    const text = renderText(aReport(lan(), WELL), PLAIN);
    expect(text).toContain('Nothing wrong found: who reaches whom was not tried.');
    expect(text).not.toContain('All well');
  });

  it('does not claim what somebody could not do', () => {
    const text = renderText(
      aReport(lan().allHealthy().silent('sibling-icmp', { child: 'web' }), WELL),
      PLAIN,
    );
    expect(text).toContain('every child reaches its gateway.');
  });
});

describe('a sick host', () => {
  it('shows the finding, the tables and what is fine', async () => {
    const results = [
      ...WELL,
      ISOLATION,
      undecided('filter/rp-filter', 'needs root to read the sysctls'),
    ];
    const text = renderText(aReport(lan().allHealthy(), results), PLAIN);
    await expect(text).toMatchFileSnapshot('golden/isolation.txt');
  });

  it('puts the worst of two first, and counts both', async () => {
    const sick = lan().allHealthy().silent('gateway-arp-child').silent('gateway-icmp');
    const text = renderText(
      aReport(sick, [ISOLATION, SILENT, ...WELL], ['Not run as root.']),
      PLAIN,
    );
    await expect(text).toMatchFileSnapshot('golden/two-faults.txt');
  });

  it('-v adds files, sources, symptoms and the promiscuity', async () => {
    const symptom = {
      ...found('address/default-route-missing', {
        on: 'child eth0@web',
        what: 'web has no default route',
      }),
      status: 'suppressed' as const,
      suppressedBy: 'host-child-isolation',
    };
    const report = aReport(lan().allHealthy(), [ISOLATION, symptom, ...WELL]);
    const text = renderText(report, { ...PLAIN, verbose: true });
    await expect(text).toMatchFileSnapshot('golden/isolation-verbose.txt');
    expect(renderText(report, PLAIN)).not.toContain('default-route-missing');
  });

  it('-q is one line for the host and one for each finding', async () => {
    const text = renderText(aReport(lan().allHealthy(), [ISOLATION, SILENT]), {
      ...PLAIN,
      quiet: true,
    });
    await expect(text).toMatchFileSnapshot('golden/quiet.txt');
  });

  it('leaves every command whole on a line of its own', () => {
    const long = `ip route add 192.0.2.0/24 dev ${'x'.repeat(120)}`;
    const fix = { ...SHIM_FIX, commands: [long], undo: [`${long} undone`] };
    const lines = linesOf(aReport(lan().allHealthy(), [{ ...ISOLATION, fixes: [fix] }]));
    expect(lines.map((line) => line.trim())).toContain(long);
    expect(lines).toContain(`  Undo   ${long} undone`);
  });

  it('says what a fix costs', () => {
    const fix = { ...SHIM_FIX, risk: 'may-cut-access' as const };
    const text = renderText(aReport(lan(), [{ ...ISOLATION, fixes: [fix] }]), PLAIN);
    expect(text).toContain('This may cut your own way to this host.');
  });

  const ANEW = {
    ...SHIM_FIX,
    id: 'recreate-network',
    title: 'Make the network anew',
    commands: ['docker network create -d macvlan --gateway=192.0.2.1 -o parent=br0 lan'],
    undo: ['docker network create -d macvlan -o parent=eth0 lan'],
    persist: [],
    changes: [
      { option: '-o parent', from: 'eth0', to: 'br0', word: 'parent=br0' },
      { option: '--gateway', to: '192.0.2.1', word: '--gateway=192.0.2.1' },
      { option: '--internal', from: 'on' },
    ],
    compose: ['networks:\n  lan:\n    driver_opts:\n      parent: br0 # was eth0\n'],
  };

  it('says what is different in what is made anew, marks it where there is colour, and shows the compose file', () => {
    const report = aReport(lan(), [{ ...ISOLATION, fixes: [ANEW] }]);
    const text = renderText(report, PLAIN);
    expect(text.replaceAll(/\s+/gu, ' ')).toContain(
      'Changed: -o parent eth0 to br0; --gateway 192.0.2.1 new; --internal on left out.',
    );
    expect(text).toMatch(/^ {11}networks:\n {11} {2}lan:\n/mu);
    const colored = renderText(report, { ...PLAIN, color: true });
    expect(colored).toContain('\u001B[33m\u001B[1mparent=br0\u001B[22m\u001B[39m');
    expect(colored).toContain('\u001B[33m      parent: br0 # was eth0\u001B[39m');
  });

  it('keeps the ways back apart where there is a choice', () => {
    const report = aReport(lan(), [{ ...ISOLATION, fixes: [SHIM_FIX, ANEW] }]);
    const brief = renderText(report, PLAIN);
    expect(brief).toMatch(/^ {9}Make the network anew, with the 1 command that -v shows\./mu);
    expect(brief).not.toContain('docker network create');
    expect(renderText(report, { ...PLAIN, verbose: true })).toMatch(
      /Undo {3}Make the network anew:\n {11}docker network create -d macvlan -o parent=eth0 lan$/mu,
    );
  });

  it('uses colour only when told to', () => {
    const report = aReport(lan(), [ISOLATION]);
    // eslint-disable-next-line no-control-regex
    const escapes = /\u001B\[\d+m/g;
    const colored = renderText(report, { ...PLAIN, color: true });
    expect(colored).toMatch(escapes);
    expect(colored.replaceAll(escapes, '')).toBe(renderText(report, PLAIN));
  });

  it('names a crashed check as a bug of ours', () => {
    const crash = {
      ...ISOLATION,
      status: 'crashed' as const,
      reason: 'TypeError: x\n    at y.js:1',
    };
    const text = renderText(aReport(lan(), [crash]), PLAIN);
    expect(text).toContain('was not tried. 1 check crashed.');
    expect(text).toContain('crashed      host-child-isolation: TypeError: x. This is a bug of');
    expect(text).not.toContain('y.js');
  });

  it('groups what is undecided by reason', () => {
    const report = aReport(lan(), [
      undecided('neighbour/gateway-silent', 'nothing was sent'),
      undecided('macvlan/vepa-no-hairpin', 'nothing was sent'),
      undecided('address/child-down', 'its namespace could not be entered', 'eth0@web'),
    ]);
    const text = renderText(report, PLAIN);
    expect(text).toContain('not decided  gateway-silent, vepa-no-hairpin: nothing was sent\n');
    expect(text).toContain('child-down: its namespace could not be entered (eth0@web)');
    expect(text).toContain('was not tried. 3 checks not');
  });
});

describe('many and none', () => {
  it('150 children stay on a screen, the worst first', async () => {
    const sick = crowd()
      .silent('gateway-arp-child', { child: 'c77' })
      .silent('gateway-icmp', { child: 'c77' });
    const text = renderText(aReport(sick, [SILENT]), PLAIN);
    await expect(text).toMatchFileSnapshot('golden/crowd.txt');
    expect(text.split('\n').length).toBeLessThan(50);
    expect(text).toContain('… and 138 more, all well');
  });

  it('shows the one whose gateway answers its ARP and not its pings', () => {
    const sick = crowd().silent('gateway-icmp', { child: 'c77' });
    const text = renderText(aReport(sick, [SILENT]), PLAIN);
    expect(text).toMatch(/^ {2}c77 .* arp only /mu);
    expect(text.match(/ arp only /gu)).toHaveLength(1);
  });

  it('-v shows all of them', () => {
    const report = aReport(crowd(), [SILENT]);
    const rows = linesOf(report, { verbose: true }).filter((line) => /^ {2}c\d+ /.test(line));
    expect(rows).toHaveLength(300);
  });

  it('one fault on 150 children is three blocks and a list of names', () => {
    const findings = Array.from({ length: 150 }, (_, index) =>
      found('address/child-down', { on: `child eth0@c${index.toString()}` }),
    );
    const text = renderText(aReport(crowd(), findings), PLAIN);
    expect(text.match(/^FAIL {2}child-down/gm)).toHaveLength(3);
    expect(text).toContain('and 147 more child-down');
  });

  it('ipvlan links are shown as such, and not all 150 of them', () => {
    const builder = aSnapshot().parent('eth0').network({ name: 'cams', driver: 'ipvlan' });
    for (let index = 0; index < 150; index += 1) {
      const address = `192.0.2.${(index + 50).toString()}/16`;
      builder.child(`c${index.toString()}`, { kind: 'ipvlan', network: 'cams', address });
    }
    const report = aReport(builder, [SILENT]);
    const rows = (verbose: boolean): string[] =>
      linesOf(report, { verbose }).filter((line) =>
        / ipvlan l2 +52:54:00:00:00:10 +cams$/.test(line),
      );
    expect(rows(false)).toHaveLength(12);
    expect(rows(true)).toHaveLength(150);
    expect(linesOf(report)[0]).toContain('eth0 with 150 ipvlan links');
    expect(linesOf(report)).toContain('  … and 138 more');
  });

  it('no macvlan at all is no fault', async () => {
    const text = renderText(aReport(aSnapshot(), WELL), PLAIN);
    await expect(text).toMatchFileSnapshot('golden/nobody.txt');
  });
});

/** Names as an attacker or a tired person gives them: controls, overrides, wide and combining characters. */
const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.constantFrom('\u001B[2J', '\u009B31m', 'a\nb', '\u202Egnp.exe', '日本語'.repeat(20), '\uD800'),
);

const RAW =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/;

describe('names from outside', () => {
  it('never move the cursor, and never widen the report', () => {
    fc.assert(
      fc.property(hostile, hostile, fc.boolean(), fc.boolean(), (name, text, verbose, quiet) => {
        const builder = aSnapshot()
          .parent(name || 'eth0')
          .child(text || 'web')
          .allHealthy();
        const finding = found('parent/parent-down', {
          on: `parent ${name}`,
          what: text,
          why: name,
          evidence: [{ from: name, says: text }],
          advice: [text],
        });
        const report = aReport(builder, [finding, undecided('host/wsl2', text, name)], [text]);
        const hostname = { ...report, host: { ...report.host, hostname: name } };
        const output = renderText(hostname, { ...PLAIN, verbose, quiet });
        expect(output).not.toMatch(RAW);
        for (const line of output.split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(80);
      }),
      { numRuns: 200 },
    );
  });
});
