import { describe, expect, it } from 'vitest';
import { resolveScope } from '../../../src/cli/workflows/scope.js';
import { unknown } from '../../../src/model/fact.js';
import { aSnapshot, type SnapshotBuilder } from '../../support/a-snapshot.js';

const home = () =>
  aSnapshot()
    .parent('eth0')
    .network({ name: 'lan' })
    .child('web', { network: 'lan' })
    .container('old', { id: `beef1${'0'.repeat(59)}` })
    .container('older', { id: `beef2${'0'.repeat(59)}` })
    .container('beef', { id: `cafe${'0'.repeat(60)}` });

const resolve = (builder: SnapshotBuilder, ...containers: string[]): readonly string[] =>
  resolveScope({ parents: [], networks: [], containers }, builder.build().facts).containers;

describe('the containers of the scope', () => {
  it('may be named by the beginning of an id, as with docker', () => {
    expect(resolve(home(), 'web', 'beef1', 'caf')).toEqual([
      'web',
      `beef1${'0'.repeat(59)}`,
      `cafe${'0'.repeat(60)}`,
    ]);
  });

  it('are named by name before they are by id', () => {
    expect(resolve(home(), 'beef')).toEqual(['beef']);
  });

  it('are not guessed from an id that several have', () => {
    expect(() => resolve(home(), 'bee')).toThrow(
      /several containers .* begins with bee: old and older/u,
    );
  });

  it('are not there when nothing is called so, and the silence of the engine is a reason', () => {
    expect(() => resolve(home(), '')).toThrow(/is called/u);
    expect(() => resolve(home(), 'wed')).toThrow(
      /nothing here with a macvlan link is called wed$/u,
    );
    const mute = home().fact('runtime', unknown('failed', 'the socket did not answer'));
    expect(() => resolve(mute, 'wed')).toThrow(/no names here: the socket did not answer/u);
  });
});
