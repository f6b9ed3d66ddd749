import { expect, test } from 'vitest'
import { percentOf } from './words.ts'

test('a share is 100 per cent only where it is all, and 0 only where it is nothing', () => {
  const written = (share: number) => percentOf(share).replace(/\s/g, ' ')
  expect([0, 0.004, 0.5, 0.996, 1].map(written)).toEqual(['0 %', '1 %', '50 %', '99 %', '100 %'])
})
