import type { EventDefinition } from '@samkraft/contracts'
import { sql, type Transaction } from 'kysely'
import type { z } from 'zod'
import type { Base } from './base/schema.ts'
import { sayAfterCommit } from './herald.ts'
import { type Part, writeTogether } from './write-together.ts'

type EventToAppend<Data> = Readonly<{
  aggregateId: string
  /** The organisation that owns the aggregate. */
  organisationId: string
  requestId: string
  data: Data
}>

/**
 * Writes an event with the change that makes it true. Takes a Transaction: announcing something uncommitted does not compile.
 * The aggregate's row in `stream` stays locked until the transaction ends, so sequence follows commit order without a gap.
 */
export async function appendEvent<Schema extends Base, Definition extends EventDefinition>(
  tx: Transaction<Schema>,
  definition: Definition,
  event: EventToAppend<z.input<Definition['data']>>,
): Promise<void> {
  await writeTogether(tx, [eventPart(tx, definition, event)])
}

/** The same as part of a statement that writes more than the event. One event to a statement. */
export function eventPart<Schema, Definition extends EventDefinition>(
  tx: Transaction<Schema>,
  definition: Definition,
  { aggregateId, organisationId, requestId, data }: EventToAppend<z.input<Definition['data']>>,
): Part {
  const payload = JSON.stringify(definition.data.parse(data))
  sayAfterCommit(tx, 'outbox')
  return sql`
    next_sequence as (
      insert into stream as s (aggregate_id, sequence) values (${aggregateId}::uuid, 1)
      on conflict (aggregate_id) do update set sequence = s.sequence + 1 returning sequence
    ), event as (
      insert into outbox (type, aggregate, aggregate_id, sequence, organisation_id, request_id, data)
      select ${definition.type}, ${definition.aggregate}, ${aggregateId}::uuid, sequence, ${organisationId}::uuid, ${requestId}, ${payload}::jsonb
      from next_sequence
    )`
}
