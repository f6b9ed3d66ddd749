import { expect, test } from 'vitest'
import { wasSavedJustBefore } from './step-page.ts'

test('a draft is told of for half an hour after it was saved', () => {
  const saved = '2027-01-11T09:00:00.000Z'
  expect(wasSavedJustBefore(saved, new Date('2027-01-11T09:30:00.000Z'))).toBe(true)
  expect(wasSavedJustBefore(saved, new Date('2027-01-11T09:30:00.001Z'))).toBe(false)
})
