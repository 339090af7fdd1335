import { describe, expect, it } from 'vitest';
import { summaryWithin } from '../../../src/cli/output/step-summary.js';

const MIB = 1024 * 1024;
const SECTION = `#### FAIL \`x\`: child \`ü\`\n\n${'é'.repeat(50_000)}\n\n`;
const LONG = `### head\n\n${SECTION.repeat(30)}`;

describe('summaryWithin', () => {
  it('is the report, with a line between it and what is there', () => {
    expect(summaryWithin('### a\n', 0)).toBe('### a\n');
    expect(summaryWithin('### a\n', 10)).toBe('\n### a\n');
  });

  it.each([0, 1, 500_000, MIB - 60, MIB - 10, MIB, 2 * MIB])('behind %i bytes', (size) => {
    const text = summaryWithin(LONG, size);
    expect(size + Buffer.byteLength(text)).toBeLessThanOrEqual(Math.max(size, MIB));
    if (text !== '') expect(text).toMatch(/no room on this page\.\n$/);
  });

  it('keeps whole sections, as many as there is room for', () => {
    const text = summaryWithin(LONG, 0);
    const sections = text.split(/(?=^#### )/m).slice(1);
    expect(sections).toHaveLength(10);
    for (const section of sections) expect(section.startsWith(SECTION.trimEnd())).toBe(true);
  });
});
