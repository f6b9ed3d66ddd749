import { expect, test } from 'vitest'
import { seldom } from './seldom.ts'

test('the same is said once in a while, and something else at once', () => {
  let now = 0
  const may = seldom(1_000, () => now)
  expect(['a', 'a', 'b', 'b', 'a'].map(may)).toEqual([true, false, true, false, true])
  now = 999
  expect(may('a')).toBe(false)
  now = 1_000
  expect(may('a')).toBe(true)
})
