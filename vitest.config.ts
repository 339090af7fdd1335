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

/** Lab tests that build many LANs at once by themselves, and keep the machine busy alone. */
const CROWDS = ['selftest', 'scenarios', 'lab-build'].map((name) => `test/lab/${name}.test.ts`);

interface Turn {
  /** Groups run one after the other, by number. */
  readonly after: number;
  /** Files at a time. */
  readonly atOnce: number;
  readonly include?: string[];
  readonly exclude?: string[];
}

/** Tests that own real namespaces, daemons or installs come after all others. */
function heavy(name: string, { after, atOnce, include, exclude = [] }: Turn) {
  return {
    extends: true as const,
    test: {
      name,
      include: include ?? [`test/${name}/**/*.test.ts`],
      exclude,
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
      // LANs wait more than they work, so there are more at a time than cores; an engine sees the containers of its neighbours.
      heavy('lab', { after: 1, atOnce: 3, exclude: CROWDS }),
      heavy('crowd', { after: 2, atOnce: 1, include: CROWDS }),
      heavy('engine', { after: 2, atOnce: 1 }),
      heavy('pack', { after: 2, atOnce: 1 }),
      heavy('vm', { after: 2, atOnce: 1 }),
    ],
  },
});
