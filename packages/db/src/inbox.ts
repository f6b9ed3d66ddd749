import type { EventEnvelope } from '@samkraft/contracts'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Base } from './base/schema.ts'
import { asOrganisation } from './transaction.ts'

/** An earlier event of the same aggregate has not been applied yet; this one must wait for it. */
export class OutOfOrder extends Error {
  readonly event: EventEnvelope

  constructor(event: EventEnvelope, applied: number) {
    super(`event ${event.id} is number ${event.sequence} of ${event.aggregateId}, of which ${applied} are applied`)
    this.name = 'OutOfOrder'
    this.event = event
  }
}

/**
 * Applies an event exactly once and in its aggregate's order: the inbox row is locked and advanced in the same transaction as
 * the effect, so a worker that lost its job while paused finds the row moved and does nothing.
 * Returns `applied`, or `repeated` when it was applied before. Throws `OutOfOrder` on a gap.
 */
export function consume<Schema extends Base>(
  db: Kysely<Schema>,
  { event, organisationId }: { event: EventEnvelope; organisationId: string },
  run: (tx: Transaction<Schema>) => Promise<void>,
): Promise<'applied' | 'repeated'> {
  return asOrganisation(db, organisationId, async (tx) => {
    if (!(await advance(tx, event))) {
      const applied = await lastApplied(tx, event.aggregateId)
      if (event.sequence <= applied) return 'repeated'
      throw new OutOfOrder(event, applied)
    }
    await run(tx)
    return 'applied'
  })
}

/** Moves the inbox on when this event is the next one; the row is then locked until the transaction ends. */
async function advance<Schema extends Base>(
  tx: Transaction<Schema>,
  { aggregateId, sequence }: EventEnvelope,
): Promise<boolean> {
  const { rows } = await sql`
    insert into inbox as i (aggregate_id, sequence)
    select ${aggregateId}::uuid, ${sequence}::int
    where ${sequence}::int = 1 or exists (select from inbox where aggregate_id = ${aggregateId}::uuid)
    on conflict (aggregate_id) do update set sequence = excluded.sequence where i.sequence = excluded.sequence - 1
    returning 1`.execute(tx)
  return rows.length === 1
}

async function lastApplied<Schema extends Base>(tx: Transaction<Schema>, aggregateId: string): Promise<number> {
  const { rows } = await sql<{
    sequence: number
  }>`select sequence from inbox where aggregate_id = ${aggregateId}::uuid`.execute(tx)
  return rows[0]?.sequence ?? 0
}
