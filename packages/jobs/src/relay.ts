import { type EventEnvelope, listenersOf, type Service } from '@samkraft/contracts'
import { failpoint, listen } from '@samkraft/db'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Logger } from 'pino'
import { type JobBackend, type JobQueue, type NewJob, usualOptions } from './port.ts'
import { Bell } from './bell.ts'
import { brief } from './brief.ts'
import { growing, pause } from './pause.ts'
import { lasting, usualPatienceMs } from './lasting.ts'

/** Events moved in one transaction. */
const batchSize = 100

/**
 * Handing over costs about as much for fifty jobs as for five. So where there is much to carry, a little more is let gather;
 * an event that comes alone goes at once.
 */
const much = 8
const gatherMs = 40

export type RelayOptions<Schema> = Readonly<{
  db: Kysely<Schema>
  /** A direct connection to the same database: LISTEN does not pass through a transaction pooler. */
  listenUrl: string
  queues: JobBackend
  log: Logger
  /** How long an event waits at most when its NOTIFY is lost. */
  pollMs?: number
  /** How long events may wait for queues that are away or full before an operator is told. */
  patienceMs?: number
}>

/**
 * Carries committed events from the service's outbox to the queues of the services that listen to them.
 *
 * Adding to a queue and marking the row cannot be one transaction, so they come in the order that can only repeat, never
 * lose: add, make sure it is stored, mark. A repeat is a job with the same id, and the listener's inbox takes it once.
 * Any number of relays may run beside each other; each takes the rows no other one holds.
 */
export function startRelay<Schema>({
  db,
  listenUrl,
  queues,
  log: parent,
  pollMs = 2_000,
  patienceMs = usualPatienceMs,
}: RelayOptions<Schema>): AsyncDisposable {
  const log = parent.child({ part: 'relay' })
  const stop = new AbortController()
  const bell = new Bell()
  const trouble = lasting(patienceMs)
  const open = new Map<Service, JobQueue>()

  const listening = listen(
    listenUrl,
    'outbox',
    () => bell.ring(),
    () => bell.ring(), // whatever was announced while nobody listened
  )

  function queueOf(listener: Service): JobQueue {
    const queue = open.get(listener) ?? queues.queue(listener)
    open.set(listener, queue)
    return queue
  }

  function relayBatch(): Promise<number> {
    return db.transaction().execute(async (tx) => {
      const waiting = await takeUnpublished(tx)
      if (waiting.length === 0) return 0
      const perListener = Map.groupBy(
        waiting.flatMap(({ event }) => listenersOf(event.aggregate).map((listener) => ({ listener, event }))),
        ({ listener }) => listener,
      )
      await Promise.all(
        [...perListener].map(([listener, due]) => queueOf(listener).add(due.map(({ event }) => toJob(event)))),
      )
      await queues.settle()
      failpoint('relay.enqueued')
      await markPublished(tx, waiting)
      for (const { event } of waiting) {
        log.debug({ event: event.type, eventId: event.id, requestId: event.requestId }, 'event relayed')
      }
      return waiting.length
    })
  }

  async function run(): Promise<void> {
    let failures = 0
    while (!stop.signal.aborted) {
      try {
        bell.hush() // before looking, so that a ring while looking is not lost
        const moved = await relayBatch()
        if (failures > 0) log.info({ failures }, 'events flow again')
        failures = 0
        trouble.worked()
        if (moved === batchSize) continue
        if (moved >= much) await pause(gatherMs, stop.signal)
        await bell.heard(pollMs, stop.signal)
      } catch (error) {
        const facts = { error: brief(error), failures }
        if (trouble.failed()) log.error({ ...facts, alert: true }, 'events wait long in the outbox')
        else log.warn(facts, 'events wait in the outbox')
        await pause(growing(failures, 100, 5_000), stop.signal)
        failures += 1
      }
    }
  }
  const running = run()

  async function close(): Promise<void> {
    stop.abort()
    await running
    await (await listening)[Symbol.asyncDispose]()
    await Promise.all([...open.values()].map((queue) => queue[Symbol.asyncDispose]()))
  }
  let closed: Promise<void> | undefined
  return { [Symbol.asyncDispose]: () => (closed ??= close()) }
}

/** The one way an event becomes a job. */
export function toJob(event: EventEnvelope): NewJob {
  return { id: event.id, name: event.type, data: event, options: usualOptions }
}

type Unpublished = Readonly<{ position: number; event: EventEnvelope }>

async function takeUnpublished<Schema>(tx: Transaction<Schema>): Promise<readonly Unpublished[]> {
  const { rows } = await sql<Omit<EventEnvelope, 'occurredAt'> & { position: number; occurredAt: Date }>`
    select position, id, type, aggregate, aggregate_id as "aggregateId", sequence, organisation_id as "organisationId",
      request_id as "requestId", occurred_at as "occurredAt", data
    from outbox where published_at is null order by position limit ${batchSize} for update skip locked`.execute(tx)
  return rows.map(({ position, occurredAt, ...event }) => ({
    position,
    event: { ...event, occurredAt: occurredAt.toISOString() },
  }))
}

async function markPublished<Schema>(tx: Transaction<Schema>, published: readonly Unpublished[]): Promise<void> {
  const positions = published.map(({ position }) => position)
  await sql`update outbox set published_at = now() where position = any(${positions}::bigint[])`.execute(tx)
}
