import { setTimeout } from 'node:timers/promises'
import { DelayedError, type IQueueBackend, type Job, UnrecoverableError, withBackend } from 'bullmq'
import { growing, pause, within } from './pause.ts'
import { type JobWorker, Unreadable, usualOptions, type Work, type WorkerCalls, type WorkerPace } from './port.ts'
import { closesWithin, type Storage } from './storage.ts'

/** A worker of BullMQ behind the narrow port. */
export function bullWorker<B extends IQueueBackend, Connection>(
  { factory, consumer, givesUpWithin, promote }: Storage<B, Connection>,
  name: string,
  calls: WorkerCalls,
  { concurrency, lockMs }: WorkerPace,
): JobWorker {
  const { Worker } = withBackend(factory)
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
    const worker = new Worker<unknown, void>(name, work, {
      connection: consumer(stop.signal),
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
    if (Date.now() - troubledAt < 2 * givesUpWithin) await setTimeout(givesUpWithin)
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
      if (current) await promote(current.getBackend(), name, id).catch(() => undefined)
    },
    [Symbol.asyncDispose]: () => (closed ??= close()),
  }
}

function toWork({ id = '', name, data, attemptsMade, attemptsStarted }: Job<unknown, void>): Work {
  return { id, name, data, postponed: Math.max(0, attemptsStarted - attemptsMade - 1) }
}
