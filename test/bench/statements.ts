import { randomUUID } from 'node:crypto'
import type { OfferDetails } from '@samkraft/contracts/marketplace'
import type { Actor } from '@samkraft/kernel'
import { Kysely, PostgresDialect, sql } from 'kysely'
import { createPool } from '@samkraft/db'
import { createLog } from '@samkraft/http'
import { createCallerFactory } from '../../services/marketplace/src/api/trpc.ts'
import { router } from '../../services/marketplace/src/api/router.ts'
import { loadVocabulary, openResolver } from '../../services/marketplace/src/app/load-vocabulary.ts'
import { offers } from '../../services/marketplace/src/app/kinds.ts'
import { createTextQueries } from '../../services/marketplace/src/app/text-query.ts'
import { readable, weeksOfListing } from '../../services/marketplace/src/app/write-listing.ts'
import { publishedPart } from '../../services/marketplace/src/db/published.ts'
import type { Schema } from '../../services/marketplace/src/db/schema.ts'

export type Statement = Readonly<{ text: string; values: readonly unknown[] }>

/** What the marketplace itself sends for a call, so that the bare alternative runs the very same SQL. The last statement of the call. */
export async function captureStatements(
  url: string,
  actor: Actor,
  calls: Readonly<Record<string, (api: Api) => Promise<unknown>>>,
): Promise<Record<string, Statement>> {
  const sent: Statement[] = []
  const db = new Kysely<Schema>({
    dialect: new PostgresDialect({ pool: createPool(url) }),
    log: ({ query }) => void sent.push({ text: query.sql, values: query.parameters }),
  })
  const api = apiOn(db, actor, await loadVocabulary(db))
  const statements: Record<string, Statement> = {}
  for (const [name, call] of Object.entries(calls)) {
    // What is asked once and remembered (the meaning of typed words) is not part of the call.
    await call(api)
    sent.length = 0
    await call(api)
    const last = sent.at(-1)
    if (!last) throw new Error(`${name} sent nothing`)
    statements[name] = last
  }
  await db.destroy()
  return statements
}

/**
 * The insert of the row that everybody reads of an offer, as the marketplace writes it, and nothing beside it: with the table's own
 * indexes and full text. "$new" and "$key" stand for its id and its organisation.
 */
export async function insertOfOffer(url: string, given: OfferDetails): Promise<Statement> {
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool: createPool(url, { max: 1 }) }) })
  const now = new Date().toISOString()
  const today = now.slice(0, 10)
  const details = offers.settle(given, today)
  const owner = { id: randomUUID(), name: 'Kommun', shortName: 'Kommun', municipalityCode: null, countyCode: '19' }
  const published = {
    id: randomUUID(),
    reference: 'KOMMUN-2026-E1',
    version: 1,
    status: 'published' as const,
    owner,
    details,
    at: null,
    publishedAt: now,
    changedAt: now,
    ...weeksOfListing(offers, details, []),
  }
  const row = {
    ...readable(offers, published, await loadVocabulary(db), today),
    organisationId: '$key',
    countyCode: '19',
  }
  const { sql: text, parameters: values } = sql`with ${publishedPart('offer', { ...row, id: '$new' })} select`.compile(
    db,
  )
  await db.destroy()
  return { text, values }
}

export type Api = ReturnType<typeof apiOn>

function apiOn(db: Kysely<Schema>, actor: Actor, vocabulary: Awaited<ReturnType<typeof loadVocabulary>>) {
  const request = { actor, requestId: 'bench-statements', address: 'bench', log: createLog('bench', 'silent') }
  const resolver = openResolver()
  return createCallerFactory(router)({
    db,
    vocabulary,
    resolver,
    textQueries: createTextQueries(db, resolver),
    ...request,
  })
}
