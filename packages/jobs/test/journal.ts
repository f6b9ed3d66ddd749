import { randomUUID } from 'node:crypto'
import { defineEvent, EventEnvelope } from '@samkraft/contracts'
import { appendEvent, type Base, enableTenancy, type Migrations, transact } from '@samkraft/db'
import { type Kysely, sql } from 'kysely'
import { z } from 'zod'
import { type EventHandler, on } from '../src/index.ts'

/** A listener's table. Nothing in it is unique: an effect that came twice is there twice. */
export type Journal = Base & { journal: { organisation_id: string; aggregate_id: string; step: number } }

export const journalMigrations: Migrations = {
  '0001_journal': {
    async up(db) {
      await sql`create table journal (
        number bigint generated always as identity, organisation_id uuid not null, aggregate_id uuid not null, step int not null
      )`.execute(db)
      await enableTenancy(db, 'journal')
    },
  },
}

export const stepTaken = defineEvent('test.step_taken.v1', 'offer', z.object({ step: z.int() }))
export const stepIgnored = defineEvent('test.step_ignored.v1', 'offer', z.object({ step: z.int() }))

/** Writes each step into the journal, after `first` has had its say. */
export function journalling(first: (step: number) => void | Promise<void> = () => undefined): EventHandler<Journal> {
  return on(stepTaken, async (tx, { aggregateId, organisationId, data: { step } }) => {
    await tx
      .insertInto('journal')
      .values({ organisation_id: organisationId, aggregate_id: aggregateId, step })
      .execute()
    await first(step)
  })
}

/** Something that steps can be taken by. */
export type Walker = Readonly<{ aggregateId: string; organisationId: string }>

/** One that nobody has seen before. */
export function aWalker(): Walker {
  return { aggregateId: randomUUID(), organisationId: randomUUID() }
}

/** One event per step, each in a transaction of its own. */
export async function take(
  db: Kysely<Journal>,
  walker: Walker,
  steps: readonly number[],
  definition: typeof stepTaken | typeof stepIgnored = stepTaken,
): Promise<void> {
  for (const step of steps) {
    await transact(db, (tx) => appendEvent(tx, definition, { ...walker, requestId: `request-${step}`, data: { step } }))
  }
}

/** The steps of a walker in the order in which they had their effect. `admin` sees all organisations. */
export async function stepsOf(admin: Kysely<Journal>, { aggregateId }: Walker): Promise<number[]> {
  const { rows } = await sql<{
    step: number
  }>`select step from journal where aggregate_id = ${aggregateId}::uuid order by number`.execute(admin)
  return rows.map(({ step }) => step)
}

/** How many events wait in the outbox. */
export async function unpublished(db: Kysely<Journal>): Promise<number> {
  const rows = await db.selectFrom('outbox').select('position').where('published_at', 'is', null).execute()
  return rows.length
}

/** The events in the outbox in the order they were written, as a listener gets them. */
export async function eventsOf(admin: Kysely<Journal>, walker?: Walker): Promise<EventEnvelope[]> {
  const all = admin.selectFrom('outbox').selectAll().orderBy('position')
  const rows = await (walker ? all.where('aggregate_id', '=', walker.aggregateId) : all).execute()
  return rows.map((row) =>
    EventEnvelope.parse({
      ...row,
      aggregateId: row.aggregate_id,
      organisationId: row.organisation_id,
      requestId: row.request_id,
      occurredAt: row.occurred_at.toISOString(),
    }),
  )
}
