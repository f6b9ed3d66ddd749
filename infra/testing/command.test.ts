import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from '../local/places.ts'
import { readPlaywright, readVitest } from './command.ts'

const report = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 1, testResults: [] }

describe('a vitest report', () => {
  test('counts what passed and what was skipped', () => {
    expect(readVitest(report, 0, '', 'unit')).toMatchObject({ passed: 3, failed: 0, skipped: 1 })
  })

  test('names the tests that failed and the files that broke before their first', () => {
    const results = [
      { status: 'passed', fullName: 'sums add up' },
      { status: 'failed', fullName: 'sums carry over' },
    ]
    const testResults = [
      { name: join(root, 'sums.test.ts'), status: 'failed', assertionResults: results },
      { name: join(root, 'broken.test.ts'), status: 'failed', assertionResults: [] },
    ]
    expect(readVitest({ ...report, numFailedTests: 1, testResults }, 1, '', 'unit')).toMatchObject({
      passed: 3,
      failed: 2,
      names: ['sums.test.ts: sums carry over', 'broken.test.ts'],
    })
  })

  test('names the tests that passed at the second try', () => {
    const results = [{ status: 'passed', fullName: 'sums add up', failureMessages: ['4 is not 5'] }]
    const testResults = [{ name: join(root, 'sums.test.ts'), status: 'passed', assertionResults: results }]
    expect(readVitest({ ...report, testResults }, 0, '', 'unit')).toMatchObject({
      failed: 0,
      wavering: ['sums.test.ts: sums add up'],
    })
  })

  test('of a run that failed without a failed test is a failure', () => {
    expect(readVitest(report, 1, '', 'unit')).toMatchObject({ passed: 3, failed: 1 })
  })

  test('without a test is a failure', () => {
    expect(readVitest({ ...report, numPassedTests: 0 }, 0, '', 'unit')).toMatchObject({ passed: 0, failed: 1 })
  })

  test('that was not written is a failure', () => {
    expect(readVitest(undefined, 0, '', 'unit')).toMatchObject({ failed: 1 })
  })
})

describe('a playwright report', () => {
  test('counts a test that passed at the second try as passed, and names it', () => {
    const stats = { expected: 4, flaky: 1, unexpected: 2, skipped: 0 }
    const specs = [{ title: 'it opens', ok: true, tests: [{ status: 'flaky' }] }]
    const suites = [{ title: 'page.test.ts', specs }]
    expect(readPlaywright({ stats, errors: [], suites }, 1, '')).toMatchObject({
      passed: 5,
      failed: 2,
      wavering: ['page.test.ts: it opens'],
    })
  })

  test('names the tests that failed by what is around them', () => {
    const stats = { expected: 1, flaky: 0, unexpected: 2, skipped: 0 }
    const inner = { title: 'in Swedish', specs: [{ title: 'it is read', ok: false }] }
    const specs = [
      { title: 'it opens', ok: true },
      { title: 'it shuts', ok: false },
    ]
    const suites = [{ title: 'page.test.ts', specs, suites: [inner] }]
    const names = ['page.test.ts: it shuts', 'page.test.ts: in Swedish it is read']
    expect(readPlaywright({ stats, errors: [], suites }, 1, '')).toMatchObject({ failed: 2, names })
  })

  test('without a test is a failure', () => {
    const stats = { expected: 0, flaky: 0, unexpected: 0, skipped: 7 }
    expect(readPlaywright({ stats, errors: [], suites: [] }, 0, '')).toMatchObject({ passed: 0, failed: 1 })
  })
})
