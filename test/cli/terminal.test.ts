import { describe, expect, it } from 'vitest';
import { canAnimate, hasColor, widthOf } from '../../src/cli/terminal.js';

const TTY = { isTTY: true, columns: 132 };
const PIPE = {};

describe('hasColor', () => {
  it.each([
    ['a terminal', TTY, {}, false, true],
    ['a pipe', PIPE, {}, false, false],
    ['--no-color', TTY, { FORCE_COLOR: '1' }, true, false],
    ['NO_COLOR', TTY, { NO_COLOR: '1' }, false, false],
    ['NO_COLOR over FORCE_COLOR', TTY, { NO_COLOR: '1', FORCE_COLOR: '1' }, false, false],
    ['an empty NO_COLOR, which counts as none', TTY, { NO_COLOR: '' }, false, true],
    ['FORCE_COLOR into a pipe', PIPE, { FORCE_COLOR: '1' }, false, true],
    ['FORCE_COLOR=0', TTY, { FORCE_COLOR: '0' }, false, false],
    ['TERM=dumb', TTY, { TERM: 'dumb' }, false, false],
  ])('%s', (...[, stream, env, isRefused, expected]) => {
    expect(hasColor(stream, env, isRefused)).toBe(expected);
  });
});

describe('widthOf', () => {
  it.each([
    [TTY, 132],
    [PIPE, 80],
    [{ isTTY: true, columns: 0 }, 80],
    [{ isTTY: true }, 80],
  ])('%o', (stream, expected) => {
    expect(widthOf(stream)).toBe(expected);
  });
});

describe('canAnimate', () => {
  it('needs a terminal that is not dumb', () => {
    expect(canAnimate(TTY, {})).toBe(true);
    expect(canAnimate(TTY, { TERM: 'dumb' })).toBe(false);
    expect(canAnimate(PIPE, {})).toBe(false);
  });
});
