import { randomUUID } from 'node:crypto'
import { EventEmitter, once } from 'node:events'
import { defineEvent } from '@samkraft/contracts'
import { appendEvent, asOrganisation, type Base, connect, migrate } from '@samkraft/db'
import { createLog } from '@samkraft/http'
import { jobBackend, migrateJobs, on, startRelay, startWorker } from '@samkraft/jobs'
import pg from 'pg'
import { z } from 'zod'
import { offerDetails, offerRows, requestDetails, requestRows } from '../../infra/local/demo/market.ts'
import { type Account } from '../../infra/local/demo/client.ts'
import { type Row, spread } from './report.ts'
import type { Visitor } from './visitor.ts'

const samples = 40

/** What a request's page depends on; what else its stream tells makes it load nothing. */
const depended = new Set(['request', 'match', 'arrangement', 'pooled_need'])

/**
 * From the moment somebody presses "publish" until the match stands on the page another municipality has open: the command, the
 * queue, the matching, the announcement through web's event stream, and the page loaded again.
 */
export async function benchVisible(
  what: string,
  { lender, borrower, page, floor }: { lender: Account; borrower: Account; page: Visitor; floor: { p50: number } },
): Promise<Row> {
  const row = offerRows.find(([owner, competence]) => owner === 'vasteras' && competence === 'logoped')
  const asked = requestRows.find(([owner, competence]) => owner === 'norberg' && competence === 'logoped')
  if (!row || !asked) throw new Error('the demo market has changed')
  const details = offerDetails(row)
  const request = await borrower.marketplace.request.publish.mutate({
    commandKey: randomUUID(),
    details: requestDetails(asked),
  })
  // What an open page asks for when it hears of a change.
  const path = `/behov/${request.id}/__data.json`
  await using stream = await page.listen(depended)
  const times: number[] = []
  for (let count = 0; count < samples; count += 1) {
    const started = performance.now()
    const { id, version } = await lender.marketplace.offer.publish.mutate({ commandKey: randomUUID(), details })
    // An open page does nothing until it hears something.
    do await stream.changed()
    while (!(await page.get(path)).includes(id))
    times.push(performance.now() - started)
    await lender.marketplace.offer.withdraw.mutate({ commandKey: randomUUID(), offerId: id, version })
    do await stream.changed()
    while ((await page.get(path)).includes(id))
  }
  const measured = spread(times)
  return {
    what,
    ratio: measured.p50 / floor.p50,
    goal: '≤ 3 × the floor',
    ...measured,
    beside: `floor p50 ${floor.p50.toFixed(1)} ms`,
  }
}

/**
 * The floor: one empty event from commit through outbox, relay and queue to a worker that does nothing, in this same run and on
 * the same server, in databases of its own so that nobody else takes the event.
 */
export async function benchFloor(adminUrl: string): Promise<{ row: Row; p50: number }> {
  const [url, jobsUrl] = await Promise.all(['bench_events', 'bench_jobs'].map((name) => freshDatabase(adminUrl, name)))
  if (!url || !jobsUrl) throw new Error('two databases were made')
  await migrate(url, {}, { appRole: 'identity_app' })
  await migrateJobs(jobsUrl)
  const db = connect<Base>(url)
  const log = createLog('bench', 'silent')
  const queues = jobBackend(jobsUrl)
  const empty = defineEvent('bench.nothing_happened.v1', 'organisation', z.object({}))
  const arrivals = new EventEmitter()
  const handlers = [on(empty, async (_tx, event) => void arrivals.emit(event.aggregateId))]
  const worker = startWorker({ service: 'matching', backend: queues, db, handlers, log })
  const relay = startRelay({ db, listenUrl: url, queues, log })
  const times: number[] = []
  for (let count = 0; count < samples; count += 1) {
    const aggregateId = randomUUID()
    const arrived = once(arrivals, aggregateId)
    const event = { aggregateId, organisationId: randomUUID(), requestId: 'bench', data: {} }
    await asOrganisation(db, event.organisationId, (tx) => appendEvent(tx, empty, event))
    const committed = performance.now()
    await arrived
    times.push(performance.now() - committed)
  }
  await worker[Symbol.asyncDispose]()
  await relay[Symbol.asyncDispose]()
  await queues[Symbol.asyncDispose]()
  await db.destroy()
  const measured = spread(times)
  return { row: { what: 'floor: one empty outbox → queue → worker hop', ...measured }, p50: measured.p50 }
}

async function freshDatabase(adminUrl: string, name: string): Promise<string> {
  const admin = new pg.Client({ connectionString: adminUrl })
  await admin.connect()
  await admin.query(`drop database if exists ${name} with (force)`)
  await admin.query(`create database ${name}`)
  await admin.end()
  return Object.assign(new URL(adminUrl), { pathname: `/${name}` }).href
}
