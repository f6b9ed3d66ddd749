import { exactInstant } from '@samkraft/db'
import { sql, type Transaction } from 'kysely'
import type { Noun } from '../domain/listing.ts'
import type { PageEnd } from './lists.ts'
import type { Schema } from './schema.ts'

export type TaskRow = Readonly<{
  kind: string
  noun: Noun
  id: string
  version: number
  reference: string | null
  details: Readonly<Record<string, unknown>>
  since: string
  until: string | null
  /** What the list is ordered by: the day it must be done, or the end of time. */
  due: string
}>

/** Days before a date that it is put on the list of what to do. */
const aheadDays = 14

/** What waits for the organisation, what is due first first; drafts, which nothing presses, last. */
export async function readTasks(
  tx: Transaction<Schema>,
  organisationId: string,
  { after, limit }: { after: PageEnd | null; limit: number },
): Promise<TaskRow[]> {
  const beyond = after ? sql`where (due, task) > (${after.value}::date, ${after.id})` : sql``
  const { rows } = await sql<TaskRow>`
    with today as materialized (select app_today() as day), waiting as (
      select noun || '_draft' as kind, noun, id, version, reference, details, changed_at as since, null::date as until
      from (
        select 'offer' as noun, * from offer where organisation_id = ${organisationId}::uuid and status = 'draft'
        union all
        select 'request', * from request where organisation_id = ${organisationId}::uuid and status = 'draft'
      ) drafts
      union all
      select case when confirmed_until < day then 'offer_unconfirmed' else 'offer_to_confirm' end, 'offer', own.id, own.version,
        own.reference, own.details, (case when confirmed_until < day then confirmed_until + 1 else confirmed_until - ${aheadDays}::int end)::timestamp at time zone 'Europe/Stockholm', confirmed_until
      from offer own join published_offer shown on shown.id = own.id, today
      where own.organisation_id = ${organisationId}::uuid and own.status = 'published'
        and confirmed_until < day + ${aheadDays}::int and closes > confirmed_until + 1
      union all
      select noun || '_expiring', noun, id, version, reference, details,
        (closes - ${aheadDays}::int)::timestamp at time zone 'Europe/Stockholm', closes - 1
      from (
        select 'offer' as noun, own.*, shown.closes, shown.most_left, shown.starts from offer own join published_offer shown on shown.id = own.id
        where own.organisation_id = ${organisationId}::uuid and own.status = 'published'
        union all
        select 'request', own.*, shown.closes, shown.most_left, shown.starts from request own join published_request shown on shown.id = own.id
        where own.organisation_id = ${organisationId}::uuid and own.status = 'published'
      ) open, today
      where closes <= day + ${aheadDays}::int and (most_left > 0 or starts is null)
    ), ordered as (
      select *, coalesce(until, 'infinity'::date) as due, kind || ':' || id as task from waiting
    )
    select kind, noun, id, version, reference, details, ${exactInstant(sql`since`)} as since, until, due from ordered ${beyond}
    order by due, task limit ${limit}`.execute(tx)
  return rows
}
