import { describe, expect, test } from 'vitest'
import { readPlaywright, readVitest } from './command.ts'

const report = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 1, testResults: [] }

describe('a vitest report', () => {
  test('counts what passed and what was skipped', () => {
    expect(readVitest(report, 0, '', 'unit')).toMatchObject({ passed: 3, failed: 0, skipped: 1 })
  })

  test('counts a file that broke before its first test', () => {
    const broken = { ...report, testResults: [{ status: 'failed', assertionResults: [] }] }
    expect(readVitest(broken, 1, '', 'unit')).toMatchObject({ passed: 3, failed: 1 })
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
  test('counts a test that passed at the second try as passed', () => {
    const stats = { expected: 4, flaky: 1, unexpected: 2, skipped: 0 }
    expect(readPlaywright({ stats, errors: [] }, 1, '')).toMatchObject({ passed: 5, failed: 2 })
  })

  test('without a test is a failure', () => {
    const stats = { expected: 0, flaky: 0, unexpected: 0, skipped: 7 }
    expect(readPlaywright({ stats, errors: [] }, 0, '')).toMatchObject({ passed: 0, failed: 1 })
  })
})
