import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { connect } from '@samkraft/db'
import { type Kysely, sql } from 'kysely'
import { matchOffer } from '../../services/matching/src/app/match-offer.ts'
import { loadRelations } from '../../services/matching/src/competence-relations.ts'
import type { Schema } from '../../services/matching/src/db/schema.ts'
import { handlers } from '../../services/matching/src/jobs/handlers.ts'
import { synthetic } from '../../services/matching/test/synthetic-market.ts'
import { offerPublished, requestPublished } from '@samkraft/contracts/marketplace'
import { delivering } from '@samkraft/jobs/testing'
import { type Row, spread } from './report.ts'

const fanOuts = 60
const rebuilt = 2_000

/**
 * What one offer costs among 100 000 open requests, and what a rebuild from events costs. `appUrl` is matching's database with a
 * national market in it and nobody else at work; `adminUrl` the same as its owner.
 */
export async function benchRebuild(appUrl: string, adminUrl: string): Promise<Row[]> {
  const db = connect<Schema>(appUrl, { max: 4, name: 'bench' })
  const admin = connect<Schema>(adminUrl, { max: 1 })
  try {
    return [await benchFanOut(db, admin), await benchEvents(db), ...(await benchWorkers(db, appUrl))]
  } finally {
    await db.destroy()
    await admin.destroy()
  }
}

/**
 * One offer changed: every request it concerns is weighed. The requests are marked as having fifty matches of middling scores,
 * as they do in a market that has been matched, so that the offer has to be better than those to be kept.
 */
async function benchFanOut(db: Kysely<Schema>, admin: Kysely<Schema>): Promise<Row> {
  await sql`update request set serving = 50, lowest_serving = 80, near = 0, more_serving = true, more_near = true,
    stale_since = null, computed_at = now()`.execute(admin)
  const services = { db, relations: loadRelations() }
  const times: number[] = []
  let written = 0
  for (let number = 1; number <= fanOuts; number += 1) {
    await sql`update offer set stale_since = now(), revision = revision + 1
      where offer_id = ${synthetic.offer(number)}::uuid`.execute(db)
    const started = performance.now()
    const matched = await matchOffer(services, synthetic.offer(number))
    times.push(performance.now() - started)
    written += matched?.written ?? 0
  }
  const beside = `${fanOuts} offers, ${Math.round(written / fanOuts)} matches written for each`
  return { what: 'fan-out of one changed offer among 100 000 open requests', ...spread(times), beside }
}

/** Events taken in, one transaction each, as the queue delivers them. What they leave behind is matched by `benchWorkers`. */
async function benchEvents(db: Kysely<Schema>): Promise<Row> {
  const requests = await db
    .selectFrom('request')
    .select(['request_id', 'organisation_id', 'facts'])
    .orderBy('request_id')
    .limit(rebuilt)
    .execute()
  const offers = await db
    .selectFrom('offer')
    .select(['offer_id', 'organisation_id', 'facts'])
    .orderBy('offer_id')
    .limit(rebuilt)
    .execute()
  const events = [
    ...offers.map((one) => ({ definition: offerPublished, id: one.offer_id, ...one })),
    ...requests.map((one) => ({ definition: requestPublished, id: one.request_id, ...one })),
  ]
  const deliver = delivering(db, handlers)
  const times: number[] = []
  for (const { definition, id, organisation_id, facts } of events) {
    const started = performance.now()
    await deliver({
      id,
      type: definition.type,
      aggregate: definition.aggregate,
      aggregateId: id,
      sequence: 1,
      organisationId: organisation_id,
      requestId: 'bench',
      occurredAt: new Date().toISOString(),
      data: facts,
    })
    times.push(performance.now() - started)
  }
  // An offer that is behind waits for nobody here: the requests are what is worked off.
  await sql`update offer set stale_since = null`.execute(db)
  return { what: 'one event taken in', ...spread(times), beside: `${times.length} events, one after the other` }
}

type Report = Readonly<{ done: number; peakMegabytes: number }>

/** The requests those events left behind, matched by one process and by two: how many a second, and how much memory. */
async function benchWorkers(db: Kysely<Schema>, url: string): Promise<Row[]> {
  const rows: Row[] = []
  for (const processes of [1, 2]) {
    await sql`update request set stale_since = now() - interval '1 minute' where request_id in (
      select request_id from request order by request_id limit ${rebuilt})`.execute(db)
    const workers = Array.from({ length: processes }, () =>
      fork(fileURLToPath(new URL('./rebuild-worker.ts', import.meta.url)), [url]),
    )
    await Promise.all(workers.map((worker) => once(worker, 'message')))
    const started = performance.now()
    const reports = await Promise.all(workers.map(work))
    const seconds = (performance.now() - started) / 1_000
    const done = reports.reduce((sum, report) => sum + report.done, 0)
    if (done !== rebuilt) throw new Error(`${done} requests were matched of ${rebuilt}`)
    const rate = done / seconds
    rows.push({
      what: `rebuild: requests matched against 100 000 open offers, ${processes === 1 ? 'one process' : 'two processes'}`,
      beside: [
        `${rate.toFixed(0)}/s, each once; 100 000 in ${Math.round(100_000 / rate / 60)} min`,
        `at most ${Math.max(...reports.map(({ peakMegabytes }) => peakMegabytes))} MB a process`,
      ].join('; '),
    })
  }
  return rows
}

async function work(worker: ChildProcess): Promise<Report> {
  worker.send('begin')
  // Ours: the worker sends nothing else.
  const [report] = (await once(worker, 'message')) as [Report]
  await once(worker, 'exit')
  return report
}
