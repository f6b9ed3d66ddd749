import { addDays, type Period, weeksOf } from '@samkraft/kernel'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { coverageOf, type Hold, ledgerOf, leftOf, overheldWeeks, shortfallOf, uncoveredOf } from './ledger.ts'

const spring: Period = { from: '2027-01-11', to: '2027-06-12' }
const sixteen = { segments: [{ period: spring, hoursPerWeek: 16 }], reserveFloor: 0 }

function held(hoursPerWeek: number, period = spring, state: Hold['state'] = 'agreed'): Hold {
  return { period, hoursPerWeek, state }
}

test('six of sixteen hours held leave ten, all term', () => {
  expect(leftOf(sixteen, [held(6)])).toEqual([{ fromWeek: '2027-01-11', toWeek: '2027-06-14', hoursPerWeek: 10 }])
})

test('the reserve floor is never lent out', () => {
  const kept = { ...sixteen, reserveFloor: 4 }
  expect(shortfallOf(kept, [], [held(12)])).toBeNull()
  expect(shortfallOf(kept, [], [held(12.25)])).toEqual({ week: '2027-01-11', left: 12, asked: 12.25, weeks: 22 })
})

test('what falls short is named by its first week, what was left of it and what was asked, and how many weeks do', () => {
  const march = { from: '2027-03-01', to: '2027-03-13' }
  expect(shortfallOf(sixteen, [held(10, march)], [held(8)])).toEqual({
    week: '2027-03-01',
    left: 6,
    asked: 8,
    weeks: 2,
  })
})

test('a week outside the offer has nothing to give', () => {
  expect(shortfallOf(sixteen, [], [held(1, { from: '2027-06-07', to: '2027-06-19' })])).toEqual({
    week: '2027-06-14',
    left: 0,
    asked: 1,
    weeks: 1,
  })
})

test('a share that ends on a Sunday takes nothing from the week after, one that ends on a Monday does', () => {
  const asked = (to: string) =>
    shortfallOf(sixteen, [held(16, { from: '2027-02-01', to: '2027-02-06' })], [held(1, { from: '2027-01-11', to })])
  expect(asked('2027-02-01')).toBeNull()
  expect(asked('2027-02-02')).toMatchObject({ week: '2027-02-01' })
})

test('where two stretches meet in the middle of a week, the smaller counts as offered and the larger as asked', () => {
  const segments = [
    { period: { from: '2027-01-11', to: '2027-01-20' }, hoursPerWeek: 16 },
    { period: { from: '2027-01-20', to: '2027-01-30' }, hoursPerWeek: 8 },
  ]
  expect(ledgerOf({ segments, reserveFloor: 0 }, []).map(({ offered }) => offered)).toEqual([16, 8, 8])
  expect(uncoveredOf(segments, [])).toEqual([
    { fromWeek: '2027-01-11', toWeek: '2027-01-25', hoursPerWeek: 16 },
    { fromWeek: '2027-01-25', toWeek: '2027-02-01', hoursPerWeek: 8 },
  ])
})

test('the nights the clock is moved do not move a week', () => {
  const autumn = { from: '2026-10-19', to: '2026-11-07' }
  const easter = { from: '2027-03-22', to: '2027-04-03' }
  for (const period of [autumn, easter]) {
    const weeks = ledgerOf({ segments: [{ period, hoursPerWeek: 4 }], reserveFloor: 0 }, []).map(({ week }) => week)
    expect(weeks).toEqual(weeksOf(period))
  }
})

test('an offer may not be lowered below what is held, and the weeks are named', () => {
  const lowered = {
    segments: [{ period: { from: '2027-01-18', to: '2027-06-12' }, hoursPerWeek: 16 }],
    reserveFloor: 12,
  }
  const weeks = (today: string) => overheldWeeks(lowered, [held(6, { from: '2027-01-11', to: '2027-01-23' })], today)
  expect(weeks('2027-01-01')).toEqual([
    { week: '2027-01-11', held: 6, offered: 0 },
    { week: '2027-01-18', held: 6, offered: 4 },
  ])
  expect(weeks('2027-01-20').map(({ week }) => week)).toEqual(['2027-01-18'])
  expect(weeks('2027-01-25')).toEqual([])
})

test('a request is covered when no week lacks an hour', () => {
  const asked = [{ period: spring, hoursPerWeek: 8 }]
  const coverage = (...holds: Hold[]) => coverageOf(uncoveredOf(asked, []), uncoveredOf(asked, holds))
  expect(coverage()).toBe('uncovered')
  expect(coverage(held(4, { from: '2027-08-16', to: '2027-12-18' }))).toBe('uncovered')
  expect(coverage(held(4))).toBe('partly_covered')
  expect(coverage(held(4), held(6, spring, 'reserved'))).toBe('covered')
  expect(coverage(held(8, { from: '2027-01-11', to: '2027-06-05' }))).toBe('partly_covered')
})

const quarters = (most: number) => fc.integer({ min: 1, max: most * 4 }).map((count) => count / 4)
const period = fc
  .tuple(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 1, max: 120 }))
  .map(([start, days]) => ({ from: addDays('2027-01-01', start), to: addDays('2027-01-01', start + days) }))
const asked = fc.record({ period, hoursPerWeek: quarters(20) })
const capacity = fc.record({
  // One after the other, with gaps: as an offer's segments are.
  segments: fc
    .array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 3, max: 90 }), quarters(40)), {
      minLength: 1,
      maxLength: 5,
    })
    .map((parts) => {
      let day = '2027-01-01'
      return parts.map(([gap, days, hoursPerWeek]) => {
        const from = addDays(day, gap)
        day = addDays(from, days)
        return { period: { from, to: day }, hoursPerWeek }
      })
    }),
  reserveFloor: fc.integer({ min: 0, max: 40 }).map((count) => count / 4),
})

type Step = { kind: 'ask'; shares: { period: Period; hoursPerWeek: number }[] } | { kind: 'release'; which: number }
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.array(asked, { minLength: 1, maxLength: 4 }).map((shares) => ({ kind: 'ask' as const, shares })),
  },
  { weight: 1, arbitrary: fc.nat(20).map((which) => ({ kind: 'release' as const, which })) },
)

test('whatever is asked and released in whatever order, never more is held than offered in any week', () => {
  fc.assert(
    fc.property(capacity, fc.array(step, { maxLength: 25 }), (offer, steps) => {
      const offered = new Map(ledgerOf(offer, []).map((row) => [row.week, row.left]))
      const arrangements: Hold[][] = []
      for (const one of steps) {
        const holds = arrangements.flat()
        if (one.kind === 'release') arrangements.splice(one.which, 1)
        else if (shortfallOf(offer, holds, one.shares) === null) {
          arrangements.push(one.shares.map((share) => ({ ...share, state: 'reserved' })))
        } else {
          // A refusal is honest: the named week really has less left than was asked for it.
          const short = shortfallOf(offer, holds, one.shares)
          const row = ledgerOf(offer, holds).find(({ week }) => week === short?.week)
          expect(short?.asked).toBeGreaterThan(row?.left ?? 0)
        }
      }
      for (const { week, reserved, left } of ledgerOf(offer, arrangements.flat())) {
        expect(reserved).toBeLessThanOrEqual(offered.get(week) ?? 0)
        expect(left).toBe((offered.get(week) ?? 0) - reserved)
      }
      expect(overheldWeeks(offer, arrangements.flat(), '2027-01-01')).toEqual([])
    }),
    { numRuns: 300 },
  )
})

test('stretches say the same as the weeks they stand for', () => {
  fc.assert(
    fc.property(capacity, fc.array(asked, { maxLength: 4 }), (offer, shares) => {
      const holds = shares.map((share) => ({ ...share, state: 'agreed' as const }))
      const weeks = ledgerOf(offer, holds).map(({ week, left }) => [week, left])
      const told = leftOf(offer, holds).flatMap(({ fromWeek, toWeek, hoursPerWeek }) => {
        const result: [string, number][] = []
        for (let week = fromWeek; week < toWeek; week = addDays(week, 7)) result.push([week, hoursPerWeek])
        return result
      })
      expect(told).toEqual(weeks)
    }),
  )
})
