import { expect, test } from 'vitest'
import { proposedHours } from './proposal.ts'

const spring = { from: '2027-01-11', to: '2027-06-12' }
const autumn = { from: '2027-08-16', to: '2027-12-18' }
const left = (hoursInSpring: number, hoursInAutumn: number) => [
  { fromWeek: '2027-01-11', toWeek: '2027-06-14', hoursPerWeek: hoursInSpring },
  { fromWeek: '2027-08-16', toWeek: '2027-12-20', hoursPerWeek: hoursInAutumn },
]
const offer = { left: left(16, 16) }
const request = { left: left(8, 4), mostLeft: 8, hoursPerWeek: 8 }

test('a match proposes in each term no more than is lacking in it', () => {
  const hours = (period: typeof spring | null) => proposedHours(offer, request, { hoursPerWeek: 8 }, period)
  expect([spring, autumn, null].map(hours)).toEqual([8, 4, 8])
})

test('without a match no more is proposed than the offer has', () => {
  expect(proposedHours({ left: left(6, 0) }, request, null, spring)).toBe(6)
  expect(proposedHours({ left: left(6, 0) }, request, null, autumn)).toBeNull()
})
