import { setTimeout } from 'node:timers/promises'
import {
  type BackendFactory,
  DelayedError,
  type IQueueBackend,
  type Job,
  type JobsOptions,
  UnrecoverableError,
  withBackend,
} from 'bullmq'
import {
  type DeadJob,
  type JobBackend,
  type JobOptions,
  type JobQueue,
  type JobWorker,
  type NewJob,
  Unreadable,
  type Work,
  type WorkerCalls,
  type WorkerPace,
} from './port.ts'
import { usualOptions } from './define.ts'
import { growing, pause, within } from './pause.ts'

/** What differs between the backends. `producer` fails fast while the backend is away, `consumer` waits for it until `closing`. */
type Storage<B extends IQueueBackend, Connection> = Readonly<{
  factory: BackendFactory<B, Connection>
  producer(): Connection
  consumer(closing: AbortSignal): Connection
  /** How long after `closing` a consumer that is cut off may still be trying, milliseconds. */
  givesUpWithin: number
  /** Rejects within a second or so when the producers' connection is away. */
  reach(): Promise<void>
  settle(): Promise<void>
  close(): Promise<void>
}>

/** Above this many, one statement for all is quicker than one statement each. */
const fewJobs = 4

/** Long enough for a slow answer, short enough that nobody holds locks while waiting for a dead one. */
const answerWithin = 5_000

/** Less than the ten seconds that supervisors usually give a process to end. */
const closesWithin = 5_000

/** BullMQ behind the narrow port, the same on either backend. */
export function bullBackend<B extends IQueueBackend, Connection>(storage: Storage<B, Connection>): JobBackend {
  const bull = withBackend(storage.factory)

  function openQueue(name: string): JobQueue {
    const open = () => {
      const queue = new bull.Queue<unknown, void>(name, {
        connection: storage.producer(),
        streams: { events: { maxLen: 100 } }, // nobody reads BullMQ's own event stream
      })
      queue.on('error', () => undefined) // each call below rejects by itself
      return queue
    }
    let current: ReturnType<typeof open> | undefined

    /** A queue that failed while connecting stays failed for good, so after trouble the next call opens a new one. */
    async function ask<T>(question: (queue: ReturnType<typeof open>) => Promise<T>): Promise<T> {
      await storage.reach()
      const queue = (current ??= open())
      try {
        return await within(question(queue), answerWithin, `the queue ${name}`)
      } catch (error) {
        if (current === queue) current = undefined
        queue.close().catch(() => undefined)
        throw error
      }
    }

    return {
      async add(jobs) {
        if (jobs.length > fewJobs) {
          await ask((queue) =>
            queue.addBulk(jobs.map((job) => ({ name: job.name, data: job.data, opts: toBull(job) }))),
          )
          return
        }
        for (const job of jobs) await ask((queue) => queue.add(job.name, job.data, toBull(job)))
      },
      async counts() {
        const count = await ask((queue) => queue.getJobCounts('waiting', 'active', 'delayed', 'failed'))
        return {
          waiting: count['waiting'] ?? 0,
          active: count['active'] ?? 0,
          delayed: count['delayed'] ?? 0,
          dead: count['failed'] ?? 0,
        }
      },
      async dead() {
        const jobs = await ask((queue) => queue.getJobs('failed', 0, -1, true))
        return jobs.map(toDead)
      },
      async remove(id) {
        await ask((queue) => queue.remove(id))
      },
      async [Symbol.asyncDispose]() {
        await current?.close().catch(() => undefined)
      },
    }
  }

  function openWorker(name: string, calls: WorkerCalls, { concurrency, lockMs }: WorkerPace): JobWorker {
    const stop = new AbortController()

    async function work(job: Job<unknown, void>, token?: string): Promise<void> {
      try {
        const outcome = await calls.work(toWork(job))
        if (outcome.kind === 'done') return
        await job.moveToDelayed(Date.now() + outcome.milliseconds, token)
      } catch (error) {
        throw error instanceof Unreadable ? new UnrecoverableError(error.message) : error
      }
      throw new DelayedError() // how BullMQ is told that the job is already where it belongs
    }

    const open = () => {
      const worker = new bull.Worker<unknown, void>(name, work, {
        connection: storage.consumer(stop.signal),
        concurrency,
        autorun: false,
        lockDuration: lockMs,
        stalledInterval: Math.ceil(lockMs / 3),
        // A process that dies with the same job in its hands this many times is given no more chances with it.
        maxStalledCount: usualOptions.attempts,
        runRetryDelay: 1_000,
      })
      worker.on('error', (error) => {
        troubledAt = Date.now()
        calls.trouble(error)
      })
      worker.on('failed', (job, error) => {
        if (job) calls.failed(toWork(job), error, job.finishedOn !== undefined)
      })
      return worker
    }
    let current: ReturnType<typeof open> | undefined
    let troubledAt = 0

    /** A worker that failed while connecting stays failed for good, so until one is ready it is opened anew. */
    async function start(): Promise<void> {
      for (let times = 0; !stop.signal.aborted; times++) {
        const worker = (current = open())
        try {
          await worker.waitUntilReady()
          worker.run().catch(calls.trouble)
          return
        } catch (error) {
          if (stop.signal.aborted) return
          calls.trouble(error instanceof Error ? error : new Error(String(error)))
          await worker.close(true).catch(() => undefined)
          await pause(growing(times, 100, 5_000), stop.signal)
        }
      }
    }

    async function close(): Promise<void> {
      stop.abort()
      // BullMQ waits for ever for a connection that is being re-made, but not for one that gave up.
      if (Date.now() - troubledAt < 2 * storage.givesUpWithin) await setTimeout(storage.givesUpWithin)
      const worker = current
      // Jobs in progress get time to end; what does not end is taken over by another worker when its lock runs out.
      await within(worker?.close() ?? Promise.resolve(), closesWithin, `closing the worker of ${name}`).catch(() => {
        // A connection that is down may never confirm that it was closed.
        worker?.disconnect().catch(() => undefined)
      })
    }
    let closed: Promise<void> | undefined

    return {
      ready: start(),
      async hurry(id) {
        // Already due, already taken, or gone: then there is nothing to hurry.
        await current
          ?.getBackend()
          .promote(id)
          .catch(() => undefined)
      },
      [Symbol.asyncDispose]: () => (closed ??= close()),
    }
  }

  let closed: Promise<void> | undefined
  return {
    queue: openQueue,
    worker: openWorker,
    settle: () => within(storage.settle(), answerWithin, 'the job backend'),
    [Symbol.asyncDispose]: () =>
      (closed ??= within(storage.close(), closesWithin, 'closing the job backend').catch(() => undefined)),
  }
}

function toBull({ id, options }: NewJob): JobsOptions {
  return {
    jobId: id,
    attempts: options.attempts,
    backoff: { type: 'exponential', delay: options.backoffMs, jitter: 0.2 },
    removeOnComplete: true,
    removeOnFail: false,
    stackTraceLimit: 1,
    ...(options.delayMs === undefined ? {} : { delay: options.delayMs }),
  }
}

function toWork({ id = '', name, data, attemptsMade, attemptsStarted }: Job<unknown, void>): Work {
  return { id, name, data, postponed: Math.max(0, attemptsStarted - attemptsMade - 1) }
}

function toDead({ id = '', name, data, opts, failedReason, attemptsMade, finishedOn }: Job<unknown, void>): DeadJob {
  const backoff = typeof opts.backoff === 'object' ? opts.backoff.delay : opts.backoff
  const options: JobOptions = { attempts: opts.attempts ?? 1, backoffMs: backoff ?? 0 }
  return { id, name, data, options, reason: failedReason, triedTimes: attemptsMade, diedAt: new Date(finishedOn ?? 0) }
}
