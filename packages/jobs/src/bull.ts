import type { IQueueBackend } from 'bullmq'
import { bullQueue } from './bull-queue.ts'
import { bullWorker } from './bull-worker.ts'
import { within } from './pause.ts'
import type { JobBackend } from './port.ts'
import { answerWithin, closesWithin, type Storage } from './storage.ts'

/** BullMQ behind the narrow port, the same on either backend. */
export function bullBackend<B extends IQueueBackend, Connection>(storage: Storage<B, Connection>): JobBackend {
  let closed: Promise<void> | undefined
  return {
    queue: (name) => bullQueue(storage, name),
    worker: (name, calls, pace) => bullWorker(storage, name, calls, pace),
    settle: () => within(storage.settle(), answerWithin, 'the job backend'),
    [Symbol.asyncDispose]: () =>
      (closed ??= within(storage.close(), closesWithin, 'closing the job backend').catch(() => undefined)),
  }
}
