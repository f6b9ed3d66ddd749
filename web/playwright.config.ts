import { defineConfig } from '@playwright/test'
import { address, browser } from './test/surroundings.ts'

const lastOfAll = '**/first-day.test.ts'

/** Real Chromium in front of a running Samkraft: `npm test` brings one up, `npm start` is one. */
export default defineConfig({
  testDir: 'test',
  testMatch: '**/*.test.ts',
  outputDir: 'test-results',
  fullyParallel: true,
  // Two cores, and the whole system runs beside the browsers.
  workers: 2,
  // A test that passes at the second try has found something. Where a landing hangs on it, it may, and the run names it.
  retries: process.env.CI ? 1 : 0,
  // What is missing fails by its own wait; a busy machine needs longer for all of it.
  timeout: 120_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  projects: [
    { name: 'pages', testIgnore: lastOfAll },
    // They move the clock, which others would notice.
    { name: 'clock', testMatch: lastOfAll, dependencies: ['pages'] },
  ],
  use: {
    baseURL: address,
    locale: 'sv-SE',
    timezoneId: 'Europe/Stockholm',
    viewport: { width: 1280, height: 900 },
    // What is not there by then is missing, and the test says what it was.
    actionTimeout: 15_000,
    launchOptions: { executablePath: browser, args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'] },
    // A trace costs a tenth of the time and more: one who looks for a cause asks for it with `--trace=retain-on-failure`.
    trace: 'off',
    screenshot: 'only-on-failure',
  },
})
