// Lint: oclif's rules as the base, typescript-eslint's strictest on top, the house's size limits last. Prettier formats; ESLint never does.
import oclif from 'eslint-config-oclif';
import tseslint from 'typescript-eslint';
import local from './lint/local-rules.js';

const TYPESCRIPT = ['**/*.ts'];

/** Of oclif's base, what is about layout, sorting or another test runner stays out. */
function isAboutCode(entry) {
  const plugins = Object.keys(entry.plugins ?? {});
  return !plugins.some((name) => ['@stylistic', 'mocha', 'perfectionist', 'import'].includes(name));
}

const RETIRED = /^(?:@stylistic|mocha|perfectionist|import)\//;

function withoutRetired(entry) {
  const { rules = {}, ...rest } = entry;
  const kept = Object.entries(rules).filter(([name]) => !RETIRED.test(name));
  return { ...rest, rules: Object.fromEntries(kept) };
}

const base = oclif
  .filter((entry) => isAboutCode(entry) || entry.rules?.['unicorn/prefer-module'] !== undefined)
  .map((entry) => withoutRetired(entry));

function sizes(lines, functionLines = 50) {
  const counted = { skipBlankLines: false, skipComments: false };
  return {
    'max-lines': ['error', { max: lines, ...counted }],
    'max-lines-per-function': ['error', { max: functionLines, ...counted }],
  };
}

const ANY_KEY = {
  selector:
    'VariableDeclarator[id.name=/^[A-Z][A-Z_]*$/] > Identifier > TSTypeAnnotation TSTypeReference[typeName.name="Record"] > TSTypeParameterInstantiation > TSStringKeyword:first-child',
  message:
    'A table that any string may ask is a Map: every object has a `constructor`, and facts may say so.',
};

const ONLY_DOOR =
  'Processes are started behind one door: edge/host (and edge/lab, which builds networks).';

export default tseslint.config(
  { ignores: ['dist/', 'dist.*/', 'coverage/', 'node_modules/', '.vitest/'] },
  ...base,
  { files: TYPESCRIPT, extends: [tseslint.configs.strictTypeChecked] },
  {
    files: TYPESCRIPT,
    languageOptions: {
      parserOptions: { project: ['./tsconfig.json'], tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      // Numbers print as one expects; objects do not, and those stay forbidden.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  {
    plugins: { local },
    rules: {
      complexity: ['error', 20],
      'max-depth': ['error', 3],
      'max-params': ['error', 4],
      'no-console': 'error',
      ...sizes(300),
      // Types say it already.
      'jsdoc/require-jsdoc': 'off',
      'jsdoc/require-param': 'off',
      'jsdoc/require-returns': 'off',
      'jsdoc/require-yields': 'off',
      'jsdoc/tag-lines': 'off',
      'n/no-missing-import': 'off',
      // knip says it, and in a tenth of the time.
      'n/no-extraneous-import': 'off',
      'n/no-unpublished-import': 'off',
      // Experimental in name only at the floor: import.meta.dirname, process.getBuiltinModule.
      'n/no-unsupported-features/node-builtins': [
        'error',
        { ignores: ['import.meta.dirname', 'process.getBuiltinModule', 'fs.cpSync'] },
      ],
      'jsdoc/no-undefined-types': 'off',
      // Prettier writes numbers its own way, and iproute2's and Docker's names are theirs.
      'unicorn/number-literal-case': 'off',
      'unicorn/numeric-separators-style': 'off',
      'unicorn/escape-case': 'off',
      camelcase: 'off',
      // Matters of taste in which the house differs from the base.
      'unicorn/prefer-string-raw': 'off',
      'unicorn/consistent-function-scoping': ['error', { checkArrowFunctions: false }],
      'unicorn/no-array-callback-reference': 'off',
      'unicorn/no-null': 'off',
      'unicorn/no-useless-undefined': 'off',
      'unicorn/prevent-abbreviations': 'off',
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/edge/host/**', 'src/edge/lab/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            { name: 'node:child_process', message: ONLY_DOOR },
            { name: 'child_process', message: ONLY_DOOR },
          ],
        },
      ],
    },
  },
  { files: ['src/**/*.ts'], rules: { 'no-restricted-syntax': ['error', ANY_KEY] } },
  {
    files: ['src/core/{checks,fixes}/*.ts', 'src/edge/{gatherers,probes}/**/*.ts'],
    rules: { ...sizes(150) },
  },
  {
    files: ['src/core/checks/*.ts', 'src/core/fixes/*.ts', 'src/edge/gatherers/**/*.ts'],
    rules: { 'local/id-is-file-name': 'error' },
  },
  { files: ['src/core/fixes/*.ts'], rules: { 'local/argv-is-an-array': 'error' } },
  { files: ['src/cli/commands/**/*.ts'], rules: { ...sizes(300, 40) } },
  {
    files: ['src/core/checks/index.ts', 'src/edge/lab/scenarios/index.ts'],
    rules: { ...sizes(500) },
  },
  { files: ['scripts/**', 'bench/**'], rules: { 'no-console': 'off' } },
  {
    files: ['test/**/*.ts'],
    rules: {
      // describe() is a function too, and as long as its cases.
      ...sizes(400, 400),
    },
  },
  { files: ['**/*.js'], extends: [tseslint.configs.disableTypeChecked] },
);
