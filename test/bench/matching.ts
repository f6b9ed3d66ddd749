import { randomUUID } from 'node:crypto'
import { connect } from '@samkraft/db'
import { sql } from 'kysely'
import { matchRequest } from '../../services/matching/src/app/match-request.ts'
import { loadRelations } from '../../services/matching/src/competence-relations.ts'
import type { Schema } from '../../services/matching/src/db/schema.ts'
import { fillMarket, synthetic } from '../../services/matching/test/synthetic-market.ts'
import { type Row, spread } from './report.ts'

const samples = 60

/** Puts a national market beside the demo market in matching's copy, without events. */
export async function fillMatching(adminUrl: string, offers: number): Promise<void> {
  const admin = connect<Schema>(adminUrl, { max: 2 })
  await sql`set statement_timeout = 0`.execute(admin)
  await fillMarket(admin, { offers, requests: offers })
  await admin.destroy()
}

/** One request against all open offers, in a database of its own so that nobody else takes the request. */
export async function benchMatching(appUrl: string): Promise<Row> {
  const db = connect<Schema>(appUrl, { max: 4, name: `bench ${randomUUID()}` })
  const services = { db, relations: loadRelations() }
  const times: number[] = []
  for (let number = 1; number <= samples; number += 1) {
    await sql`update request set stale_since = now() - interval '1 hour' where request_id = ${synthetic.request(number)}::uuid`.execute(
      db,
    )
    const started = performance.now()
    const matched = await matchRequest(services, () => {})
    if (matched) times.push(performance.now() - started)
  }
  await db.destroy()
  return { what: 'match one request against 100 000 open offers', ...spread(times), beside: `${times.length} requests` }
}
