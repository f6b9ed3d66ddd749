import fc from 'fast-check'
import type { Kysely } from 'kysely'
import { expect } from 'vitest'
import type { Schema } from '../src/db/schema.ts'
import { id, kungsor, norberg, springTerm, vasteras, weekly } from './builders.ts'
import { type Feed, feeding, setToday, test } from './feed.ts'

/**
 * Whatever happens, in whatever order and however the matching is interleaved, the matches in the end are those that a
 * matching of everything from scratch would give.
 */
const owners = [vasteras, norberg, kungsor]
const owner = fc.constantFrom(...owners)
const offerId = fc.integer({ min: 1, max: 6 }).map((number) => id(100 + number))
const requestId = fc.integer({ min: 1, max: 5 }).map((number) => id(200 + number))
const competence = fc.constantFrom('skolpsykolog', 'neuropsykolog', 'skolkurator', 'socialpedagog')
const hours = fc.integer({ min: 0, max: 20 })
const placeOrganisationId = fc.option(owner.map(({ organisationId }) => organisationId))

type Step = (feed: Feed) => Promise<unknown>

const step: fc.Arbitrary<{ name: string; run: Step }> = fc.oneof(
  fc
    .record({ offerId, mainCompetence: competence, hoursPerWeek: hours.map((h) => h + 4), placeOrganisationId })
    .map((change) => ({
      name: `offer ${JSON.stringify(change)}`,
      // Who owns a thing never changes.
      run: (feed: Feed) => feed.offer(ownerOf(change.offerId), change),
    })),
  offerId.map((one) => ({ name: `withdraw ${one}`, run: (feed: Feed) => feed.offerWithdrawn(ownerOf(one), one) })),
  fc.tuple(offerId, hours).map(([one, left]) => ({
    name: `${left} h left of ${one}`,
    run: (feed: Feed) => feed.reserved(ownerOf(one), one, weekly(springTerm, left)),
  })),
  fc
    .record({
      requestId,
      requiredCompetences: competence.map((slug) => [slug]),
      hoursPerWeek: hours.map((h) => h + 1),
      licenceRequired: fc.boolean(),
      placeOrganisationId,
    })
    .map((change) => ({
      name: `request ${JSON.stringify(change)}`,
      run: (feed: Feed) => feed.request(ownerOf(change.requestId), change),
    })),
  requestId.map((one) => ({ name: `close ${one}`, run: (feed: Feed) => feed.requestWithdrawn(ownerOf(one), one) })),
  fc.tuple(requestId, hours).map(([one, left]) => ({
    name: `${left} h left to cover of ${one}`,
    run: (feed: Feed) => feed.covered(ownerOf(one), one, weekly(springTerm, left)),
  })),
  fc.tuple(owner, fc.boolean()).map(([moved, away]) => ({
    name: `${moved.organisationId} moves`,
    run: (feed: Feed) => feed.organisation({ ...moved, position: away ? null : moved.position }),
  })),
  fc.constant({ name: 'match', run: (feed: Feed) => feed.match() }),
  fc.constant({ name: 'two match at once', run: (feed: Feed) => Promise.all([feed.match(), feed.match()]) }),
)

function ownerOf(subject: string) {
  return owners[Number(subject.slice(-1)) % owners.length] ?? vasteras
}

async function matches(db: Kysely<Schema>) {
  return db
    .selectFrom('match as m')
    .innerJoin('request as r', 'r.request_id', 'm.request_id')
    .innerJoin('offer as f', 'f.offer_id', 'm.offer_id')
    .select(['m.request_id', 'm.offer_id', 'm.score', 'm.match_group', 'm.factors', 'm.improvements'])
    .select(['r.serving', 'r.near', 'r.lowest_serving', 'r.lowest_near'])
    .orderBy('m.request_id')
    .orderBy('m.offer_id')
    .execute()
}

test('matches kept up to date are the matches computed from scratch', { timeout: 120_000 }, async ({ db, admin }) => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
      for (const table of ['organisation', 'inbox', 'offer', 'request'] as const)
        await admin.deleteFrom(table).execute()
      await setToday(admin, '2026-11-23')
      const feed = feeding(db)
      for (const one of owners) await feed.organisation(one)
      for (const { run } of steps) await run(feed)
      await feed.match()
      const kept = await matches(db)
      await admin.deleteFrom('match').execute()
      await admin
        .updateTable('request')
        .set({ stale_since: new Date(0) })
        .execute()
      await feed.match()
      expect(kept).toEqual(await matches(db))
    }),
    { numRuns: 25 },
  )
})
