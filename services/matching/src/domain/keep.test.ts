import fc from 'fast-check'
import { expect, test } from 'vitest'
import { id } from '../../test/builders.ts'
import { type Kept, keepBest, keepInstead, mayBeKept, type Ranked, summarise } from './keep.ts'

const ranked = (offerId: string): fc.Arbitrary<Ranked> =>
  fc.record({
    offerId: fc.constant(offerId),
    score: fc.integer({ min: 40, max: 60 }),
    group: fc.constantFrom('full', 'partial', 'near' as const),
  })

const change = fc
  .integer({ min: 1, max: 90 })
  .chain((number) => fc.record({ offerId: fc.constant(id(number)), now: fc.option(ranked(id(number)), { freq: 4 }) }))

test('at most fifty are kept, near misses last and at most five of them', () => {
  const serving = Array.from({ length: 60 }, (_, n): Ranked => ({ offerId: id(n), score: n, group: 'full' }))
  const near = Array.from({ length: 9 }, (_, n): Ranked => ({ offerId: id(100 + n), score: 99, group: 'near' }))
  expect(keepBest([...near, ...serving])).toMatchObject({ kept: { length: 50 }, moreServing: true, moreNear: true })
  const few = keepBest([...near, ...serving.slice(0, 3)])
  expect(few.kept.map(({ group }) => group)).toEqual(['full', 'full', 'full', 'near', 'near', 'near', 'near', 'near'])
  expect(keepBest([...near, ...serving.slice(0, 48)]).kept.filter(({ group }) => group === 'near')).toHaveLength(2)
})

test('keeping in steps keeps the same as keeping at once', () => {
  const all = fc
    .uniqueArray(fc.integer({ min: 1, max: 200 }), { maxLength: 150 })
    .chain((numbers) => fc.tuple(...numbers.map((number) => ranked(id(number)))))
  fc.assert(
    fc.property(all, fc.integer({ min: 1, max: 40 }), (matches, size) => {
      let kept: Kept<Ranked> | undefined
      for (let start = 0; start < matches.length; start += size) {
        kept = keepBest(matches.slice(start, start + size), kept)
      }
      expect(kept?.kept ?? []).toEqual(keepBest(matches).kept)
    }),
  )
})

test('offers that come, change and go one by one leave what a look at all of them would', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 250 }), (changes) => {
      const all = new Map<string, Ranked>()
      let kept = keepBest<Ranked>([])
      for (const { offerId, now } of changes) {
        if (now) all.set(offerId, now)
        else all.delete(offerId)
        const had = kept.kept.some((match) => match.offerId === offerId)
        if (!had && now && !mayBeKept(now, summarise(kept))) {
          kept = {
            ...kept,
            moreServing: kept.moreServing || now.group !== 'near',
            moreNear: kept.moreNear || now.group === 'near',
          }
        } else {
          const next = keepInstead(kept, offerId, now)
          kept = next === 'look_again' ? keepBest([...all.values()]) : next
        }
        expect(kept.kept).toEqual(keepBest([...all.values()]).kept)
      }
    }),
    { numRuns: 60 },
  )
})
