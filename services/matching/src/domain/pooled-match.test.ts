import { expect, test } from 'vitest'
import { anAsked, anOffered, id, kungsor, market, norberg, springTerm, vasteras, weekly } from '../../test/builders.ts'
import { poolOf } from './pooling.ts'
import { scorePool } from './pooled-match.ts'

const fagersta = {
  organisationId: id(1982),
  position: { latitude: 60.00418, longitude: 15.7933 },
  population: 13_000,
}
const three = [norberg, fagersta, kungsor].map((owner) => anAsked({}, owner))
const pool = poolOf(three, market.fromWeek)

test('an offer serves a pool as it serves a request, with the round trip from its own seat', () => {
  const found = scorePool(pool, anOffered({ hoursPerWeek: 24, travelKm: 100 }), market)
  expect(found?.scored).toMatchObject({ group: 'full', hoursPerWeek: 24, askedHoursPerWeek: 24, period: springTerm })
  expect(found?.shares.map(({ hoursPerWeek }) => hoursPerWeek)).toEqual([8, 8, 8])
  // Norberg and Fagersta lie on one way: the trip is shorter than three there and back.
  expect(found?.circuitKm).toBeLessThan(2 * (60 + 60 + 34))
  const place = found?.scored.factors.find(({ factor }) => factor === 'place')
  expect(place?.evidence).toMatchObject({ km: Math.round((found?.circuitKm ?? 0) / 6) })
})

test('where the hours are too few for all, the first get what helps them', () => {
  const found = scorePool(pool, anOffered({ hoursPerWeek: 10, travelKm: 100 }), market)
  expect(found?.scored).toMatchObject({ group: 'partial', hoursPerWeek: 10 })
  expect(found?.shares.map(({ member, hoursPerWeek }) => [member.organisationId, hoursPerWeek])).toEqual([
    [norberg.organisationId, 6],
    [fagersta.organisationId, 4],
  ])
})

test('the slice that the offer is divided into is for all of them together', () => {
  const post = anOffered({ hoursPerWeek: 40, slice: 20, travelKm: 100 })
  expect(scorePool(pool, post, market)?.shares.map(({ hoursPerWeek }) => hoursPerWeek)).toEqual([8, 8, 8])
  const two = poolOf(three.slice(0, 2), market.fromWeek)
  expect(scorePool(two, post, market)).toBeNull()
})

test('a member farther away than the offer travels takes the points for place', () => {
  const place = (travelKm: number) =>
    scorePool(pool, anOffered({ hoursPerWeek: 24, travelKm }), market)?.scored.factors.find(
      ({ factor }) => factor === 'place',
    )
  expect(place(40)).toMatchObject({ points: 0, missing: { reason: 'beyond_travel' } })
  expect(place(100)?.points).toBeGreaterThan(0)
})

test('no match: hours for one only, another competence, or one of the members itself', () => {
  expect(scorePool(pool, anOffered({ hoursPerWeek: 6 }), market)).toBeNull()
  expect(scorePool(pool, anOffered({ hoursPerWeek: 24, mainCompetence: 'skoljurist' }), market)).toBeNull()
  expect(scorePool(pool, anOffered({ hoursPerWeek: 24 }, norberg), market)).toBeNull()
  expect(scorePool(pool, anOffered({ hoursPerWeek: 24 }, vasteras), market)).not.toBeNull()
})

test('each gets of an offer no more than it asks for in those weeks, whatever it asks for in others', () => {
  const autumn = { from: '2027-08-16', to: '2027-12-18' }
  const [one, other] = [norberg, fagersta].map((owner, at) => {
    const segments = [
      { period: springTerm, hoursPerWeek: at === 0 ? 20 : 8 },
      { period: autumn, hoursPerWeek: at === 0 ? 5 : 8 },
    ]
    return anAsked(
      { segments, left: segments.flatMap(({ period, hoursPerWeek }) => weekly(period, hoursPerWeek)) },
      owner,
    )
  })
  const both = poolOf(
    [one, other].flatMap((member) => member ?? []),
    autumn.from,
  )
  const found = scorePool(both, anOffered({ hoursPerWeek: 12, period: autumn, travelKm: 100 }), {
    ...market,
    fromWeek: autumn.from,
  })
  expect(found?.scored).toMatchObject({ hoursPerWeek: 12, askedHoursPerWeek: 13 })
  expect(found?.shares.map(({ hoursPerWeek }) => hoursPerWeek)).toEqual([5, 7])
})
