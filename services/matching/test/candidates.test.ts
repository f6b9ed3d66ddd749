import { sql } from 'kysely'
import { expect } from 'vitest'
import { matchRequest } from '../src/app/match-request.ts'
import { candidateOffers } from '../src/db/candidate-offers.ts'
import { lockRequests } from '../src/db/requests.ts'
import { competencesToLookFor } from '../src/domain/competence.ts'
import { keepBest } from '../src/domain/keep.ts'
import { score } from '../src/domain/score.ts'
import { demandFrom } from '../src/domain/share.ts'
import { market, relations } from './builders.ts'
import { test } from './feed.ts'
import { fillMarket, synthetic } from './synthetic-market.ts'

const everySomeRequest = Array.from({ length: 40 }, (_, index) => synthetic.request(1 + index * 7))

test('no offer scores more than it promised, and the most promising come first', async ({ admin, db }) => {
  await fillMarket(admin, { offers: 2_000, requests: 300 })
  await db.transaction().execute(async (tx) => {
    for (const { asked } of await lockRequests(tx, everySomeRequest)) {
      const demand = demandFrom(asked.facts.left, market.fromWeek)
      if (!demand) throw new Error('every request of this market asks for something')
      const { able, near } = competencesToLookFor(asked, relations)
      for (const competences of [able, near]) {
        let before = 100
        for await (const { candidates, atMost } of candidateOffers(tx, { asked, demand, competences })) {
          const scores = candidates.map(({ offered }) => score(asked, offered, market)?.score ?? 0)
          expect(Math.max(0, ...scores)).toBeLessThanOrEqual(before)
          before = atMost ?? 0
        }
      }
    }
  })
})

test('reading only the promising finds the same matches as scoring every offer there is', async ({
  admin,
  db,
  feed,
}) => {
  // Few competences and many offers, so that more than one batch is read.
  const competences = ['skolpsykolog', 'neuropsykolog', 'skolkurator', 'socialpedagog', 'narvarosamordnare']
  await fillMarket(admin, { offers: 3_000, requests: 300, competences })
  const offers = await db
    .selectFrom('offer as f')
    .innerJoin('organisation as o', (join) =>
      join.on('o.organisation_id', '=', sql<string>`coalesce(f.place_organisation_id, f.organisation_id)`),
    )
    .select(['f.offer_id', 'f.organisation_id', 'f.facts', 'o.latitude', 'o.longitude'])
    .execute()
  const offered = offers.map(({ organisation_id, facts, latitude, longitude }) => ({
    organisationId: organisation_id,
    position: { latitude: latitude ?? 0, longitude: longitude ?? 0 },
    facts,
  }))
  for (const requestId of everySomeRequest.slice(0, 12)) {
    await admin
      .updateTable('request')
      .set({ stale_since: new Date(0) })
      .where('request_id', '=', requestId)
      .execute()
    await matchRequest(feed.services, () => {})
    const [request] = await db.transaction().execute((tx) => lockRequests(tx, [requestId]))
    const all = offered.flatMap((offer) => {
      const match = request && score(request.asked, offer, market)
      return match ? [{ offerId: offer.facts.offerId, score: match.score, group: match.group }] : []
    })
    const kept = await db
      .selectFrom('match')
      .select(['offer_id as offerId', 'score', 'match_group as group'])
      .where('request_id', '=', requestId)
      .execute()
    expect(keepBest(kept).kept).toEqual(keepBest(all).kept)
  }
})
