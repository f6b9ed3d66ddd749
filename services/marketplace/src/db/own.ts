import { exactInstant } from '@samkraft/db'
import type { Status, WeeklyHours } from '@samkraft/contracts/marketplace'
import { sql, type Transaction } from 'kysely'
import type { Noun, Place } from '../domain/listing.ts'
import type { PageEnd } from './lists.ts'
import type { Schema } from './schema.ts'

/** One of the own in a list, with what everybody reads of it once it has been published. */
export type OwnRow = Readonly<{
  id: string
  reference: string | null
  version: number
  status: Status
  details: Readonly<Record<string, unknown>>
  changedAt: string
  item: unknown
  /** What is left of it in the weeks that count; null for a draft. */
  remaining: readonly WeeklyHours[] | null
}>

const changedAt = sql`${exactInstant(sql`own.changed_at`)} as "changedAt"`

/** The organisation's own of any status, last changed first. Sees what the transaction's tenant context lets it see. */
export async function readOwn(
  tx: Transaction<Schema>,
  noun: Noun,
  {
    organisationId,
    statuses,
    begunBy,
    after,
    limit,
  }: {
    organisationId: string
    statuses?: readonly Status[] | undefined
    begunBy?: string | undefined
    after: PageEnd | null
    limit: number
  },
): Promise<OwnRow[]> {
  const some = statuses ? sql`and own.status = any(${[...statuses]}::text[])` : sql``
  const theirs = begunBy ? sql`and own.created_by = ${begunBy}::uuid` : sql``
  const beyond = after ? sql`and (own.changed_at, own.id) < (${after.value}::timestamptz, ${after.id}::uuid)` : sql``
  const { rows } = await sql<OwnRow>`
    select own.id, own.reference, own.version, own.status, own.details, shown.item, shown.remaining, ${changedAt}
    from ${sql.table(noun)} own left join ${sql.table(`published_${noun}`)} shown on shown.id = own.id
    where own.organisation_id = ${organisationId}::uuid ${some} ${theirs} ${beyond}
    order by own.changed_at desc, own.id desc limit ${limit}`.execute(tx)
  return rows
}

/** One of the own as it is being written, the day it is, and its municipality when it is one. */
export type DraftRow = Omit<OwnRow, 'item' | 'remaining'> & Readonly<{ today: string; at: Place | null }>

/** Null when there is none, or it is another organisation's. */
export async function readDraft(tx: Transaction<Schema>, noun: Noun, id: string): Promise<DraftRow | null> {
  const { rows } = await sql<DraftRow>`
    select own.id, own.reference, own.version, own.status, own.details, ${changedAt}, app_today() as today,
      (select json_build_object('code', municipality_code, 'name', short_name) from organisation
        where municipality_code = own.details ->> 'placeMunicipality') as at
    from ${sql.table(noun)} own where own.id = ${id}::uuid`.execute(tx)
  return rows[0] ?? null
}
