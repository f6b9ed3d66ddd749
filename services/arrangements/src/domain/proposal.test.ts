import { randomUUID } from 'node:crypto'
import type { Share } from '@samkraft/contracts/arrangements'
import { addDays, mondayOf, type Role, weeksOf } from '@samkraft/kernel'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  assertFits,
  assertOpen,
  assertParties,
  assertSameRequests,
  firstShortfall,
  mostTogether,
  type OfferCopy,
  proposerOf,
  sharesFor,
} from './proposal.ts'

const spring = { from: '2027-01-11', to: '2027-06-12' }
const lenderId = randomUUID()
const today = '2026-11-02'

function anOffer(changes: Partial<OfferCopy> = {}): OfferCopy {
  return {
    id: randomUUID(),
    lenderId,
    open: true,
    segments: [{ period: spring, hoursPerWeek: 16 }],
    slice: 4,
    left: [
      { fromWeek: '2027-01-11', toWeek: '2027-03-01', hoursPerWeek: 16 },
      { fromWeek: '2027-03-01', toWeek: '2027-06-14', hoursPerWeek: 10 },
    ],
    ...changes,
  }
}

function aShare(hoursPerWeek: number, changes: Partial<Share> = {}): Share {
  return { organisationId: randomUUID(), requestId: randomUUID(), period: spring, hoursPerWeek, ...changes }
}

const autumn = { from: '2027-08-16', to: '2027-12-18' }

test('hours together are the most in any week: what differs between terms is not added up', () => {
  expect(mostTogether([aShare(8), aShare(4)])).toBe(12)
  expect(mostTogether([aShare(8), aShare(4, { period: autumn })])).toBe(8)
})

describe('what fits an offer', () => {
  test('all that is left, and no more', () => {
    expect(() => assertFits([aShare(10)], anOffer(), today)).not.toThrow()
    expect(() => assertFits([aShare(10.25)], anOffer(), today)).toThrow(
      expect.objectContaining({
        kind: 'conflict',
        code: 'arrangement.capacity_short',
        details: { week: '2027-03-01', left: 10, asked: 10.25, weeks: 15 },
      }),
    )
  })

  test('many shares count together in each week', () => {
    const shared = Array.from({ length: 5 }, () => aShare(4))
    expect(() => assertFits(shared, anOffer(), today)).toThrow('arrangement.capacity_short')
    const plenty = [{ fromWeek: '2027-01-11', toWeek: '2027-06-14', hoursPerWeek: 20 }]
    expect(() => assertFits(shared, anOffer({ left: plenty }), today)).not.toThrow()
  })

  test('not below the smallest slice', () => {
    expect(() => assertFits([aShare(3.75)], anOffer(), today)).toThrow('arrangement.below_slice')
    expect(() => assertFits([aShare(4)], anOffer(), today)).not.toThrow()
  })

  test('several borrowers make a slice together, in every week that any of them takes hours', () => {
    const post = anOffer({ slice: 8 })
    expect(() => assertFits([aShare(4), aShare(4)], post, today)).not.toThrow()
    const later = aShare(4, { period: { from: '2027-02-01', to: spring.to } })
    expect(() => assertFits([aShare(4), later], post, today)).toThrow(
      expect.objectContaining({
        code: 'arrangement.below_slice',
        details: { field: 'shares.0.hoursPerWeek', slice: 8, asked: 4 },
      }),
    )
    expect(() => assertFits([aShare(8), later], post, today)).toThrow('arrangement.capacity_short')
    expect(() =>
      assertFits(
        [aShare(8), later],
        anOffer({ slice: 8, left: [{ fromWeek: '2027-01-11', toWeek: '2027-06-14', hoursPerWeek: 12 }] }),
        today,
      ),
    ).not.toThrow()
  })

  test('not a week outside what is offered, nor a weekend only', () => {
    const late = aShare(4, { period: { from: '2027-06-01', to: '2027-06-15' } })
    expect(() => assertFits([late], anOffer(), today)).toThrow(
      expect.objectContaining({
        code: 'arrangement.period_outside',
        details: { field: 'shares.0.period', week: '2027-06-14', offered: [spring] },
      }),
    )
    const weekend = aShare(4, { period: { from: '2027-02-06', to: '2027-02-08' } })
    expect(() => assertFits([weekend], anOffer(), today)).toThrow('arrangement.period_outside')
  })

  test('days between two stretches of an offer, where every week has hours', () => {
    const segments = [
      { period: { from: '2027-01-11', to: '2027-01-21' }, hoursPerWeek: 16 },
      { period: { from: '2027-01-29', to: '2027-06-12' }, hoursPerWeek: 16 },
    ]
    const rest = aShare(4, { period: { from: '2027-01-21', to: '2027-06-12' } })
    expect(() => assertFits([rest], anOffer({ segments }), '2027-01-21')).not.toThrow()
  })

  test('not a period that is over', () => {
    expect(() => assertFits([aShare(4)], anOffer(), '2027-06-12')).toThrow('arrangement.period_passed')
    expect(() => assertFits([aShare(4)], anOffer(), '2027-06-11')).not.toThrow()
  })

  test('a shortfall is found in some week exactly when the sum of the shares exceeds what is left there', () => {
    const weeks = weeksOf(spring)
    const share = fc
      .record({
        start: fc.nat(weeks.length - 1),
        length: fc.integer({ min: 1, max: 10 }),
        quarters: fc.integer({ min: 1, max: 40 }),
      })
      .map(({ start, length, quarters }) => {
        const from = mondayOf(addDays(spring.from, start * 7))
        return aShare(quarters / 4, { period: { from, to: addDays(from, length * 7) } })
      })
    fc.assert(
      fc.property(fc.array(share, { minLength: 1, maxLength: 5 }), (shares) => {
        const offer = anOffer()
        const asked = (week: string) =>
          shares.filter(({ period }) => weeksOf(period).includes(week)).reduce((sum, one) => sum + one.hoursPerWeek, 0)
        const left = (week: string) => (week < '2027-03-01' ? 16 : week < '2027-06-14' ? 10 : 0)
        const all = [...new Set(shares.flatMap(({ period }) => weeksOf(period)))].sort()
        const short = all.filter((one) => asked(one) > left(one))
        const [week] = short
        expect(firstShortfall(shares, offer)).toEqual(
          week ? { week, left: left(week), asked: asked(week), weeks: short.length } : null,
        )
      }),
    )
  })
})

describe('who can arrange what', () => {
  const share = aShare(8)
  const request = { id: share.requestId, organisationId: share.organisationId, open: true }

  test('the borrower of a share is whoever asked', () => {
    const input = { requestId: share.requestId, period: spring, hoursPerWeek: 8 }
    expect(sharesFor([input], [request])).toEqual([share])
    expect(() => sharesFor([input], [])).toThrow('arrangement.request_not_found')
  })

  test('nobody borrows from itself', () => {
    expect(() => assertParties(anOffer(), [share])).not.toThrow()
    expect(() => assertParties(anOffer(), [{ ...share, organisationId: lenderId }])).toThrow('arrangement.own_offer')
  })

  test('the lender, the borrower and the region that coordinates may propose, in their roles, and nobody else', () => {
    const regionId = randomUUID()
    const parties = { lenderId, borrowerIds: [share.organisationId], regionId }
    const by = (organisationId: string, ...roles: Role[]) =>
      proposerOf(parties, { personId: randomUUID(), organisationId, roles })
    expect(by(lenderId, 'manager')).toEqual({ side: 'lender', role: 'manager' })
    expect(by(share.organisationId, 'officer')).toEqual({ side: 'borrower', role: 'officer' })
    expect(by(regionId, 'registrar', 'coordinator')).toEqual({ side: 'coordinator', role: 'coordinator' })
    expect(() => by(lenderId, 'registrar')).toThrow('arrangement.role_negotiator_needed')
    expect(() => by(regionId, 'officer', 'chair')).toThrow('arrangement.role_coordinator_needed')
    expect(() => by(randomUUID(), 'coordinator')).toThrow('arrangement.not_the_coordinator')
    expect(() => by(randomUUID(), 'officer')).toThrow('arrangement.not_a_party')
  })

  test('a closed offer or request cannot be arranged', () => {
    expect(() => assertOpen(anOffer({ open: false }), [request])).toThrow('arrangement.offer_not_open')
    expect(() => assertOpen(anOffer(), [{ ...request, open: false }])).toThrow('arrangement.request_not_open')
    expect(() => assertOpen(anOffer(), [request])).not.toThrow()
  })

  test('a revision keeps its requests', () => {
    const [same, other] = [{ ...share, hoursPerWeek: 6 }, aShare(6)]
    expect(() => assertSameRequests([share], [same])).not.toThrow()
    expect(() => assertSameRequests([share], [other])).toThrow('arrangement.parties_fixed')
    expect(() => assertSameRequests([share], [same, other])).toThrow('arrangement.parties_fixed')
    expect(() => assertSameRequests([share, other], [same])).toThrow('arrangement.parties_fixed')
    // The same request in two terms is one request still.
    expect(() => assertSameRequests([share], [same, { ...same, period: autumn }])).not.toThrow()
  })
})
