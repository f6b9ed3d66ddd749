import { Improvement, MatchFactor } from '@samkraft/contracts/matching'
import { addDays, overlap, type Period, weeksOf } from '@samkraft/kernel'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anAsked, anOffered, id, market } from '../../test/builders.ts'
import { improvements } from './improvement.ts'
import { keepBest } from './keep.ts'
import { type Asked, distanceKm, type Offered } from './parties.ts'
import { score, type Scored } from './score.ts'

const slugs = [
  'skolpsykolog',
  'neuropsykolog',
  'skolkurator',
  'specialpedagog',
  'npf-handledare',
  'utredare',
  'statistiker',
]
const place = fc.constantFrom('on_site', 'remote', 'hybrid' as const)
const placeOrganisationId = fc.option(fc.constantFrom(id(1), id(2), id(3)))
const hours = fc.integer({ min: 1, max: 160 }).map((quarters) => quarters / 4)
const position = fc.option(
  fc.record({
    latitude: fc.double({ min: 55, max: 69, noNaN: true }),
    longitude: fc.double({ min: 11, max: 24, noNaN: true }),
  }),
)

/** Hours week by week over at most forty weeks from the spring term of 2027 on, in stretches, some of them empty. */
const left = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 0, max: 80 })), { minLength: 1, maxLength: 5 })
  .map((stretches) => {
    let week = '2027-01-11'
    return stretches.map(([weeks, quarters]) => {
      const fromWeek = week
      week = addDays(week, weeks * 7)
      return { fromWeek, toWeek: week, hoursPerWeek: quarters / 4 }
    })
  })

/** The days they come from: hours are left in no week beyond them. */
const daysOf = ({ left }: Pick<Asked['facts'], 'left'>) => [
  { period: { from: '2027-01-11', to: left.at(-1)?.toWeek ?? '2027-01-18' }, hoursPerWeek: 20 },
]

const asked: fc.Arbitrary<Asked> = fc
  .record({
    organisationId: fc.constantFrom(id(1), id(2), id(3)),
    position,
    population: fc.option(fc.integer({ min: 2_000, max: 900_000 })),
    balance: fc.record({ given: fc.integer({ min: 0, max: 3_000 }), taken: fc.integer({ min: 0, max: 3_000 }) }),
    facts: fc.record({
      requiredCompetences: fc.uniqueArray(fc.constantFrom(...slugs), { minLength: 1, maxLength: 3 }),
      preferredCompetences: fc.uniqueArray(fc.constantFrom(...slugs), { maxLength: 2 }),
      licenceRequired: fc.boolean(),
      least: hours,
      periodFixed: fc.boolean(),
      place,
      placeOrganisationId,
      focusAreas: fc.uniqueArray(fc.constantFrom('elevhalsa', 'digitalisering'), { maxLength: 2 }),
      languages: fc.uniqueArray(fc.constantFrom('ar', 'so', 'fi'), { maxLength: 3 }),
      highestOrePerHour: fc.option(fc.integer({ min: 0, max: 150_000 })),
      left,
    }),
  })
  .map(({ facts, ...request }) => ({ ...request, facts: anAsked({ ...facts, segments: daysOf(facts) }).facts }))

const offered: fc.Arbitrary<Offered> = fc
  .record({
    organisationId: fc.constantFrom(id(1), id(2), id(3)),
    position,
    facts: fc.record({
      offerId: fc.integer({ min: 1, max: 9_999 }).map(id),
      mainCompetence: fc.constantFrom(...slugs),
      otherCompetences: fc.uniqueArray(fc.constantFrom(...slugs), { maxLength: 3 }),
      licence: fc.constantFrom('none', 'claimed', 'documented' as const),
      slice: hours,
      place,
      placeOrganisationId,
      travelKm: fc.option(fc.integer({ min: 0, max: 300 })),
      focusAreas: fc.uniqueArray(fc.constantFrom('elevhalsa', 'digitalisering'), { maxLength: 2 }),
      languages: fc.uniqueArray(fc.constantFrom('ar', 'so', 'fi'), { maxLength: 3 }),
      costModel: fc.constantFrom('actual_hours', 'none', 'fixed_yearly' as const),
      orePerHour: fc.option(fc.integer({ min: 0, max: 150_000 })),
      left,
    }),
  })
  .map(({ facts, ...offer }) => ({ ...offer, facts: anOffered({ ...facts, segments: daysOf(facts) }).facts }))

test('a score is the sum of its factors, each within its bounds, and 0–100', () => {
  fc.assert(
    fc.property(asked, offered, (request, offer) => {
      const match = score(request, offer, market)
      if (!match) return
      expect(match.score).toBe(match.factors.reduce((sum, { points }) => sum + points, 0))
      expect(match.score).toBeGreaterThanOrEqual(0)
      expect(match.score).toBeLessThanOrEqual(100)
      for (const factor of match.factors) {
        expect(MatchFactor.parse(factor)).toEqual(factor)
        expect(factor.outcome).toBe(factor.points === factor.max ? 'hit' : factor.points === 0 ? 'miss' : 'part')
        if (factor.factor !== 'small_municipality') expect(factor.missing === null).toBe(factor.outcome === 'hit')
      }
    }),
  )
})

test('the places are named where either side is elsewhere than at its owner’s, and nowhere else', () => {
  fc.assert(
    fc.property(asked, offered, (request, offer) => {
      const place = score(request, offer, market)?.factors.find(({ factor }) => factor === 'place')
      if (place?.factor !== 'place') return
      const [from, to] = [offer.facts.placeOrganisationId, request.facts.placeOrganisationId]
      const between = { from: from ?? offer.organisationId, to: to ?? request.organisationId }
      expect(place.evidence.between).toEqual(from || to ? between : undefined)
      expect(place.evidence.km).toBe(distanceKm(offer.position, request.position))
    }),
  )
})

test('the own organisation never matches', () => {
  fc.assert(
    fc.property(asked, offered, (request, offer) => {
      expect(score(request, { ...offer, organisationId: request.organisationId }, market)).toBeNull()
    }),
  )
})

test('more capacity in any weeks never lowers the score, nor turns help into a near miss', () => {
  fc.assert(
    fc.property(asked, offered, fc.array(hours, { minLength: 5, maxLength: 5 }), (request, offer, more) => {
      const raised = offer.facts.left.map((part, index) => ({
        ...part,
        hoursPerWeek: part.hoursPerWeek + (more[index] ?? 0),
      }))
      const before = score(request, offer, market)
      const after = score(request, { ...offer, facts: { ...offer.facts, left: raised } }, market)
      if (!before) return
      expect(after?.score).toBeGreaterThanOrEqual(before.score)
      if (before.group !== 'near') expect(after?.group).not.toBe('near')
    }),
    { numRuns: 1_000 },
  )
})

test('the group is what the evidence says', () => {
  fc.assert(
    fc.property(asked, offered, (request, offer) => {
      const match = score(request, offer, market)
      if (!match) return
      expect(match.group).toBe(groupByEvidence(match))
    }),
    { numRuns: 1_000 },
  )
})

function groupByEvidence({ factors }: Scored): string {
  let near = false
  let weeksMissing = false
  let hoursMissing = false
  for (const factor of factors) {
    if (factor.factor === 'extent') {
      near ||= factor.missing !== null && factor.missing.reason !== 'fewer'
      hoursMissing = factor.missing !== null
    }
    if (factor.factor === 'period') weeksMissing = factor.missing !== null
    if (factor.factor === 'competence') {
      const { required, licence } = factor.evidence
      near ||= licence.required && licence.state === 'none'
      near ||= required.some(
        ({ relation, source }) =>
          relation === 'none' ||
          relation === 'related' ||
          (source.from === 'substitutability' && source.percentage === 25),
      )
    }
  }
  return near ? 'near' : weeksMissing ? 'part_of_period' : hoursMissing ? 'partial' : 'full'
}

test('the hours of a share that helps are there in every week it covers', () => {
  fc.assert(
    fc.property(asked, offered, (request, offer) => {
      const match = score(request, offer, market)
      if (!match?.period) return
      const { period, hoursPerWeek } = match
      for (let week = period.from; week < period.to; week = addDays(week, 7)) {
        const at = (parts: typeof offer.facts.left) =>
          parts.find(({ fromWeek, toWeek }) => fromWeek <= week && week < toWeek)?.hoursPerWeek ?? 0
        expect(at(offer.facts.left)).toBeGreaterThanOrEqual(Math.min(hoursPerWeek, at(request.facts.left)))
      }
      expect(hoursPerWeek).toBeGreaterThanOrEqual(offer.facts.slice)
    }),
    { numRuns: 1_000 },
  )
})

/** One or two periods with the same hours in all, as the ledger keeps them: week by week, also those that begin or end midweek. */
const periods = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 80 }), fc.integer({ min: 1, max: 60 })), { minLength: 1, maxLength: 2 })
  .map((steps) => {
    let day = '2027-01-11'
    return steps.map(([pause, length]): Period => {
      const from = addDays(day, pause)
      day = addDays(from, length)
      return { from, to: day }
    })
  })
const during = (some: readonly Period[]) => ({
  segments: some.map((period) => ({ period, hoursPerWeek: 8 })),
  left: [...new Set(some.flatMap(weeksOf))]
    .sort()
    .map((week) => ({ fromWeek: week, toWeek: addDays(week, 7), hoursPerWeek: 8 })),
})

test('hours follow the days: a week counts where both have a working day in common', () => {
  fc.assert(
    fc.property(periods, periods, (asks, offers) => {
      const match = score(anAsked({ ...during(asks), periodFixed: false }), anOffered(during(offers)), market)
      const common = asks.flatMap((one) => offers.flatMap((other) => overlap(one, other) ?? []))
      const weeks = new Set(common.flatMap(weeksOf)).size
      if (weeks === 0) {
        expect(match).toBeNull()
        return
      }
      const evidence = match?.factors.flatMap((one) => (one.factor === 'period' ? [one.evidence.weeks] : []))[0] ?? 0
      expect(evidence).toBeGreaterThan(0)
      expect(evidence).toBeLessThanOrEqual(weeks)
      if (asks.length === 1 && offers.length === 1)
        expect(match?.period && weeksOf(match.period)).toEqual(common.flatMap(weeksOf))
    }),
    { numRuns: 1_000 },
  )
})

test('the order in which competences, languages and weeks are written does not matter', () => {
  fc.assert(
    fc.property(asked, offered, (request, offer) => {
      const turned = {
        ...offer.facts,
        otherCompetences: offer.facts.otherCompetences.toReversed(),
        languages: offer.facts.languages.toReversed(),
        left: offer.facts.left.toReversed(),
      }
      const languages = request.facts.languages.toReversed()
      const asBefore = score(request, offer, market)
      const asTurned = score(
        { ...request, facts: { ...request.facts, languages, left: request.facts.left.toReversed() } },
        { ...offer, facts: turned },
        market,
      )
      expect(asTurned).toEqual(asBefore)
    }),
  )
})

test('which matches are kept does not depend on the order in which offers are looked at', () => {
  fc.assert(
    fc.property(asked, fc.array(offered, { maxLength: 80 }), (request, offers) => {
      const ranked = offers.flatMap((offer) => {
        const match = score(request, offer, market)
        return match ? [{ ...match, offerId: offer.facts.offerId }] : []
      })
      const unique = [...new Map(ranked.map((match) => [match.offerId, match])).values()]
      expect(keepBest(unique.toReversed())).toEqual(keepBest(unique))
      const { kept } = keepBest(unique)
      expect(kept.filter(({ group }) => group === 'near').length).toBeLessThanOrEqual(5)
    }),
  )
})

test('every improvement gains points and is one the contract knows', () => {
  fc.assert(
    fc.property(asked, offered, (request, offer) => {
      const match = score(request, offer, market)
      if (!match) return
      for (const improvement of improvements(request, offer, market, match)) {
        expect(Improvement.parse(improvement)).toEqual(improvement)
        expect(match.score + improvement.points).toBeLessThanOrEqual(100)
      }
    }),
  )
})

test('as many hours more as are said, in the weeks that are said, gain the points that are said', () => {
  const alike = fc.tuple(asked, offered).map(([request, offer]) => ({
    request: { ...request, organisationId: id(1), facts: { ...request.facts, requiredCompetences: ['skolpsykolog'] } },
    offer: { ...offer, organisationId: id(2), facts: { ...offer.facts, mainCompetence: 'skolpsykolog' } },
  }))
  fc.assert(
    fc.property(alike, ({ request, offer }) => {
      const match = score(request, offer, market)
      if (!match) return
      for (const improvement of improvements(request, offer, market, match)) {
        if (improvement.code !== 'offer_more_hours') continue
        const { hoursPerWeek, weeks } = improvement
        // Week by week, so that this does not depend on how the stretches lie to each other.
        const more = weeksOf({ from: market.fromWeek, to: addDays(market.fromWeek, 7 * 60) }).map((week) => {
          const now = offer.facts.left.find(({ fromWeek, toWeek }) => fromWeek <= week && week < toWeek)
          const added = weeks.fromWeek <= week && week < weeks.toWeek ? hoursPerWeek : 0
          return { fromWeek: week, toWeek: addDays(week, 7), hoursPerWeek: (now?.hoursPerWeek ?? 0) + added }
        })
        const then = score(request, { ...offer, facts: { ...offer.facts, left: more } }, market)
        expect(then?.score).toBe(match.score + improvement.points)
      }
    }),
    { numRuns: 1_000 },
  )
})
