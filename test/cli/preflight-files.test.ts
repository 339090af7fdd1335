// The program itself on Compose files: where its findings point in every format, and what it says to files that are none.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Report } from '../../src/model/report.js';
import { sarifErrors } from '../support/official-schemas.js';

const BIN = fileURLToPath(new URL('../../bin/run.js', import.meta.url));

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'mvdt-files-'));
  mkdirSync(path.join(folder, 'bin'));
  symlinkSync(process.execPath, path.join(folder, 'bin/node'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** In a folder of its own, with no program on PATH but what the test puts there; nothing is sent. */
function preflight(...args: readonly string[]) {
  const env = {
    PATH: path.join(folder, 'bin'),
    DOCKER_HOST: `unix://${folder}/nobody.sock`,
    NO_COLOR: '1',
    LAST: '30',
  };
  const words = [BIN, 'preflight', '--passive', ...args];
  const ended = spawnSync(process.execPath, words, { cwd: folder, env, encoding: 'utf8' });
  return { code: ended.status, stdout: ended.stdout, stderr: ended.stderr };
}

function write(name: string, text: string): void {
  writeFileSync(path.join(folder, name), text);
}

const read = (name: string): string => readFileSync(path.join(folder, name), 'utf8');

const ODD = `services:
  web:
    image: busybox
    networks:
      odd: { ipv4_address: "198.51.100.\${LAST}" }
networks:
  odd:
    driver: macvlan
    driver_opts: { parent: nobody7 }
    ipam:
      config:
        - subnet: 198.51.100.0/24
          gateway: 203.0.113.1
`;
const GATEWAY = 'networks.odd.ipam.config[0].gateway';

describe('a finding about a Compose file', () => {
  it.each([
    ['as it is', ODD],
    ['with the line ends of Windows', ODD.replaceAll('\n', '\r\n')],
  ])('points at line, column and path in every format: %s', (_what, text) => {
    write('compose.yaml', text);
    const forms = ['sarif=s.json', 'junit=j.xml', 'github=g.txt', 'markdown=m.md', 'json=r.json'];
    const asked = forms.flatMap((form) => ['--format', form]);
    const { code, stdout } = preflight('--compose', '.', '--format', 'table', ...asked);
    expect(code).toBe(1);
    const where = `compose.yaml:13:20 (${GATEWAY})`;
    for (const printed of [stdout, read('j.xml'), read('m.md')]) expect(printed).toContain(where);
    expect(read('g.txt')).toMatch(/^::error file=compose\.yaml,line=13,col=20,title=/mu);

    const { results } = JSON.parse(read('r.json')) as Report;
    const refused = results.find(({ check }) => check === 'network-refused');
    expect(refused?.location).toEqual({
      file: 'compose.yaml',
      line: 13,
      column: 20,
      path: GATEWAY,
    });
    const sarif = JSON.parse(read('s.json')) as {
      readonly runs: readonly {
        readonly results: readonly { readonly ruleId: string; readonly locations: unknown }[];
      }[];
    };
    expect(sarifErrors(read('s.json'))).toEqual([]);
    const told = sarif.runs[0]?.results.find(({ ruleId }) => ruleId === 'network-refused');
    expect(told?.locations).toMatchObject([
      {
        physicalLocation: {
          artifactLocation: { uri: 'compose.yaml' },
          region: { startLine: 13, startColumn: 20 },
        },
        logicalLocations: [{ fullyQualifiedName: GATEWAY }, {}],
      },
    ]);
  });

  it('has the values of the Compose that is installed', () => {
    write('compose.yaml', ODD);
    const answer = {
      name: 'p',
      services: { web: { networks: { odd: { ipv4_address: '198.51.100.30' } } } },
      networks: {
        odd: {
          name: 'p_odd',
          driver: 'macvlan',
          driver_opts: { parent: 'nobody8' },
          ipam: { config: [{ subnet: '198.51.100.0/24', gateway: '198.51.100.1' }] },
        },
      },
    };
    const script = `#!${process.execPath}
const [, , ...words] = process.argv;
const isVersion = words.includes('version');
console.log(isVersion ? '2.40.3' : ${JSON.stringify(JSON.stringify(answer))});
`;
    write('bin/docker-compose', script);
    chmodSync(path.join(folder, 'bin/docker-compose'), 0o755);
    const { code, stdout } = preflight('--compose', 'compose.yaml', '--json');
    expect(code).toBe(1);
    const { preflight: verdict, results, notes } = JSON.parse(stdout) as Report;
    expect(verdict?.reader).toBe('docker compose 2.40.3');
    expect(notes).toContain('The Compose files were read by docker compose 2.40.3.');
    const failed = results.filter(({ status }) => status === 'fail');
    expect(failed.map(({ check }) => check)).toEqual(['parent-missing']);
    expect(failed[0]?.what).toContain('nobody8');
    expect(failed[0]?.location).toMatchObject({ line: 9, path: 'networks.odd.driver_opts.parent' });
  });
});

describe('a file that is none ends in one sentence', () => {
  const WEB = 'services:\n  web:\n    image: busybox\n    networks: [lan]\n';

  it.each([
    ['no YAML', 'services:\n  web: [\n', /^macvlan-doctor: compose\.yaml:\d+:\d+: \S/u],
    ['a tab', 'services:\n\tweb:\n', /compose\.yaml:2:1: \S/u],
    [
      'an unknown key',
      `${WEB}networks:\n  lan: { drivers: x }\n`,
      /compose\.yaml:6:\d+: additional properties 'drivers' not allowed/u,
    ],
    [
      'a network that is nowhere',
      WEB,
      /compose\.yaml:4:16: services\.web refers to undefined network lan/u,
    ],
    [
      'a circle',
      'services:\n  a: { extends: b }\n  b: { extends: a }\n',
      /compose\.yaml:\d+:\d+: .*circle/u,
    ],
    ['an alias in a circle', 'services: &s\n  web: *s\n', /compose\.yaml:2:\d+: .*circle/u],
    [
      'a variable that must be set',
      `services:\n  web: { image: "\${GONE:?say which}" }\n`,
      /compose\.yaml:2:\d+: required variable GONE is missing a value: say which/u,
    ],
    [
      'ten mebibytes',
      `# ${'x'.repeat(10 * 1024 * 1024)}\n${WEB}`,
      /compose\.yaml.*longer than a mebibyte/u,
    ],
    [
      'a bomb of aliases',
      `a: &a [${'x,'.repeat(99)}]\nb: &b [${'*a,'.repeat(99)}]\nc: [${'*b,'.repeat(99)}]\n`,
      /compose\.yaml:\d+:\d+: the file says too much/u,
    ],
    ['nothing', '', /the file says nothing/u],
    [
      'control characters',
      'services:\n  "\\e[2J": 5\n',
      /compose\.yaml:2:\d+: services\.\\u\{1b\}\[2J must be a mapping/u,
    ],
  ])('%s', (_what, text, says) => {
    write('compose.yaml', text);
    const { code, stdout, stderr } = preflight('--compose', 'compose.yaml');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(says);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});
