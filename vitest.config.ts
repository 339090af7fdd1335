// Which tests there are and how hard each kind may lean on the machine.
import { defineConfig } from 'vitest/config';

const APART = ['test/lab/**', 'test/engine/**', 'test/pack/**', 'test/cli/**', 'test/contract/**'];

/** Tests that own real namespaces, daemons or installs: one file at a time, with time to boot things. */
function heavy(name: string) {
  return {
    extends: true as const,
    test: {
      name,
      include: [`test/${name}/**/*.test.ts`],
      fileParallelism: false,
      testTimeout: 120_000,
      hookTimeout: 180_000,
    },
  };
}

export default defineConfig({
  test: {
    // oclif's test helper reads the streams itself.
    disableConsoleIntercept: true,
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['test/**/*.test.ts'], exclude: APART, testTimeout: 20_000 },
      },
      {
        extends: true,
        test: { name: 'contract', include: ['test/contract/**/*.test.ts'], testTimeout: 120_000 },
      },
      {
        extends: true,
        test: { name: 'cli', include: ['test/cli/**/*.test.ts'], testTimeout: 60_000 },
      },
      heavy('lab'),
      heavy('engine'),
      heavy('pack'),
    ],
  },
});
