import { type Selectable, sql, type Transaction } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import type { DecisionTable, PartyTable, Schema } from './schema.ts'

/** All terms ever put, newest first, each with its shares. */
export function readRevisions(tx: Transaction<Schema>, arrangementId: string) {
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
    .execute()
}

export type RevisionRow = Awaited<ReturnType<typeof readRevisions>>[number]

/** All decisions ever taken, oldest first. */
export function readDecisions(tx: Transaction<Schema>, arrangementId: string): Promise<Selectable<DecisionTable>[]> {
  return tx
    .selectFrom('decision')
    .selectAll()
    .where('arrangement_id', '=', arrangementId)
    .orderBy('at')
    .orderBy('round')
    .execute()
}

export function readParties(tx: Transaction<Schema>, arrangementId: string): Promise<Selectable<PartyTable>[]> {
  return tx.selectFrom('party').selectAll().where('arrangement_id', '=', arrangementId).execute()
}
