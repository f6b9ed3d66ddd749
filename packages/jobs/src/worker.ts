import { type EventEnvelope, type Service } from '@samkraft/contracts'
import { type Base, consume, failpoint, OutOfOrder } from '@samkraft/db'
import { isRequestId, isUnavailable } from '@samkraft/kernel'
import { type Kysely, sql } from 'kysely'
import type { Logger } from 'pino'
import type { JobBackend, JobWorker, Outcome, Work } from './port.ts'
import { brief } from './brief.ts'
import { byType, type Effect, type EventHandler, readEnvelope } from './handlers.ts'
import { Lines } from './lines.ts'
import { againMs } from './lasting.ts'
import { growing } from './pause.ts'
import { seldom } from './seldom.ts'

/** Jobs a process works on at the same time. */
const concurrency = 4

/** How often a job may find an answering database too busy before that counts as its own failure: about eight minutes. */
const usualPatience = 40

export type WorkerOptions<Schema extends Base> = Readonly<{
  service: Service
  backend: JobBackend
  db: Kysely<Schema>
  /** What the service does about events. Events of other types only move the inbox on. */
  handlers: readonly EventHandler<Schema>[]
  log: Logger
  /** How long after this process was last heard of its jobs are given to another one. */
  lockMs?: number
  /** How often a job may wait while the database answers others. */
  patience?: number
  /** How many early events are kept in mind, the latest; others go on when their wait is over. */
  mostEarly?: number
}>

/**
 * Works off the service's queue.
 *
 * - An event is applied once, in its aggregate's order, whatever the queue does (`consume`).
 * - An event that came too early, or found the database away or full, waits without using up its tries, overnight if need be.
 * - What cannot be read is given up on at once; what fails, after eight tries. Both leave a log line with `alert: true`
 *   and wait as dead letters for an operator. Later events of the same aggregate wait behind it; all others go on.
 */
export function startWorker<Schema extends Base>({
  service,
  backend,
  db,
  handlers,
  log: parent,
  lockMs = 15_000,
  patience = usualPatience,
  mostEarly = 10_000,
}: WorkerOptions<Schema>): JobWorker {
  const log = parent.child({ part: 'worker' })
  const onEvent = byType(handlers)

  const lines = new Lines()
  const mayTellOfWait = seldom(againMs)
  const mayTellOfTrouble = seldom(10_000)
  /** Events that came too early, by what they wait to follow, so that they can go on the moment it is done. */
  const early = new Map<string, Early>()

  /** What another process did is never heard of here, so the oldest make room. */
  function keepInMind(previous: string, one: Early): void {
    early.delete(previous)
    early.set(previous, one)
    const [oldest = ''] = early.keys()
    if (early.size > mostEarly) early.delete(oldest)
  }

  async function applyEvent(event: EventEnvelope, job: Work): Promise<Outcome> {
    const effect: Effect<Schema> = onEvent.get(event.type)?.prepare(event) ?? {
      organisationId: event.organisationId,
      run: () => Promise.resolve(),
    }
    const previous = place(event, -1)
    try {
      const outcome = await consume(db, { event, organisationId: effect.organisationId }, async (tx) => {
        await effect.run(tx)
        failpoint('worker.mid-job')
      })
      early.delete(previous)
      const next = early.get(place(event))
      if (next) void worker.hurry(next.jobId)
      const level = onEvent.has(event.type) && outcome === 'applied' ? 'info' : 'debug'
      log[level]({ ...labels(event), outcome }, 'event consumed')
      return { kind: 'done' }
    } catch (error) {
      const known = early.get(previous)
      const times = known?.jobId === job.id ? job.postponed - known.times : job.postponed
      if (!(await mayWait(error, job, times))) throw error
      const isEarly = error instanceof OutOfOrder
      if (isEarly) keepInMind(previous, { jobId: job.id, times: job.postponed + 1 })
      const milliseconds = growing(isEarly ? job.postponed : times, 50, 15_000)
      log.debug({ ...labels(event), milliseconds, why: brief(error).name }, 'event waits')
      return { kind: 'postpone', milliseconds }
    }
  }

  /**
   * Whether to come back later says nothing against the job: what precedes it is missing, or the database is not to be had,
   * for which it has already waited so many `times`.
   */
  async function mayWait(error: unknown, job: Work, times: number): Promise<boolean> {
    if (error instanceof OutOfOrder) return true
    if (isUnavailable(error) && times < patience) return true
    const waits = (isUnavailable(error) && error.code === 'database.full') || !(await answers(db))
    // Nobody else says that events are not applied: to whoever reads, a full database is there. One job speaks for all.
    if (waits && times >= patience && mayTellOfWait()) {
      log.error({ ...facts(job, error), alert: true }, 'jobs wait long for a database that is away or full')
    }
    return waits
  }

  const worker = backend.worker(
    service,
    {
      async work(job) {
        const event = readEnvelope(job.name, job.data)
        return await lines.run(event.aggregateId, () => applyEvent(event, job))
      },
      failed(job, error, dead) {
        if (dead) log.error({ ...facts(job, error), alert: true }, 'job given up on: it waits as a dead letter')
        else log.warn(facts(job, error), 'job failed and will be tried again')
      },
      trouble(error) {
        // An outage says the same several times a second.
        if (mayTellOfTrouble(error.message)) log.warn({ error: brief(error) }, 'trouble with the job backend')
      },
    },
    { concurrency, lockMs },
  )
  return worker
}

/** The job of an event that came too early, and how often it was put back for that. */
type Early = Readonly<{ jobId: string; times: number }>

/** Where an event stands in its aggregate's history, or how far from there. */
function place({ aggregateId, sequence }: EventEnvelope, away = 0): string {
  return `${aggregateId}:${sequence + away}`
}

function labels({ type, id, aggregateId, sequence, requestId }: EventEnvelope) {
  return { event: type, eventId: id, aggregateId, sequence, requestId }
}

function facts({ name, id, data }: Work, error: unknown) {
  return { job: name, jobId: id, requestId: requestIdOf(data), error: brief(error) }
}

/** Whether the database is there for anybody. One that is away says so in many ways, such as that it knows nobody of that name. */
function answers<Schema>(db: Kysely<Schema>): Promise<boolean> {
  return sql`select 1`.execute(db).then(
    () => true,
    () => false,
  )
}

function requestIdOf(data: unknown): string | undefined {
  if (typeof data !== 'object' || data === null || !('requestId' in data)) return undefined
  // Also of what cannot be read, where it may be anything.
  return typeof data.requestId === 'string' && isRequestId(data.requestId) ? data.requestId : undefined
}
