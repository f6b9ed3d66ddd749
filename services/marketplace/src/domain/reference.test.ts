import { expect, test } from 'vitest'
import { referenceOf } from './reference.ts'

test.each([
  ['offer', 'Västerås', 2027, 1, 'VÄSTERÅS-2027-E001'],
  ['request', 'Norberg', 2027, 3, 'NORBERG-2027-B003'],
  ['request', 'Upplands Väsby', 2026, 1_234, 'UPPLANDS-VÄSBY-2026-B1234'],
  // Håbo and Habo are two municipalities.
  ['offer', 'Håbo', 2027, 1, 'HÅBO-2027-E001'],
] as const)('%s %i of %s is called %s', (noun, owner, year, number, reference) => {
  expect(referenceOf(noun, owner, year, number)).toBe(reference)
})
