// Who reads a Compose file: the real Compose where there is one, with the places of our own reading; else that alone.
import { describe, expect, it } from 'vitest';
import { readCompose } from '../../../src/cli/workflows/read-compose.js';
import type { CommandOptions, CommandResult } from '../../../src/edge/host/command.js';
import { fakeHost } from '../../support/fake-host.js';

const FILE = `services:
  web: { image: busybox, networks: { lan: { ipv4_address: "192.0.2.\${LAST}" } } }
networks:
  lan: { driver: macvlan, driver_opts: { parent: eth0 } }
`;
const CONFIG = {
  name: 'p',
  networks: { lan: { name: 'p_lan', driver: 'macvlan', driver_opts: { parent: 'eth9' } } },
  services: { web: { networks: { lan: { ipv4_address: '192.0.2.30' } } } },
};

interface Call {
  readonly argv: readonly string[];
  readonly options: CommandOptions;
}

const MISSING: CommandResult = { code: null, stdout: '', stderr: '', isMissing: true };
const ended = (code: number | null, stdout = '', stderr = ''): CommandResult => ({
  code,
  stdout,
  stderr,
  isMissing: false,
});

/** A Compose that answers so, under one of its two names. */
function compose(answer: CommandResult, { name = 'docker compose', version = 'v2.29.1' } = {}) {
  const calls: Call[] = [];
  const run = (argv: readonly string[], options: CommandOptions): Promise<CommandResult> => {
    calls.push({ argv, options });
    if (!argv.join(' ').startsWith(name)) return Promise.resolve(MISSING);
    return Promise.resolve(argv.includes('version') ? ended(0, `${version}\n`) : answer);
  };
  return { calls, run };
}

function read(run: ReturnType<typeof compose>['run'], text = FILE) {
  const host = fakeHost({
    files: { 'a.yaml': text },
    host: { env: { HOME: '/root', LAST: '30', SECRET: 'x', COMPOSE_PROFILES: 'spare' } },
  });
  return readCompose({ files: ['a.yaml'], profiles: ['more'] }, host, run);
}

describe('a Compose file', () => {
  it.each(['docker compose', 'docker-compose'])('is read by %s, with our places', async (name) => {
    const { calls, run } = compose(ended(0, JSON.stringify(CONFIG)), { name });
    const plan = await read(run);
    expect(plan.reader).toBe('docker compose 2.29.1');
    expect(plan.notes).toContain('The Compose files were read by docker compose 2.29.1.');
    // What it says wins; where that stands, we know.
    expect(plan.networks[0]).toMatchObject({
      name: 'p_lan',
      options: { parent: 'eth9' },
      parts: { 'driver_opts.parent': { place: { file: 'a.yaml', line: 4, column: 50 } } },
    });
    expect(plan.containers[0]?.endpoints[0]).toMatchObject({
      ipv4: '192.0.2.30',
      words: { path: 'services.web.networks.lan.ipv4_address', place: { line: 2 } },
    });
    const { argv, options } = calls.at(-1) ?? { argv: [], options: {} };
    const words = ['--file=a.yaml', '--profile=more', 'config', '--format=json'];
    expect(argv).toEqual([...name.split(' '), ...words]);
    // Nothing of the environment but what the file and Compose itself name, and no file from elsewhere.
    expect(options.env).toEqual({
      HOME: '/root',
      LAST: '30',
      COMPOSE_PROFILES: 'spare',
      COMPOSE_EXPERIMENTAL_GIT_REMOTE: 'false',
      COMPOSE_EXPERIMENTAL_OCI_REMOTE: 'false',
    });
  });

  it.each([
    ['there is none', compose(MISSING, { name: 'podman' }), /no docker compose of version 2/u],
    [
      'it is of the first generation',
      compose(MISSING, { version: '1.29.2' }),
      /no docker compose/u,
    ],
    ['it does not end', compose(ended(null)), /docker compose 2\.29\.1 did not answer/u],
  ])('is read by the documented rules where %s', async (_what, { run }, says) => {
    const plan = await read(run);
    expect(plan.reader).toBe('yaml');
    expect(plan.notes[0]).toMatch(/^The Compose files were read by the documented rules: /u);
    expect(plan.notes[0]).toMatch(says);
    expect(plan.networks[0]?.options).toEqual({ parent: 'eth0' });
  });

  it('is refused in the words of Compose, warnings left out', async () => {
    const stderr = 'time="…" level=warning msg="old"\nservice "web" is odd: \u001B[31minvalid\n';
    const { run } = compose(ended(15, '', stderr));
    await expect(read(run)).rejects.toThrow(
      String.raw`docker compose 2.29.1: service "web" is odd: \u{1b}[31minvalid`,
    );
  });

  it('is refused at our place where we see the mistake, too', async () => {
    const { run } = compose(ended(1, '', 'services must be a mapping'));
    await expect(read(run, 'services: [web]\n')).rejects.toThrow(
      'a.yaml:1:11: services must be a mapping (docker compose 2.29.1: services must be a mapping)',
    );
  });

  it('may have what our rules refuse and Compose takes', async () => {
    const { run } = compose(ended(0, JSON.stringify(CONFIG)));
    const plan = await read(run, 'services: [web]\n');
    expect(plan.networks[0]).toMatchObject({ name: 'p_lan', words: { path: 'networks.lan' } });
    expect(plan.networks[0]?.words).not.toHaveProperty('place');
  });

  it('whose answer is none ends in a sentence', async () => {
    await expect(read(compose(ended(0, '[1')).run)).rejects.toThrow(
      /^the answer of docker compose 2\.29\.1 could not be read: /u,
    );
  });
});
