import { expect, test } from 'vitest'
import { nextStatus } from './life.ts'

test.each([
  ['draft', 'publish', 'published'],
  ['published', 'pause', 'paused'],
  ['paused', 'resume', 'published'],
  ['paused', 'change', 'paused'],
  ['published', 'expire', 'expired'],
  ['expired', 'withdraw', 'withdrawn'],
] as const)('%s, %s: %s', (from, move, to) => {
  expect(nextStatus('offer', from, move)).toBe(to)
})

test.each([
  ['withdrawn', 'resume'],
  ['withdrawn', 'publish'],
  ['expired', 'resume'],
  ['draft', 'withdraw'],
  ['published', 'save'],
  ['published', 'publish'],
] as const)('%s: %s is refused', (from, move) => {
  expect(() => nextStatus('request', from, move)).toThrow('request.move_not_allowed')
})
