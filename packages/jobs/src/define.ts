import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import { type JobBackend, type JobOptions, type NewJob, Unreadable } from './port.ts'

/** Eight tries over about a minute, then the job is given up on and an operator is told. */
export const usualOptions: JobOptions = { attempts: 8, backoffMs: 500 }

/** Work a service queues for itself. The name carries a version: a payload is a promise to jobs already queued. */
export type JobDefinition<Payload extends z.ZodType = z.ZodType> = Readonly<{
  name: string
  payload: Payload
  options: JobOptions
}>

/** A kind of job; `options` that are not given are the usual ones. */
export function defineJob<Payload extends z.ZodType>(definition: {
  name: string
  payload: Payload
  options?: Partial<JobOptions>
}): JobDefinition<Payload> {
  return { ...definition, options: { ...usualOptions, ...definition.options } }
}

/** A definition joined with what is done about it; the payload's type is already settled here. */
export type JobHandler = Readonly<{
  name: string
  /** Reads the payload and returns the work to do; throws `Unreadable`. */
  prepare(data: unknown): () => Promise<void>
}>

/** `run` may be called more than once for one job, so it must be harmless to repeat. */
export function handleJob<Payload extends z.ZodType>(
  { name, payload }: JobDefinition<Payload>,
  run: (payload: z.output<Payload>) => Promise<void>,
): JobHandler {
  return {
    name,
    prepare(data) {
      const read = payload.safeParse(data)
      if (!read.success) throw new Unreadable(`unreadable ${name}: ${whatIsWrong(read.error)}`)
      return () => run(read.data)
    },
  }
}

/** Puts a service's own jobs on its own queue. */
export interface JobSender extends AsyncDisposable {
  /** Resolves when the job is safely stored. The same `id` twice is one job for as long as the first is there. */
  send<Payload extends z.ZodType>(
    definition: JobDefinition<Payload>,
    payload: z.input<Payload>,
    when?: { id?: string; delayMs?: number },
  ): Promise<void>
}

/** Opens the sender of a service's own jobs; whoever opened it closes it. */
export function jobSender(backend: JobBackend, service: string): JobSender {
  const queue = backend.queue(service)
  return {
    async send({ name, options }, payload, { id = randomUUID(), delayMs } = {}) {
      const job: NewJob = {
        id,
        name,
        data: payload,
        options: delayMs === undefined ? options : { ...options, delayMs },
      }
      await queue.add([job])
      await backend.settle()
    },
    [Symbol.asyncDispose]: () => queue[Symbol.asyncDispose](),
  }
}

/** Where a payload does not fit and why, without any of its values: these words end in logs. */
export function whatIsWrong(error: z.ZodError): string {
  return error.issues.map(({ path, code }) => `${path.join('.') || '(all of it)'} ${code}`).join(', ')
}
