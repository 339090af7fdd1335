import { describe, expect, it } from 'vitest';
import { howToAsk } from '../../../../src/core/derive/wording/how-to-ask.js';
import { aSnapshot } from '../../../support/a-snapshot.js';

const factsOf = (canOpenRawSockets: boolean) =>
  aSnapshot()
    .platform({
      privileges: { canEnterNamespaces: true, canOpenRawSockets, isRoot: canOpenRawSockets },
    })
    .build().facts;

describe('advice to make the run again', () => {
  it.each([
    ['a passive run', true, 'nothing was sent (--passive)', '; run as root without --passive'],
    ['a run without root', false, undefined, '; run as root without --passive'],
    ['a run that asked what it could', true, undefined, ''],
    [
      'a run that was interrupted',
      true,
      'the run was interrupted before anything was answered',
      '',
    ],
  ])('after %s', (_name, isRoot, notProbed, advice) => {
    const facts = factsOf(isRoot);
    expect(howToAsk({ facts, ...(notProbed !== undefined && { notProbed }) })).toBe(advice);
  });
});
