import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startProgress } from '../../src/cli/progress.js';

let written = '';

function stream(isTTY: boolean): {
  isTTY: boolean;
  columns: number;
  write: (text: string) => void;
} {
  return {
    isTTY,
    columns: 20,
    write: (text) => {
      written += text;
    },
  };
}

beforeEach(() => {
  written = '';
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('progress on a terminal', () => {
  it('draws one line over itself, never wider than the terminal, and clears it', () => {
    const progress = startProgress(stream(true), {});
    progress.show('3 children found; 25 probes');
    progress.stop();
    expect(written).toBe('\r\u001B[2K3 children found; 2\r\u001B[2K');
  });
});

describe('progress in a log', () => {
  it('says nothing of a short run', () => {
    const progress = startProgress(stream(false), {});
    progress.show('probing');
    vi.advanceTimersByTime(1500);
    progress.stop();
    vi.advanceTimersByTime(60_000);
    expect(written).toBe('');
  });

  it('shows now and again that a long run lives, in whole lines', () => {
    const progress = startProgress(stream(false), {});
    progress.show('probing');
    vi.advanceTimersByTime(12_500);
    progress.stop();
    expect(written).toBe('probing\nprobing\n');
  });

  it('is what a dumb terminal gets, too', () => {
    const progress = startProgress(stream(true), { TERM: 'dumb' });
    progress.show('probing');
    progress.stop();
    expect(written).toBe('');
  });
});
