import { randomUUID } from 'node:crypto'
import type { EventDefinition, EventEnvelope } from '@samkraft/contracts'
import { type Base, consume } from '@samkraft/db'
import type { Kysely } from 'kysely'
import type { z } from 'zod'
import { byType, type EventHandler } from './handlers.ts'

/** Hands a service the events of others, one at a time, as its worker does; each call returns what came of it. */
export function delivering<Schema extends Base>(db: Kysely<Schema>, handlers: readonly EventHandler<Schema>[]) {
  const known = byType(handlers)
  return (event: EventEnvelope): Promise<'applied' | 'repeated'> => {
    const effect = known.get(event.type)?.prepare(event)
    const organisationId = effect?.organisationId ?? event.organisationId
    return consume(db, { event, organisationId }, async (tx) => effect?.run(tx))
  }
}

/**
 * Tells a service what happened elsewhere: each aggregate's events are numbered in the order they are told, and the event is returned.
 * `again` hands on an event that was told before.
 */
export function listening<Schema extends Base>(db: Kysely<Schema>, handlers: readonly EventHandler<Schema>[]) {
  const deliver = delivering(db, handlers)
  const sequences = new Map<string, number>()

  async function hear<Type extends string, Data extends z.ZodType>(
    { type, aggregate }: EventDefinition<Type, Data>,
    { aggregateId, organisationId, data }: { aggregateId: string; organisationId: string; data: z.input<Data> },
  ): Promise<EventEnvelope> {
    const sequence = (sequences.get(aggregateId) ?? 0) + 1
    sequences.set(aggregateId, sequence)
    const event: EventEnvelope = {
      id: randomUUID(),
      ...{ type, aggregate, aggregateId, sequence, organisationId },
      requestId: `change-${aggregateId.slice(-4)}-${sequence}`,
      occurredAt: new Date().toISOString(),
      // What is told has been through a queue.
      data: JSON.parse(JSON.stringify(data)),
    }
    await deliver(event)
    return event
  }
  return Object.assign(hear, { again: deliver })
}
