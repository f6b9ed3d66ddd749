import { type InferResult, sql, type Transaction } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import type { Schema } from './schema.ts'

/** All terms ever put, newest first, each with its shares. */
export function revisionsQuery(tx: Transaction<Schema>, arrangementId: string) {
  return tx
    .selectFrom('revision as r')
    .selectAll('r')
    .select((eb) =>
      jsonArrayFrom(
        eb
          .selectFrom('share as s')
          .select(['s.organisation_id', 's.request_id', 's.hours_per_week'])
          .select([sql<string>`lower(s.period)`.as('from'), sql<string>`upper(s.period)`.as('to')])
          .whereRef('s.arrangement_id', '=', 'r.arrangement_id')
          .whereRef('s.revision', '=', 'r.number')
          .orderBy('s.position'),
      ).as('shares'),
    )
    .where('r.arrangement_id', '=', arrangementId)
    .orderBy('r.number', 'desc')
}

export type RevisionRow = InferResult<ReturnType<typeof revisionsQuery>>[number]

/** All decisions ever taken, oldest first. */
export function decisionsQuery(tx: Transaction<Schema>, arrangementId: string) {
  return tx
    .selectFrom('decision')
    .selectAll()
    .where('arrangement_id', '=', arrangementId)
    .orderBy('at')
    .orderBy('round')
}

export function partiesQuery(tx: Transaction<Schema>, arrangementId: string) {
  return tx.selectFrom('party').selectAll().where('arrangement_id', '=', arrangementId)
}
