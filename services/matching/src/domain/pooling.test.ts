import { addDays, isHours, type Period } from '@samkraft/kernel'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  anAsked,
  id,
  kungsor,
  market,
  norberg,
  type Owner,
  relations,
  type RequestChange,
  springTerm,
  weekly,
} from '../../test/builders.ts'
import { type Asked, mostHours } from './parties.ts'
import { areAlike, asOne, misfitIn, pooledBy, poolOf, suggestPools } from './pooling.ts'
import { divided } from './pooled-match.ts'
import { rules } from './rules.ts'

const { pooling } = rules

const seats: readonly Owner[] = [
  norberg,
  kungsor,
  { organisationId: id(1982), position: { latitude: 60.00418, longitude: 15.7933 }, population: 13_000 },
  { organisationId: id(1904), position: { latitude: 59.84473, longitude: 15.69238 }, population: 4_300 },
  { organisationId: id(1984), position: { latitude: 59.39387, longitude: 15.83838 }, population: 14_000 },
]

function asked(owner: number, change: RequestChange = {}): Asked {
  return anAsked({ requestId: id(100 + owner), ...change }, seats[owner])
}

const autumn: Period = { from: '2027-08-16', to: '2027-12-18' }
const request = fc
  .record({
    owner: fc.nat(seats.length - 1),
    competence: fc.constantFrom('skolpsykolog', 'psykolog', 'specialpedagog', 'speciallarare', 'skoljurist'),
    hoursPerWeek: fc.integer({ min: 1, max: 80 }).map((quarters) => quarters / 4),
    startDays: fc.nat(200),
    weeks: fc.integer({ min: 1, max: 30 }),
  })
  .map(({ owner, competence, hoursPerWeek, startDays, weeks }) => {
    const from = addDays(springTerm.from, startDays)
    const period = { from, to: addDays(from, weeks * 7) }
    return asked(owner, { requiredCompetences: [competence], hoursPerWeek, period })
  })
const requests = fc.array(request, { maxLength: 14 })

describe('what is suggested', () => {
  test('five small needs of the same become a post, and the kilometres between them are said', () => {
    const five = seats.map((_, owner) => asked(owner))
    const [pool, ...others] = suggestPools(five, market)
    expect(others).toEqual([])
    expect(pool).toMatchObject({ hoursPerWeek: 40, period: springTerm })
    expect(new Set(pool?.members)).toEqual(new Set(five))
    expect(pool?.circuit?.km).toBeGreaterThan(100)
  })

  test('a group is of one kind of competence and of several organisations, within the limits of the rules', () => {
    fc.assert(
      fc.property(requests, (all) => {
        const pools = [...suggestPools(all, market)]
        const members = pools.flatMap((pool) => pool.members)
        expect(new Set(members).size).toBe(members.length)
        for (const pool of pools) {
          const owners = pool.members.map(({ organisationId }) => organisationId)
          expect(new Set(owners).size).toBe(owners.length)
          expect(owners.length).toBeGreaterThanOrEqual(2)
          expect(owners.length).toBeLessThanOrEqual(pooling.mostMembers)
          expect(pool.hoursPerWeek).toBeGreaterThanOrEqual(pooling.leastHours)
          expect(pool.hoursPerWeek).toBeLessThanOrEqual(pooling.mostHours)
          const [first, ...rest] = pool.members.map(pooledBy)
          for (const other of rest) expect(areAlike(first ?? '', other, relations)).toBe(true)
        }
      }),
      { numRuns: 200 },
    )
  })

  test('its hours are those of its members added up, in the weeks that all of them ask for', () => {
    fc.assert(
      fc.property(requests, (all) => {
        for (const { left, members } of suggestPools(all, market)) {
          const weeks = left.flatMap(({ fromWeek, toWeek, hoursPerWeek }) => {
            const within: { week: string; hoursPerWeek: number }[] = []
            for (let week = fromWeek; week < toWeek; week = addDays(week, 7)) within.push({ week, hoursPerWeek })
            return within
          })
          expect(weeks.length).toBeGreaterThanOrEqual(pooling.leastWeeks)
          for (const { week, hoursPerWeek } of weeks) {
            const each = members.map(({ facts }) =>
              facts.left.reduce(
                (sum, part) => (part.fromWeek <= week && week < part.toWeek ? sum + part.hoursPerWeek : sum),
                0,
              ),
            )
            expect(each.every((hours) => hours > 0)).toBe(true)
            expect(each.reduce((sum, hours) => sum + hours, 0)).toBe(hoursPerWeek)
          }
        }
      }),
      { numRuns: 200 },
    )
  })

  test.each([
    ['another competence', [asked(0), asked(1, { requiredCompetences: ['skoljurist'] })]],
    ['no time in common', [asked(0), asked(1, { period: autumn })]],
    ['too few weeks in common', [asked(0), asked(1, { period: { from: '2027-05-24', to: '2027-10-01' } })]],
    ['the same organisation', [asked(0), asked(0)]],
    ['too few hours together', [asked(0, { hoursPerWeek: 4 }), asked(1, { hoursPerWeek: 4 })]],
    ['more than a post together', [asked(0, { hoursPerWeek: 24 }), asked(1, { hoursPerWeek: 20 })]],
  ])('nothing of %s', (_, all) => {
    expect([...suggestPools(all, market)]).toEqual([])
  })
})

test('whoever asks for one pool does not wait until all needs of a county are put in some', () => {
  const many = Array.from({ length: 100 }, (_, number) =>
    asked(number % seats.length, { requestId: id(1_000 + number) }),
  )
  let compared = 0
  const between: typeof relations.between = (one, other) => {
    compared += 1
    return relations.between(one, other)
  }
  const [first] = suggestPools(many, { ...market, relations: { ...relations, between } })
  expect(first?.members).toHaveLength(seats.length)
  expect(compared).toBeLessThan(10 * many.length)
})

test('the way round the seats is sought for those that become a pool, and not for each that might', () => {
  let asked = 0
  const many = Array.from({ length: 500 }, (_, number) => {
    const owner = { ...norberg, organisationId: id(3_000 + (number % 50)) }
    return {
      ...anAsked({ requestId: id(5_000 + number), hoursPerWeek: 5 }, owner),
      get position() {
        asked += 1
        return norberg.position
      },
    }
  })
  expect([...suggestPools(many, market)][0]?.members).toHaveLength(8)
  expect(asked).toBeLessThan(100 * many.length)
})

describe('who fits in', () => {
  const pool = { competence: 'skolpsykolog', members: [asked(0), asked(1)] }

  test('one more of the same, and why another does not', () => {
    expect(misfitIn(pool, asked(2), market)).toBeNull()
    expect(misfitIn(pool, asked(2, { requiredCompetences: ['skoljurist'] }), market)).toBe('other_competence')
    expect(misfitIn(pool, asked(2, { period: autumn }), market)).toBe('other_period')
    expect(misfitIn(pool, asked(1), market)).toBe('same_organisation')
    const nine = Array.from({ length: pooling.mostMembers }, (_, number) =>
      anAsked({}, { ...norberg, organisationId: id(number) }),
    )
    expect(misfitIn({ ...pool, members: nine }, asked(2), market)).toBe('full')
  })
})

describe('a pool as one request', () => {
  test('asks for all that its members require, as the strictest of them does', () => {
    const pool = poolOf(
      [
        asked(0, { place: 'remote', licenceRequired: false, highestOrePerHour: 70_000, least: 2 }),
        asked(1, { place: 'on_site', periodFixed: false, highestOrePerHour: null, least: 6 }),
        asked(2, { requiredCompetences: ['skolpsykolog', 'specialpedagog'], highestOrePerHour: 60_000, least: 4 }),
      ],
      market.fromWeek,
    )
    expect(asOne(pool).facts).toMatchObject({
      requiredCompetences: ['skolpsykolog', 'specialpedagog'],
      place: 'on_site',
      licenceRequired: true,
      periodFixed: true,
      highestOrePerHour: 60_000,
      least: 6,
      left: weekly(springTerm, 24),
    })
    expect(asOne(pool)).toMatchObject({ population: Math.round((5_351 + 8_550 + 13_000) / 3), balance: { given: 0 } })
  })
})

test('hours are divided in quarters, never more than there are, nobody gets too little or more than asked for', () => {
  const always = { from: '2026-01-05', to: '2029-01-01' }
  const hours = fc.integer({ min: 0, max: 240 }).map((quarters) => quarters / 4)
  fc.assert(
    fc.property(requests, hours, (members, hoursPerWeek) => {
      const shares = divided(members, hoursPerWeek, [always])
      expect(shares.reduce((sum, share) => sum + share.hoursPerWeek, 0)).toBeLessThanOrEqual(hoursPerWeek)
      for (const { member, hoursPerWeek: given } of shares) {
        const most = mostHours(member.facts.left)
        expect(isHours(given)).toBe(true)
        expect(given).toBeLessThanOrEqual(most)
        expect(given).toBeGreaterThanOrEqual(Math.min(member.facts.least, most))
      }
    }),
  )
  const two = [asked(0), asked(1)]
  expect(divided(two, 10, [always]).map((share) => share.hoursPerWeek)).toEqual([6, 4])
  expect(divided(two, 16, [always]).map((share) => share.hoursPerWeek)).toEqual([8, 8])
  expect(divided(two, 7, [always]).map((share) => share.hoursPerWeek)).toEqual([7])
})
