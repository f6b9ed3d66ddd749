import { expect, test } from 'vitest'
import { isAbove } from './ledger.ts'

test.each([
  ['the worst off has more, though the others and the help are less', [0.6, 0.7, 10], [0.5, 0.9, 99], true],
  ['the worst off has less, though the help is more', [0.5, 0.9, 99], [0.6, 0.7, 10], false],
  ['the worst off has the same but for rounding, and the next more', [0.5 - 1e-12, 0.8, 10], [0.5, 0.7, 99], true],
  ['all have the same, and the help is more', [0.5, 0.7, 11], [0.5, 0.7, 10], true],
  ['they are the same', [0.5, 0.7, 10], [0.5, 0.7, 10], false],
  ['there is no other yet', [0, 0], [], true],
])('%s', (_, one, other, above) => {
  expect(isAbove(one, other)).toBe(above)
})
