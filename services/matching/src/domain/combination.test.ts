import { addDays, type Period, weeksOf } from '@samkraft/kernel'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anAsked, anOffered, id, market, springTerm, weekly } from '../../test/builders.ts'
import { combine, type PartOffer } from './combination.ts'
import { rules } from './rules.ts'

const asked = anAsked({ hoursPerWeek: 12, least: 2 })
const inSpring = weeksOf(springTerm).length

function part(number: number, hoursPerWeek: number, { period = springTerm, slice = 2 } = {}): PartOffer {
  return { offerId: id(number), score: 80, offered: anOffered({ offerId: id(number), hoursPerWeek, period, slice }) }
}

test('two part offers cover what neither does alone', () => {
  const found = combine(asked, [part(1, 8), part(2, 4)], market.fromWeek)
  expect(found).toMatchObject({ asked: 12 * inSpring, covered: 12 * inSpring, open: null })
  expect(found?.parts.map(({ offer, hoursPerWeek, period }) => [offer.offerId, hoursPerWeek, period])).toEqual([
    [id(1), 8, springTerm],
    [id(2), 4, springTerm],
  ])
})

test('one offer after another, and what stays open is said', () => {
  const [first, second]: [Period, Period] = [
    { from: springTerm.from, to: '2027-03-15' },
    { from: '2027-03-15', to: springTerm.to },
  ]
  const found = combine(asked, [part(1, 12, { period: first }), part(2, 10, { period: second })], market.fromWeek)
  expect(found?.parts).toHaveLength(2)
  expect(found?.open).toMatchObject({ hoursPerWeek: 2, weeks: weeksOf(second).length })
})

test('each gives in days that are its own: not before the Wednesday it begins on, nor in a week they only nearly meet in', () => {
  const fromWednesday = { from: '2027-01-13', to: springTerm.to }
  const found = combine(asked, [part(1, 8, { period: fromWednesday }), part(2, 4)], market.fromWeek)
  expect(found?.parts.map(({ period }) => period)).toEqual([fromWednesday, springTerm])
  // Until a Tuesday and again from March, where the other begins that Thursday.
  const terms = [
    { period: { from: springTerm.from, to: '2027-01-20' }, hoursPerWeek: 12 },
    { period: { from: '2027-03-01', to: springTerm.to }, hoursPerWeek: 12 },
  ]
  const left = terms.flatMap(({ period, hoursPerWeek }) => weekly(period, hoursPerWeek))
  const fromThursday = part(1, 8, { period: { from: '2027-01-21', to: springTerm.to } })
  const apart = combine(anAsked({ segments: terms, left, least: 2 }), [fromThursday, part(2, 4)], market.fromWeek)
  expect(apart?.parts.map(({ period }) => period)).toEqual([terms[1]?.period, springTerm])
})

test('nothing where one covers it all, where there is one only, or where others have nothing to add', () => {
  expect(combine(asked, [part(1, 12), part(2, 8)], market.fromWeek)).toBeNull()
  expect(combine(asked, [part(1, 8)], market.fromWeek)).toBeNull()
  expect(combine(asked, [part(1, 10), part(2, 8, { slice: 6 })], market.fromWeek)).toMatchObject({
    parts: [{ offer: { offerId: id(2) } }, { offer: { offerId: id(1) }, hoursPerWeek: 4 }],
  })
  expect(combine(asked, [part(1, 11, { slice: 6 }), part(2, 8, { slice: 8 })], market.fromWeek)).toBeNull()
})

const offer = fc
  .record({
    hours: fc.integer({ min: 4, max: 80 }).map((quarters) => quarters / 4),
    slice: fc.constantFrom(1, 2, 4, 6),
    start: fc.nat(inSpring - 1),
    length: fc.integer({ min: 1, max: inSpring }),
    score: fc.integer({ min: 30, max: 100 }),
  })
  .map(({ hours, slice, start, length, score }) => {
    const from = addDays(springTerm.from, start * 7)
    return { hours, slice, period: { from, to: addDays(from, length * 7) }, score }
  })
const offers = fc
  .array(offer, { minLength: 2, maxLength: 6 })
  .map((all): PartOffer[] =>
    all.map(({ hours, slice, period, score }, number) => ({ ...part(number + 1, hours, { period, slice }), score })),
  )

test('never more than is asked for or left in any week, never below a slice, more than any alone, in whatever order', () => {
  fc.assert(
    fc.property(offers, (all) => {
      const found = combine(asked, all, market.fromWeek)
      expect(combine(asked, all.toReversed(), market.fromWeek)).toEqual(found)
      if (!found) return
      expect(found.parts.length).toBeGreaterThanOrEqual(2)
      expect(found.parts.length).toBeLessThanOrEqual(rules.pooling.mostProviders)
      const given = new Map<string, number>()
      for (const { offer: by, hoursPerWeek, period, weeks } of found.parts) {
        expect(hoursPerWeek).toBeGreaterThanOrEqual(by.offered.facts.slice)
        expect(weeksOf(period)).toHaveLength(weeks)
        for (const week of weeksOf(period)) {
          expect(hoursPerWeek).toBeLessThanOrEqual(leftIn(by, week))
          given.set(week, (given.get(week) ?? 0) + hoursPerWeek)
        }
      }
      const covered = weeksOf(springTerm).reduce((sum, week) => sum + (given.get(week) ?? 0), 0)
      for (const hours of given.values()) expect(hours).toBeLessThanOrEqual(12)
      expect(found.covered).toBe(covered)
      expect(found.open === null).toBe(found.covered === found.asked)
      // One offer alone gives at most what is left in it, up to what is asked for.
      for (const { offered } of all) {
        const most = weeksOf(springTerm).map((week) => Math.min(12, leftIn({ offered }, week)))
        const levels = most.filter((level) => level >= Math.max(offered.facts.slice, asked.facts.least))
        for (const level of levels) expect(found.covered).toBeGreaterThan(level * longest(most, level))
      }
    }),
    { numRuns: 200 },
  )
})

function leftIn({ offered }: Pick<PartOffer, 'offered'>, week: string): number {
  const part = offered.facts.left.find(({ fromWeek, toWeek }) => fromWeek <= week && week < toWeek)
  return part?.hoursPerWeek ?? 0
}

/** How many weeks in a row there are at least so many hours. */
function longest(hours: readonly number[], level: number): number {
  let [most, run] = [0, 0]
  for (const one of hours) most = Math.max(most, (run = one >= level ? run + 1 : 0))
  return most
}
