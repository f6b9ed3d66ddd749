import type { OfferView, RequestView } from '@samkraft/contracts/marketplace'
import { addDays } from '@samkraft/kernel'
import { expect, test } from 'vitest'
import { format } from '#lib/i18n.ts'
import { type AskedShare, offerFacts, proposedHours, proposedShares } from './proposal.ts'

const year = { from: '2026-08-17', to: '2027-06-12' }
const nothing: AskedShare = { hoursPerWeek: null, period: null }

/** Only what the question is about: of each side the same hours all the school year. */
const side = {
  owner: { name: 'Norbergs kommun' },
  hoursPerWeek: 8,
  mostLeft: 8,
  least: 4,
  period: year,
  details: { segments: [{ period: year, hoursPerWeek: 8 }] },
  left: [{ fromWeek: '2026-08-17', toWeek: '2027-06-14', hoursPerWeek: 8 }],
}
const offer = side as unknown as OfferView
const request = side as unknown as RequestView
const periodsOn = (today: string, asked = nothing) =>
  proposedShares(offer, { request, match: null }, { asked, today }).map(({ period }) => period)

test('of what is under way only the days to come are proposed', () => {
  expect(periodsOn('2026-08-01')).toEqual([year])
  expect(periodsOn('2026-11-30')).toEqual([{ from: '2026-11-30', to: year.to }])
  const autumn = { hoursPerWeek: 4, period: { from: '2026-08-17', to: '2026-12-19' } }
  expect(periodsOn('2026-11-30', autumn)).toEqual([{ from: '2026-11-30', to: '2026-12-19' }])
})

test('where no day is left, none is proposed', () => {
  expect(periodsOn('2027-06-12')).toEqual([null])
  expect(periodsOn('2026-12-19', { hoursPerWeek: 4, period: { from: '2026-08-17', to: '2026-12-19' } })).toEqual([null])
})

const spring = { from: '2027-01-11', to: '2027-06-12' }
const autumn = { from: '2027-08-16', to: '2027-12-18' }
const left = (hoursInSpring: number, hoursInAutumn: number) => [
  { fromWeek: '2027-01-11', toWeek: '2027-06-14', hoursPerWeek: hoursInSpring },
  { fromWeek: '2027-08-16', toWeek: '2027-12-20', hoursPerWeek: hoursInAutumn },
]
const offering = { left: left(16, 16) }
const asking = { left: left(8, 4), mostLeft: 8, hoursPerWeek: 8 }

test('a match proposes in each term no more than is lacking in it', () => {
  const hours = (period: typeof spring | null) => proposedHours(offering, asking, { hoursPerWeek: 8 }, period)
  expect([spring, autumn, null].map(hours)).toEqual([8, 4, 8])
})

test('nor does a share that was worked out for all terms, such as one of a pooled need', () => {
  const segments = [spring, autumn].map((period) => ({ period, hoursPerWeek: 16 }))
  const sides = {
    offer: { ...side, ...offering, details: { segments } } as unknown as OfferView,
    request: { ...side, ...asking, details: { segments } } as unknown as RequestView,
  }
  const share = { hoursPerWeek: 6, period: { from: spring.from, to: autumn.to } }
  const shares = proposedShares(
    sides.offer,
    { request: sides.request, match: null },
    { asked: share, today: spring.from },
  )
  expect(shares.map(({ hoursPerWeek }) => hoursPerWeek)).toEqual([6, 4])
})

test('without a match no more is proposed than the offer has', () => {
  expect(proposedHours({ left: left(6, 0) }, asking, null, spring)).toBe(6)
  expect(proposedHours({ left: left(6, 0) }, asking, null, autumn)).toBeNull()
})

test('what is left in the same weeks of two years is said of each by its year', () => {
  const terms = ['2097-01-07', '2098-01-06'].map((fromWeek) => ({ from: fromWeek, to: addDays(fromWeek, 5 + 21 * 7) }))
  const left = terms.map(({ from, to }, index) => ({
    fromWeek: from,
    toWeek: addDays(to, 2),
    hoursPerWeek: 4 + index,
  }))
  const details = { slice: null, costModel: 'none', orePerHour: null }
  const facts = offerFacts({ left, details, place: 'remote' } as unknown as OfferView)
  const [weeks, same] = terms.map((period) => format.weeks(period))
  expect(weeks).toBe(same)
  expect(facts.slice(0, 2).map(({ term }) => term)).toEqual([`${weeks} 2097`, `${weeks} 2098`])
})
