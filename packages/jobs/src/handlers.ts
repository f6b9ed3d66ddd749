import { EventEnvelope, type EventDefinition, type EventOf } from '@samkraft/contracts'
import type { Transaction } from 'kysely'
import type { z } from 'zod'
import { Unreadable } from './port.ts'

/** What a service does about one type of event; the event's own type is already settled here. */
export type EventHandler<Schema> = Readonly<{
  type: string
  /** Reads the data and says in whose name to act and what to do; throws `Unreadable`. */
  prepare(envelope: EventEnvelope): Effect<Schema>
}>

export type Effect<Schema> = Readonly<{ organisationId: string; run(tx: Transaction<Schema>): Promise<void> }>

/**
 * What to do when something happened elsewhere. `run` is called once per event, in the order of its aggregate, in a
 * transaction that also remembers that it was done; so it does database work only. It acts in the name of the organisation
 * that owns the event's aggregate, unless `organisation` names another.
 */
export function on<Schema, Type extends string, Data extends z.ZodType>(
  definition: EventDefinition<Type, Data>,
  run: (tx: Transaction<Schema>, event: EventOf<EventDefinition<Type, Data>>) => Promise<void>,
  { organisation }: { organisation?: (event: EventOf<EventDefinition<Type, Data>>) => string } = {},
): EventHandler<Schema> {
  return {
    type: definition.type,
    prepare(envelope) {
      const data = definition.data.safeParse(envelope.data)
      if (!data.success) throw new Unreadable(`unreadable ${definition.type}: ${whatIsWrong(data.error)}`)
      const event = { ...envelope, type: definition.type, data: data.data }
      return {
        organisationId: organisation ? organisation(event) : envelope.organisationId,
        run: (tx) => run(tx, event),
      }
    },
  }
}

/** Finds a handler by the type of its event. Two for one type is a mistake that stops the boot. */
export function byType<Schema>(handlers: readonly EventHandler<Schema>[]): ReadonlyMap<string, EventHandler<Schema>> {
  const table = new Map<string, EventHandler<Schema>>()
  for (const handler of handlers) {
    if (table.has(handler.type)) throw new Error(`two handlers for ${handler.type}`)
    table.set(handler.type, handler)
  }
  return table
}

/** The event in a job of this name; throws `Unreadable` when it holds none, or another one. */
export function readEnvelope(name: string, data: unknown): EventEnvelope {
  const read = EventEnvelope.safeParse(data)
  if (!read.success) throw new Unreadable(`unreadable ${name}: ${whatIsWrong(read.error)}`)
  if (read.data.type !== name) throw new Unreadable(`a job named ${name} holds another event`)
  return read.data
}

/** Where data does not fit and why, without any of its values: these words end in logs. */
function whatIsWrong(error: z.ZodError): string {
  return error.issues.map(({ path, code }) => `${path.join('.') || '(all of it)'} ${code}`).join(', ')
}
