import js from '@eslint/js'
import svelte from 'eslint-plugin-svelte'
import { defineConfig } from 'eslint/config'
import globals from 'globals'
import tseslint from 'typescript-eslint'

const svelteFiles = ['**/*.svelte', '**/*.svelte.ts']

const noDefaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'Export by name: one word per thing, and renames are found.',
}

const environment = [
  {
    object: 'process',
    property: 'env',
    message: 'Only src/config.ts reads the environment; take what you need from config.',
  },
]

const rawSql = [
  {
    object: 'sql',
    property: 'raw',
    message: 'sql.raw puts text into a statement unescaped; use a parameter or sql.id.',
  },
  { object: 'sql', property: 'lit', message: 'sql.lit puts a value into a statement as text; use a parameter.' },
]

/** All rules but those that need types: these are in .oxlintrc.json. */
export default defineConfig(
  {
    ignores: [
      '**/node_modules/',
      '**/build/',
      '**/.svelte-kit/',
      '**/paraglide/',
      '**/.samkraft/',
      '**/test-results/',
      '**/playwright-report/',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  ...tseslint.configs.strict,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.node } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // A message that counts something may put the number straight in.
      '@typescript-eslint/restrict-template-expressions': 'off',
      '@typescript-eslint/no-non-null-assertion': 'error',
      'no-console': ['error', { allow: ['error', 'warn'] }],
      'no-restricted-properties': ['error', ...environment, ...rawSql],
      'no-restricted-imports': [
        'error',
        {
          paths: [{ name: 'node:process', importNames: ['env'], message: 'Only src/config.ts reads the environment.' }],
        },
      ],
      'no-restricted-syntax': ['error', noDefaultExport],
      'object-shorthand': 'error',
      'prefer-const': 'error',
      'no-template-curly-in-string': 'error',
      eqeqeq: 'error',
    },
  },
  {
    files: svelteFiles,
    languageOptions: {
      globals: { ...globals.browser },
      parserOptions: { parser: tseslint.parser, extraFileExtensions: ['.svelte'] },
    },
  },
  {
    files: ['web/src/**'],
    languageOptions: { globals: { ...globals.browser } },
    rules: {
      // The compiler reports what a template does not define; paths come from one builder instead of resolve().
      'no-undef': 'off',
      'svelte/no-navigation-without-resolve': 'off',
    },
  },
  {
    files: ['**/*.ts'],
    // The compiler knows which names exist; the rule does not know types.
    rules: { 'no-undef': 'off' },
  },
  {
    // The engine walks typed arrays by indexes it has made itself; a check on every step would be most of what it does.
    files: ['packages/allocation/src/**/*.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  {
    // The one place in each process that reads its environment, and what stands outside the processes.
    files: [
      '**/config.ts',
      'web/src/main.ts',
      '**/src/env.ts',
      '**/*.config.{js,ts}',
      'infra/**',
      'test/**',
      '**/test/**',
      '**/*.test.ts',
    ],
    rules: { 'no-restricted-properties': ['error', ...rawSql], 'no-restricted-imports': 'off' },
  },
  {
    files: ['infra/**', 'test/bench/**'],
    // These speak to the person at the terminal.
    rules: { 'no-console': 'off' },
  },
  {
    files: ['**/*.config.{js,ts,cjs}', '**/.*.cjs', '**/*.d.ts'],
    // Tools find their configuration by default export.
    rules: { 'no-restricted-syntax': 'off', '@typescript-eslint/no-require-imports': 'off' },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: { sourceType: 'commonjs' },
  },
)
