/** The wait before try n + 1 is `backoffMs` × 2ⁿ⁻¹; after `attempts` tries the job is given up on. */
export type JobOptions = Readonly<{ attempts: number; backoffMs: number }>

/** Eight tries over about a minute, then the job is given up on and an operator is told. */
export const usualOptions: JobOptions = { attempts: 8, backoffMs: 500 }

/** A job as it is handed over; `id` dedupes for as long as an older job with that id exists. */
export type NewJob = Readonly<{ id: string; name: string; data: unknown; options: JobOptions }>

/** How many jobs of a queue are where. `dead` are those given up on until an operator retries them. */
export type QueueCounts = Readonly<{ waiting: number; active: number; delayed: number; dead: number }>

/** A job given up on, as the queue keeps it. */
export type DeadJob = NewJob & Readonly<{ reason: string; triedTimes: number; diedAt: Date }>

/** All a caller may do with a queue: nothing here exists on one backend only. */
export interface JobQueue extends AsyncDisposable {
  /** Adds in the order given. Adding an id that is still there changes nothing. Rejects within seconds when the backend is away. */
  add(jobs: readonly NewJob[]): Promise<void>
  counts(): Promise<QueueCounts>
  /** The jobs given up on, oldest first. */
  dead(): Promise<readonly DeadJob[]>
  /** Forgets a job that is not being worked on. */
  remove(id: string): Promise<void>
}

/** A job being worked on. */
export type Work = Readonly<{
  id: string
  name: string
  data: unknown
  /** How often it was put back with `postpone`, which costs no attempt. */
  postponed: number
}>

/** What a worker does with a job that went well enough to return. */
export type Outcome = { kind: 'done' } | { kind: 'postpone'; milliseconds: number }

/** What a worker is asked to do, and what it tells about. */
export type WorkerCalls = Readonly<{
  /** Throw to have the job tried again; throw `Unreadable` to have it given up on at once. */
  work(job: Work): Promise<Outcome>
  /** The job failed; `dead` when it will not be tried again. */
  failed(job: Work, error: Error, dead: boolean): void
  /** Trouble that belongs to no job, such as a backend that is away. */
  trouble(error: Error): void
}>

/** `lockMs`: how long after a process was last heard of its jobs are given to another one. */
export type WorkerPace = Readonly<{ concurrency: number; lockMs: number }>

export interface JobWorker extends AsyncDisposable {
  /** Resolves when the worker has reached its backend and takes jobs. */
  readonly ready: Promise<void>
  /** Makes a job that was postponed due now, if it still waits. */
  hurry(id: string): Promise<void>
}

/** Where jobs are kept. Opening one connects to nothing yet. */
export interface JobBackend extends AsyncDisposable {
  queue(name: string): JobQueue
  worker(name: string, calls: WorkerCalls, pace: WorkerPace): JobWorker
  /** Resolves when all that was added before will survive a crash of the backend. */
  settle(): Promise<void>
}

/** A job that cannot be read will not become readable by trying again. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable'
}
