import { type IQueueBackend, type Job, type JobsOptions, withBackend } from 'bullmq'
import { within } from './pause.ts'
import type { DeadJob, JobOptions, JobQueue, NewJob } from './port.ts'
import { answerWithin, type Storage } from './storage.ts'

/** Above this many, one statement for all is quicker than one statement each. */
const fewJobs = 4

/** A queue of BullMQ behind the narrow port. */
export function bullQueue<B extends IQueueBackend, Connection>(
  { factory, producer, reach }: Storage<B, Connection>,
  name: string,
): JobQueue {
  const { Queue } = withBackend(factory)
  const open = () => {
    const queue = new Queue<unknown, void>(name, {
      connection: producer(),
      streams: { events: { maxLen: 100 } }, // nobody reads BullMQ's own event stream
    })
    queue.on('error', () => undefined) // each call below rejects by itself
    return queue
  }
  let current: ReturnType<typeof open> | undefined

  /** A queue that failed while connecting stays failed for good, so after trouble the next call opens a new one. */
  async function ask<T>(question: (queue: ReturnType<typeof open>) => Promise<T>): Promise<T> {
    await reach()
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
        await ask((queue) => queue.addBulk(jobs.map((job) => ({ name: job.name, data: job.data, opts: toBull(job) }))))
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

function toBull({ id, options }: NewJob): JobsOptions {
  return {
    jobId: id,
    attempts: options.attempts,
    backoff: { type: 'exponential', delay: options.backoffMs, jitter: 0.2 },
    removeOnComplete: true,
    removeOnFail: false,
    stackTraceLimit: 1,
  }
}

function toDead({ id = '', name, data, opts, failedReason, attemptsMade, finishedOn }: Job<unknown, void>): DeadJob {
  const backoff = typeof opts.backoff === 'object' ? opts.backoff.delay : opts.backoff
  const options: JobOptions = { attempts: opts.attempts ?? 1, backoffMs: backoff ?? 0 }
  return { id, name, data, options, reason: failedReason, triedTimes: attemptsMade, diedAt: new Date(finishedOn ?? 0) }
}
