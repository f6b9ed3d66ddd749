import type { RequestSide } from '@samkraft/contracts/matching'
import type { Kysely } from 'kysely'
import { toRequestSide } from './match-views.ts'
import type { Schema } from './schema.ts'

export type RequestSubject = Readonly<{
  request: RequestSide
  open: boolean
  computedAt: Date | null
  moreServing: boolean
  countyCode: string | null
}>

/** What the pages need to know of a request beside its matches. */
export async function findRequestSubject(db: Kysely<Schema>, requestId: string): Promise<RequestSubject | undefined> {
  const row = await db
    .selectFrom('request as r')
    .leftJoin('organisation as o', 'o.organisation_id', 'r.organisation_id')
    .select(['r.organisation_id', 'r.facts', 'r.open', 'r.computed_at', 'r.more_serving', 'o.county_code'])
    .where('r.request_id', '=', requestId)
    .executeTakeFirst()
  return (
    row && {
      request: toRequestSide(row.organisation_id, row.facts),
      open: row.open,
      computedAt: row.computed_at,
      moreServing: row.more_serving,
      countyCode: row.county_code,
    }
  )
}

/** Whose an offer is; undefined when it is not known here. */
export async function ownerOfOffer(db: Kysely<Schema>, offerId: string): Promise<string | undefined> {
  const row = await db.selectFrom('offer').select('organisation_id').where('offer_id', '=', offerId).executeTakeFirst()
  return row?.organisation_id
}
