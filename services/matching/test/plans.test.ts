import { readFileSync, writeFileSync } from 'node:fs'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import { expect } from 'vitest'
import { candidateOffersQuery } from '../src/db/candidate-offers.ts'
import { candidateRequestsQuery, lockRequests } from '../src/db/requests.ts'
import type { Schema } from '../src/db/schema.ts'
import { competencesToLookFor } from '../src/domain/competence.ts'
import { demandFrom } from '../src/domain/share.ts'
import { market, relations } from './builders.ts'
import { test } from './feed.ts'
import { fillMarket, synthetic } from './synthetic-market.ts'

/**
 * The plans of the queries that find candidates are committed in `src/db/plans`. `WRITE_PLANS=1 vitest run services/matching/test/plans`
 * makes them anew on 100 000 offers and 100 000 requests; an ordinary run looks at a smaller market, and that the indexes are used.
 */
const write = process.env.WRITE_PLANS === '1'
const size = write ? 100_000 : 8_000

async function explain(db: Kysely<Schema>, query: RawBuilder<unknown>): Promise<string> {
  const { rows } = await sql<{ 'QUERY PLAN': string }>`
    explain (analyze, costs off, timing off, summary off, buffers off) ${query}`.execute(db)
  return rows.map((row) => row['QUERY PLAN']).join('\n')
}

function keep(name: string, about: string, plan: string): void {
  const file = new URL(`../src/db/plans/${name}.txt`, import.meta.url)
  if (write)
    writeFileSync(
      file,
      `${about}\n100 000 offers and 100 000 requests (test/synthetic-market.ts), Postgres 18.\n\n${plan}\n`,
    )
  expect(readFileSync(file, 'utf8')).toContain(about)
}

test('candidates are found through the indexes', { timeout: 120_000 }, async ({ admin, db }) => {
  await fillMarket(admin, { offers: size, requests: size })
  const [request] = await db.transaction().execute((tx) => lockRequests(tx, [synthetic.request(1)]))
  const demand = request && demandFrom(request.asked.facts.left, market.fromWeek)
  if (!demand) throw new Error('the first request of this market asks for something')
  const { able } = competencesToLookFor(request.asked, relations)

  const offers = candidateOffersQuery({ asked: request.asked, demand, competences: able }, null, 150)
  const offersPlan = await explain(db, offers)
  expect(offersPlan).toContain('Bitmap Index Scan on offer_competence_period')
  keep('candidate-offers', 'The first batch of candidates for one request (candidate-offers.ts).', offersPlan)

  const asked = relations.askedFor('skolpsykolog')
  const requests = candidateRequestsQuery(db, { competences: asked, period: demand.period })
  const requestsPlan = await explain(db, sql`${requests}`)
  expect(requestsPlan).toContain('request_competence_period')
  keep('candidate-requests', 'The requests one offer may concern (requests.ts).', requestsPlan)
})
