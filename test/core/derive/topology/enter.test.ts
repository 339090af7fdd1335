// The way into a child's namespace, from the host.
import { expect, it } from 'vitest';
import { enterArgv } from '../../../../src/core/derive/topology/enter.js';
import { buildTopology } from '../../../../src/core/derive/topology/topology.js';
import { aSnapshot } from '../../../support/a-snapshot.js';
import type { ChildOptions } from '../../../support/a-snapshot.js';

function enter(options: ChildOptions) {
  const { facts, scope } = aSnapshot().parent('eth0').child('web', options).build();
  const child = buildTopology({ facts, scope }).parents[0]?.children[0];
  return child && enterArgv(child);
}

it.each([
  ['a name', {}, ['ip', '-n', 'web']],
  ['the old place of names', { mounts: ['/var/run/netns/web'] }, ['ip', '-n', 'web']],
  [
    'a mount of an engine',
    { mounts: ['/run/docker/netns/1a2b'] },
    ['nsenter', '--net=/run/docker/netns/1a2b', 'ip'],
  ],
  [
    'a process',
    { mounts: [], processes: [{ pid: 42, comm: 'sleep' }] },
    ['nsenter', '--net=/proc/42/ns/net', 'ip'],
  ],
  [
    'a name that looks like an option',
    { mounts: ['/run/netns/-all'] },
    ['nsenter', '--net=/run/netns/-all', 'ip'],
  ],
  ['a name with a blank', { mounts: ['/run/netns/my web'] }, ['ip', '-n', 'my web']],
])('%s', (_name, options: ChildOptions, argv) => {
  expect(enter(options)).toEqual(argv);
});

it('nothing leads there', () => {
  expect(enter({ mounts: [], processes: [] })).toBeUndefined();
});
