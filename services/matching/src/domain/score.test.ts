import { type FactorCode, factorCodes, MatchFactor } from '@samkraft/contracts/matching'
import { expect, test } from 'vitest'
import { anAsked, anOffered, kungsor, market, springTerm, vasteras, weekly } from '../../test/builders.ts'
import { improvements } from './improvement.ts'
import { rules } from './rules.ts'
import { score, type Scored } from './score.ts'

function factorOf<Name extends FactorCode>(match: Scored | null, name: Name) {
  const found = match?.factors.find((factor) => factor.factor === name)
  if (!found) throw new Error(`no factor ${name}`)
  return found as Extract<MatchFactor, { factor: Name }>
}

const tenLeft = { left: weekly(springTerm, 10) }

test('the weights sum to a hundred, and every factor has one', () => {
  expect(Object.values(rules.factors).reduce((sum, { max }) => sum + max, 0)).toBe(rules.total)
  expect(Object.keys(rules.factors)).toEqual(factorCodes)
})

test('Västerås serves all that Norberg asks for; the one miss is the journey', () => {
  const match = score(anAsked(), anOffered(), market)
  expect(match).toMatchObject({ group: 'full', hoursPerWeek: 8, askedHoursPerWeek: 8, period: springTerm, km: 60 })
  expect(match?.factors.map(({ factor }) => factor)).toEqual(factorCodes)
  expect(match?.factors.filter(({ outcome }) => outcome !== 'hit')).toEqual([
    {
      factor: 'place',
      points: 7,
      max: 15,
      outcome: 'part',
      evidence: { asked: 'on_site', offered: 'hybrid', km: 60, travelKm: 60 },
      missing: { reason: 'far' },
    },
  ])
  expect(match?.score).toBe(92)
})

test('the journey would cost nothing at a distance, and exactly that is said', () => {
  const [request, offer] = [anAsked(), anOffered()]
  const match = score(request, offer, market)
  expect(match && improvements(request, offer, market, match)).toEqual([{ code: 'request_accept_remote', points: 8 }])
})

test('ten of the twelve hours Kungsör asks for are a partial match, and two more would make it full', () => {
  const [request, offer] = [anAsked({ hoursPerWeek: 12 }, kungsor), anOffered(tenLeft)]
  const match = score(request, offer, market)
  expect(match).toMatchObject({ group: 'partial', hoursPerWeek: 10, askedHoursPerWeek: 12, period: springTerm })
  expect(factorOf(match, 'extent')).toEqual({
    factor: 'extent',
    points: 17,
    max: 20,
    outcome: 'part',
    evidence: { hoursPerWeek: 10, asked: 12, least: 4, slice: 4 },
    missing: { reason: 'fewer', hoursPerWeek: 2 },
  })
  expect(match && improvements(request, offer, market, match)).toContainEqual({
    code: 'offer_more_hours',
    hoursPerWeek: 2,
    weeks: { fromWeek: '2027-01-11', toWeek: '2027-06-14' },
    points: 3,
  })
})

test('an offer that starts later covers part of the period, and says which weeks are missing', () => {
  const match = score(anAsked(), anOffered({ period: { from: '2027-03-01', to: '2027-06-12' } }), market)
  expect(match).toMatchObject({
    group: 'part_of_period',
    hoursPerWeek: 8,
    period: { from: '2027-03-01', to: '2027-06-12' },
  })
  expect(factorOf(match, 'period')).toMatchObject({
    evidence: { weeks: 15, askedWeeks: 22 },
    missing: { weeks: 7, ranges: [{ fromWeek: '2027-01-11', toWeek: '2027-03-01' }] },
  })
})

test('weeks missed weigh half when the dates may move', () => {
  const offer = anOffered({ period: { from: '2027-03-01', to: '2027-06-12' } })
  const fixed = factorOf(score(anAsked(), offer, market), 'period').points
  const flexible = factorOf(score(anAsked({ periodFixed: false }), offer, market), 'period').points
  expect([fixed, flexible]).toEqual([8, 10])
})

test('of an uneven capacity the share with the most points is offered', () => {
  const uneven = [
    { fromWeek: '2027-01-11', toWeek: '2027-03-29', hoursPerWeek: 16 },
    { fromWeek: '2027-03-29', toWeek: '2027-06-14', hoursPerWeek: 10 },
  ]
  expect(score(anAsked({ hoursPerWeek: 12 }), anOffered({ left: uneven }), market)).toMatchObject({
    group: 'partial',
    hoursPerWeek: 10,
  })
  const steep = uneven.map((part, index) => ({ ...part, hoursPerWeek: index === 0 ? 16 : 4 }))
  expect(score(anAsked({ hoursPerWeek: 12 }), anOffered({ left: steep }), market)).toMatchObject({
    group: 'part_of_period',
    hoursPerWeek: 12,
    period: { from: '2027-01-11', to: '2027-03-29' },
  })
})

test('a break in what is asked for does not break the share', () => {
  const left = [
    { fromWeek: '2027-01-11', toWeek: '2027-03-29', hoursPerWeek: 8 },
    { fromWeek: '2027-03-29', toWeek: '2027-04-12', hoursPerWeek: 0 },
    { fromWeek: '2027-04-12', toWeek: '2027-06-14', hoursPerWeek: 8 },
  ]
  const match = score(anAsked({ left }), anOffered({ left }), market)
  expect(match).toMatchObject({ group: 'full', period: springTerm })
  expect(factorOf(match, 'period').evidence).toMatchObject({ weeks: 20, askedWeeks: 20 })
})

test('a request that ends in the week in which the offer begins has nothing in common with it', () => {
  const request = anAsked({ segments: [{ period: { from: '2027-01-11', to: '2027-06-10' }, hoursPerWeek: 8 }] })
  const offer = anOffered({ segments: [{ period: { from: '2027-06-11', to: '2027-12-18' }, hoursPerWeek: 8 }] })
  const week = [{ fromWeek: '2027-06-07', toWeek: '2027-06-14', hoursPerWeek: 8 }]
  const match = score(
    { ...request, facts: { ...request.facts, left: week } },
    { ...offer, facts: { ...offer.facts, left: week } },
    market,
  )
  expect(match).toBeNull()
})

test('no more is needed to help than is still asked for', () => {
  const request = anAsked({ least: 4, left: weekly(springTerm, 2) })
  const offer = anOffered({ slice: 1, left: weekly(springTerm, 1) })
  expect(factorOf(score(request, offer, market), 'extent')).toMatchObject({
    evidence: { hoursPerWeek: 1, asked: 2, least: 2 },
    missing: { reason: 'below_least', hoursPerWeek: 1 },
  })
})

test.each([
  ['fewer hours than help', anAsked({ least: 6 }), anOffered({ left: weekly(springTerm, 4) }), 'below_least', 2],
  ['less than the offer is divided into', anAsked({ hoursPerWeek: 2, least: 1 }), anOffered(), 'below_slice', 2],
] as const)('%s make a near miss', (_, request, offer, reason, hoursPerWeek) => {
  const match = score(request, offer, market)
  expect(match).toMatchObject({ group: 'near', period: null })
  expect(factorOf(match, 'extent').missing).toEqual({ reason, hoursPerWeek })
  expect(factorOf(match, 'period')).toMatchObject({ points: 0, evidence: { weeks: 0, covered: null } })
})

test('the last hours of a request help even when they are fewer than the least', () => {
  expect(score(anAsked({ left: weekly(springTerm, 2) }), anOffered({ slice: 1 }), market)).toMatchObject({
    group: 'full',
    hoursPerWeek: 2,
  })
})

test.each([
  ['neuropsykolog', 36, 'full', 'narrower'],
  ['pla', 36, 'full', 'narrower'],
] as const)('%s instead of skolpsykolog gives %i points', (mainCompetence, points, group, relation) => {
  const match = score(anAsked(), anOffered({ mainCompetence }), market)
  expect(match?.group).toBe(group)
  expect(factorOf(match, 'competence')).toMatchObject({ points, evidence: { required: [{ relation }] } })
})

test('a lower degree of substitutability is a near miss, a higher one serves', () => {
  const request = anAsked({ requiredCompetences: ['utredare'], licenceRequired: false })
  const groupFor = (mainCompetence: string) => score(request, anOffered({ mainCompetence }), market)?.group
  expect([groupFor('lokalplanerare'), groupFor('statistiker'), groupFor('kostchef')]).toEqual([
    'full',
    'near',
    undefined,
  ])
})

test('any of what is offered may be what fits, and all that is required must', () => {
  const both = anAsked({ requiredCompetences: ['skolpsykolog', 'specialpedagog'] })
  expect(score(both, anOffered(), market)).toMatchObject({ group: 'near' })
  expect(
    score(both, anOffered({ mainCompetence: 'kurator', otherCompetences: ['specialpedagog', 'pla'] }), market),
  ).toMatchObject({
    group: 'full',
  })
})

test('a preferred competence gives its part of the points and is never required', () => {
  const request = anAsked({ preferredCompetences: ['specialpedagog'] })
  const points = (otherCompetences: string[]) =>
    factorOf(score(request, anOffered({ otherCompetences }), market), 'competence').points
  expect([points([]), points(['specialpedagog'])]).toEqual([34, 40])
  expect(score(request, anOffered(), market)?.group).toBe('full')
})

test.each([
  ['documented', 40, 'full'],
  ['claimed', 38, 'full'],
  ['none', 20, 'near'],
] as const)('a licence that is %s where one is required: %i points, %s', (licence, points, group) => {
  const match = score(anAsked(), anOffered({ licence }), market)
  expect(match?.group).toBe(group)
  expect(factorOf(match, 'competence').points).toBe(points)
})

test.each([
  ['on_site', 'remote', 0, 'only_remote'],
  ['hybrid', 'remote', 8, 'only_remote'],
  ['remote', 'remote', 15, undefined],
  ['remote', 'hybrid', 15, undefined],
  ['remote', 'on_site', 5, 'only_on_site'],
  ['hybrid', 'hybrid', 11, 'far'],
  ['on_site', 'on_site', 7, 'far'],
] as const)('%s asked for, %s offered, 60 km apart: %i points', (asked, offered, points, reason) => {
  const factor = factorOf(score(anAsked({ place: asked }), anOffered({ place: offered }), market), 'place')
  expect(factor.points).toBe(points)
  expect(factor.missing?.reason).toBe(reason)
})

test('farther than the offer travels gives no points for place, but is still a match', () => {
  const match = score(anAsked(), anOffered({ travelKm: 40 }), market)
  expect(match?.group).toBe('full')
  expect(factorOf(match, 'place')).toMatchObject({ points: 0, outcome: 'miss', missing: { reason: 'beyond_travel' } })
})

test.each([
  [null, 65_000, 4, null],
  [70_000, 65_000, 4, null],
  [60_000, 66_000, 3, { reason: 'above', ore: 6_000 }],
  [60_000, 90_000, 0, { reason: 'above', ore: 30_000 }],
  [60_000, null, 2, { reason: 'not_said' }],
] as const)('at most %s öre asked, %s offered: %i points', (highestOrePerHour, orePerHour, points, missing) => {
  expect(factorOf(score(anAsked({ highestOrePerHour }), anOffered({ orePerHour }), market), 'cost')).toMatchObject({
    points,
    missing,
  })
})

test('who has taken much and given nothing loses the points for give and take, and is told how much is lacking', () => {
  const request = { ...anAsked(), balance: { given: 0, taken: 1_600 } }
  expect(factorOf(score(request, anOffered(), market), 'give_take')).toMatchObject({
    points: 1,
    evidence: { given: 0, taken: 1_600, free: 400 },
    missing: { hours: 1_200 },
  })
})

test('the own organisation, no hours in common and no competence that is related are the hard stops', () => {
  expect(rules.hardStops).toHaveLength(3)
  expect(score(anAsked({}, vasteras), anOffered(), market)).toBeNull()
  expect(score(anAsked(), anOffered({ mainCompetence: 'kostchef' }), market)).toBeNull()
  expect(score(anAsked(), anOffered({ period: { from: '2027-08-16', to: '2027-12-18' } }), market)).toBeNull()
  expect(score(anAsked(), anOffered({ left: weekly(springTerm, 0) }), market)).toBeNull()
  expect(score(anAsked(), anOffered(), { ...market, fromWeek: '2027-06-14' })).toBeNull()
})

test('a match is what the contract says it is', () => {
  const factors = score(anAsked(), anOffered(), market)?.factors ?? []
  expect(factors.map((factor) => MatchFactor.parse(factor))).toEqual(factors)
  expect(factors).toHaveLength(factorCodes.length)
})
