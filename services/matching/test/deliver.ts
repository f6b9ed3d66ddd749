import type { EventEnvelope } from '@samkraft/contracts'
import { consume } from '@samkraft/db'
import type { Kysely } from 'kysely'
import type { Schema } from '../src/db/schema.ts'
import { handlers } from '../src/jobs/handlers.ts'

const byType = new Map(handlers.map((handler) => [handler.type, handler]))

/** Delivers an event the way the worker does; returns what came of it. */
export function deliver(db: Kysely<Schema>, event: EventEnvelope): Promise<'applied' | 'repeated'> {
  const effect = byType.get(event.type)?.prepare(event)
  return consume(db, { event, organisationId: effect?.organisationId ?? event.organisationId }, async (tx) =>
    effect?.run(tx),
  )
}
