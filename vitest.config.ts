// Which tests there are and how hard each kind may lean on the machine.
import { defineConfig } from 'vitest/config';

const APART = [
  'test/vm/**',
  'test/lab/**',
  'test/engine/**',
  'test/pack/**',
  'test/cli/**',
  'test/contract/**',
];

/** Tests of rooms without state: nothing is mocked there, and a process for each file would cost more than the tests. */
const PURE = ['test/core/**/*.test.ts', 'test/model/**/*.test.ts', 'test/golden/**/*.test.ts'];

/** Tests that own real namespaces, daemons or installs, after all others: so many files at a time. */
function heavy(name: string, { after, atOnce }: { after: number; atOnce: number }) {
  return {
    extends: true as const,
    test: {
      name,
      include: [`test/${name}/**/*.test.ts`],
      maxWorkers: atOnce,
      sequence: { groupOrder: after },
      testTimeout: 120_000,
      hookTimeout: 180_000,
    },
  };
}

export default defineConfig({
  test: {
    // oclif's test helper reads the streams itself.
    disableConsoleIntercept: true,
    maxWorkers: '100%',
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: PURE, isolate: false, testTimeout: 20_000 },
      },
      {
        extends: true,
        test: {
          name: 'edge',
          include: ['test/**/*.test.ts'],
          exclude: [...APART, ...PURE],
          testTimeout: 20_000,
        },
      },
      {
        extends: true,
        test: { name: 'contract', include: ['test/contract/**/*.test.ts'], testTimeout: 120_000 },
      },
      {
        extends: true,
        test: { name: 'cli', include: ['test/cli/**/*.test.ts'], testTimeout: 60_000 },
      },
      // LANs wait more than they work; an engine sees the containers of its neighbours.
      heavy('lab', { after: 1, atOnce: 2 }),
      heavy('engine', { after: 2, atOnce: 1 }),
      heavy('pack', { after: 2, atOnce: 1 }),
      heavy('vm', { after: 2, atOnce: 1 }),
    ],
  },
});
