import { writeFile } from 'node:fs/promises'
import { randomUUID } from 'node:crypto'
import { asOrganisation, createPool } from '@samkraft/db'
import { createLog } from '@samkraft/http'
import { type CompiledQuery, Kysely, PostgresDialect, sql } from 'kysely'
import { expect } from 'vitest'
import { router } from '../src/api/router.ts'
import { createCallerFactory } from '../src/api/trpc.ts'
import { keepOrganisation } from '../src/app/keep-organisation.ts'
import { createTextQueries } from '../src/app/text-query.ts'
import type { Schema } from '../src/db/schema.ts'
import { type Api, test } from './fixture.ts'
import { manyOrganisations, seedOffers, seedRequestsLikeOffers } from './seed.ts'

/**
 * The plans of the hot queries are kept beside them, `src/db/plans/*.txt`, so that a change of a plan shows in review. With
 * PLANS=write this writes them: 100 000 published offers and as many requests of 290 organisations, each statement as the service's own role sends
 * it, with the values it really had and the rows it really saw. Otherwise it takes too long for every run, and does nothing.
 */
const planned = test.runIf(process.env.PLANS === 'write')
const count = Number(process.env.PLANS_OFFERS ?? 100_000)

const organisations = manyOrganisations()
const [own] = organisations

const hot: Record<string, (api: Api, offerId: string) => Promise<unknown>> = {
  'list-newest': (api) => api.offer.list({}),
  'list-of-one-organisation': (api) => api.offer.list({ organisationIds: own ? [own.organisationId] : [] }),
  'list-of-a-county': (api) => api.offer.list({ counties: ['19'], places: ['remote', 'hybrid'] }),
  'list-with-enough-left': (api) =>
    api.offer.list({ leastHours: 30, period: { from: '2027-08-16', to: '2027-12-18' }, sort: 'starts' }),
  'list-most-left': (api) => api.offer.list({ sort: 'most_left', groups: ['elevhalsa'] }),
  'search-rare-word': (api) => api.offer.list({ text: 'skolpsykolog' }),
  'search-common-word': (api) => api.offer.list({ text: 'handledning' }),
  'search-newest-common-word': (api) => api.offer.list({ text: 'handledning', sort: 'newest' }),
  'search-newest-rare-word': (api) => api.offer.list({ text: 'logoped kartläggning', sort: 'newest' }),
  'search-count': (api) => api.offer.count({ text: 'psykolog' }),
  'get-one': (api, offerId) => api.offer.get({ offerId }),
  'headings-by-id': (api, offerId) => api.market.headings({ ids: [offerId, randomUUID()] }),
  'mine-newest': (api) => api.offer.mine({}),
  'ledger-of-one': (api, offerId) => api.ledger.get({ offerId }),
  'county-summary': (api) => api.market.summary({ county: '19' }),
  'county-requests': (api) => api.request.figures({ county: '19' }),
  'tasks-of-one': (api) => api.task.list({}),
}

planned(
  'the plans of the hot queries at 100 000 offers',
  { timeout: 900_000 },
  async ({ admin, database, services }) => {
    await sql`set statement_timeout = 0`.execute(admin)
    for (const facts of organisations) {
      await asOrganisation(services.db, facts.organisationId, (tx) => keepOrganisation(tx, facts))
    }
    await seedOffers(admin, services.vocabulary, organisations, count)
    await seedRequestsLikeOffers(admin)

    const sent: CompiledQuery[] = []
    const db = new Kysely<Schema>({
      dialect: new PostgresDialect({ pool: createPool(database.appUrl, { max: 1 }) }),
      log: ({ query }) => {
        sent.push(query)
      },
    })
    const actor = {
      personId: randomUUID(),
      organisationId: own?.organisationId ?? '',
      roles: ['officer', 'coordinator'] as const,
    }
    const context = { ...services, db, textQueries: createTextQueries(db, services.resolver) }
    const api = createCallerFactory(router)({
      ...context,
      actor,
      requestId: 'plans',
      address: 'plans',
      log: createLog('marketplace', 'silent'),
    })
    const some = await admin
      .selectFrom('published_offer')
      .select('id')
      .orderBy('published_at')
      .limit(1)
      .executeTakeFirstOrThrow()

    for (const [name, run] of Object.entries(hot)) {
      sent.length = 0
      await run(api, some.id)
      const plans: string[] = []
      for (const query of [...sent].filter(({ sql: text }) => /\bfrom\b/.test(text) && !text.includes('set_config'))) {
        plans.push(`${query.sql.trim()}\n\n${await planOf(db, query, actor.organisationId)}\n`)
      }
      expect.soft(plans.join(''), name).not.toMatch(/Seq Scan on (published_offer|offer|published_request)\b/)
      await writeFile(new URL(`../src/db/plans/${name}.txt`, import.meta.url), plans.join('\n'))
    }
    await db.destroy()
  },
)

async function planOf(db: Kysely<Schema>, query: CompiledQuery, organisationId: string): Promise<string> {
  return asOrganisation(db, organisationId, async (tx) => {
    const { rows } = await tx.executeQuery<Record<string, string>>({
      ...query,
      sql: `explain (analyze, costs off, timing off, buffers off, summary off) ${query.sql}`,
    })
    return rows.map((row) => row['QUERY PLAN']).join('\n')
  })
}
