import type { BackendFactory, IQueueBackend } from 'bullmq'

/** What differs between the backends. `producer` fails fast while the backend is away, `consumer` waits for it until `closing`. */
export type Storage<B extends IQueueBackend, Connection> = Readonly<{
  factory: BackendFactory<B, Connection>
  producer(): Connection
  consumer(closing: AbortSignal): Connection
  /** How long after `closing` a consumer that is cut off may still be trying, milliseconds. */
  givesUpWithin: number
  /** Rejects within a second or so when the producers' connection is away. */
  reach(): Promise<void>
  settle(): Promise<void>
  /** Makes a delayed job due now; nothing when it is not delayed any more. */
  promote(backend: B, queue: string, id: string): Promise<void>
  close(): Promise<void>
}>

/** Long enough for a slow answer, short enough that nobody holds locks while waiting for a dead one. */
export const answerWithin = 5_000

/** Less than the ten seconds that supervisors usually give a process to end. */
export const closesWithin = 5_000
