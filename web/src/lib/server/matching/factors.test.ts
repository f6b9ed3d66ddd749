import type { MatchFactor } from '@samkraft/contracts/matching'
import { expect, test } from 'vitest'
import { format, m } from '#lib/i18n.ts'
import { distanceSaid, placesIn, reasonsOf } from './factors.ts'

const term = { from: '2027-01-11', to: '2027-06-12' }

const names = { competence: (slug: string) => slug, place: (id: string) => `kommun ${id}` }

type PeriodFactor = Extract<MatchFactor, { factor: 'period' }>

function periodReason(covered: { from: string; to: string }, other: Partial<PeriodFactor> = {}) {
  const factor: PeriodFactor = {
    factor: 'period',
    outcome: 'hit',
    points: 20,
    max: 20,
    evidence: { weeks: 14, askedWeeks: 14, covered, asked: term, fixed: true },
    missing: null,
    ...other,
  }
  return reasonsOf([factor], names).map(({ text }) => text)
}

test('a match that covers the whole period says so, and one that covers what others have left says which weeks', () => {
  expect(periodReason(term)).toEqual([m.period_hit({ weeks: 'v.\u00a02–23' })])
  // The same weeks, though the offer begins some days into the first.
  expect(periodReason({ ...term, from: '2027-01-13' })).toEqual([m.period_hit({ weeks: 'v.\u00a02–23' })])
  expect(periodReason({ ...term, from: '2027-03-08' })).toEqual([m.period_hit_lacking({ weeks: 'v.\u00a010–23' })])
})

test('what begins later than asked for says in which week it does, also when a summer lies before it', () => {
  const autumn = { from: '2027-08-16', to: '2027-12-18' }
  const evidence = { weeks: 18, askedWeeks: 40, covered: autumn, asked: { ...term, to: autumn.to }, fixed: true }
  const missing = { weeks: 22, ranges: [{ fromWeek: '2027-01-11', toWeek: '2027-06-14' }] }
  expect(periodReason(autumn, { evidence, missing })).toEqual([
    m.period_starts({ weeks: '18', asked: '40', week: 'v.\u00a033' }),
  ])
})

test('a distance between other places than the owners’ says from where to where, and one within a place says which', () => {
  const factor: MatchFactor = {
    factor: 'place',
    outcome: 'part',
    points: 7,
    max: 15,
    evidence: { asked: 'on_site', offered: 'hybrid', km: 60, travelKm: 60, between: { from: '1980', to: '1962' } },
    missing: { reason: 'far' },
  }
  const { evidence } = factor
  const [distance, from, to] = ['60\u00a0km', 'kommun 1980', 'kommun 1962']
  const said = m.match_km_between({ distance, from, to })
  expect(placesIn([factor])).toEqual(['1980', '1962'])
  expect(reasonsOf([factor], names).map(({ text }) => text)).toEqual([m.place_far({ distance: said })])
  expect(distanceSaid({ ...evidence, between: undefined }, names.place)).toBe(m.match_km({ distance }))
  expect(distanceSaid({ km: 0, between: { from: '1962', to: '1962' } }, names.place)).toBe(
    m.match_same_place({ place: to }),
  )
  expect(distanceSaid({ ...evidence, km: null }, names.place)).toBeNull()
})

test('of several who are seen as one, the distance is told as each one’s part of the round trip, or as that to the farthest', () => {
  const evidence = { asked: 'on_site', offered: 'hybrid', km: 30, travelKm: 60, averageOf: 2 } as const
  const place = { factor: 'place', outcome: 'part', points: 7, max: 15, evidence, missing: { reason: 'far' } } as const
  const said = (factor: MatchFactor) => reasonsOf([factor], names).map(({ text }) => text)
  const each = m.match_km_each({ distance: '30\u00a0km' })
  expect(said(place)).toEqual([m.place_far({ distance: each })])
  expect(said({ ...place, missing: null })).toEqual([m.place_hit_near({ distance: each })])
  const farthest = m.match_km_farthest({ distance: '72\u00a0km' })
  expect(said({ ...place, evidence: { ...evidence, km: 72 }, missing: { reason: 'beyond_travel' } })).toEqual([
    m.place_beyond_travel({ distance: farthest, travel: '60\u00a0km' }),
  ])
})

test('of several who are seen as one, what is their average is told as that', () => {
  const scored = { outcome: 'hit', points: 2, max: 2 } as const
  const said = (averageOf?: number) =>
    reasonsOf(
      [
        {
          ...scored,
          factor: 'small_municipality',
          evidence: { population: 10_733, atMost: 20_000, averageOf },
          missing: null,
        },
        { ...scored, factor: 'give_take', evidence: { given: 0, taken: 115.5, free: 400, averageOf }, missing: null },
      ],
      names,
    ).map(({ text }) => text)
  const population = format.number(10_733)
  expect(said()).toEqual([m.small_yes({ population }), m.give_take_hit({ given: '0', taken: format.number(115.5) })])
  expect(said(2)).toEqual([m.small_yes_average({ population }), m.give_take_hit_average({ given: '0', taken: '116' })])
})
