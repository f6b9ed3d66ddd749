import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

/** No test changes its process or a module, so files may share both: loading them anew for each takes a seventh of the time. */
const together = { isolate: false }

/**
 * Four projects, each of which can be run alone: `vitest run --project unit`.
 * A path after it narrows further: `vitest run services/identity`.
 */
export default defineConfig({
  test: {
    // Two cores are the smallest machine the suite is meant for; waiting for the database leaves room for two workers there.
    maxWorkers: Math.max(2, availableParallelism()),
    // A test that passes at the second try has found something. Where a landing hangs on it, it may, and the run names it.
    retry: process.env.CI ? 1 : 0,
    // A test that passes because nothing ran is not a test, but a project may still be empty for a given path.
    passWithNoTests: true,
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            '{packages,services}/*/src/**/*.test.ts',
            'infra/{local,testing}/**/*.test.ts',
            'web/src/**/*.test.ts',
          ],
          exclude: ['**/node_modules/**'],
          ...together,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['{packages,services}/*/test/**/*.test.ts', 'infra/test/**/*.test.ts'],
          exclude: ['**/node_modules/**'],
          globalSetup: ['infra/testing/postgres.ts'],
          ...together,
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'boundaries',
          include: ['test/boundaries/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'constellation',
          include: ['test/**/*.test.ts'],
          exclude: ['**/node_modules/**', 'test/boundaries/**'],
          ...together,
          globalSetup: ['infra/testing/postgres.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
})
