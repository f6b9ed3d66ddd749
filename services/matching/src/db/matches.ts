import type { Improvement, MatchGroup } from '@samkraft/contracts/matching'
import { sentWithNext } from '@samkraft/db'
import { sql, type Transaction } from 'kysely'
import type { Ranked, Summary } from '../domain/keep.ts'
import type { Scored } from '../domain/score.ts'
import type { Schema } from './schema.ts'

/** A match as it is written. */
export type ComputedMatch = Readonly<{
  requestId: string
  offerId: string
  scored: Scored
  improvements: readonly Improvement[]
}>

export type Pair = Readonly<{ requestId: string; offerId: string }>

/**
 * Writes matches in one statement, whatever their number; a match that is already there as it is stays untouched.
 * Returns the pairs that are new or different.
 */
export async function writeMatches(tx: Transaction<Schema>, matches: readonly ComputedMatch[]): Promise<Pair[]> {
  if (matches.length === 0) return []
  const rows = matches.map(({ requestId, offerId, scored, improvements }) => ({
    request_id: requestId,
    offer_id: offerId,
    score: scored.score,
    match_group: scored.group,
    hours_per_week: scored.hoursPerWeek,
    asked_hours_per_week: scored.askedHoursPerWeek,
    period_from: scored.period?.from ?? null,
    period_to: scored.period?.to ?? null,
    km: scored.km,
    factors: scored.factors,
    improvements,
  }))
  const { rows: written } = await sql<Pair>`
    insert into match as m (request_id, offer_id, score, match_group, hours_per_week, asked_hours_per_week, period, km,
      factors, improvements, computed_at, serves_since)
    select request_id, offer_id, score, match_group, hours_per_week, asked_hours_per_week,
      case when period_from is null then null else daterange(period_from, period_to) end, km, factors, improvements,
      app_now(), case when match_group = 'near' then null else app_now() end
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t (request_id uuid, offer_id uuid, score int, match_group text,
      hours_per_week double precision, asked_hours_per_week double precision, period_from date, period_to date, km int,
      factors jsonb, improvements jsonb)
    on conflict (request_id, offer_id) do update set score = excluded.score, match_group = excluded.match_group,
      hours_per_week = excluded.hours_per_week, asked_hours_per_week = excluded.asked_hours_per_week, period = excluded.period,
      km = excluded.km, factors = excluded.factors, improvements = excluded.improvements, computed_at = excluded.computed_at,
      serves_since = case when excluded.serves_since is null then null else coalesce(m.serves_since, excluded.serves_since) end
    where (m.factors, m.improvements, m.match_group) is distinct from (excluded.factors, excluded.improvements, excluded.match_group)
    returning request_id as "requestId", offer_id as "offerId"`.execute(tx)
  return written
}

/** Removes matches in one statement. */
export async function removeMatches(tx: Transaction<Schema>, pairs: readonly Pair[]): Promise<void> {
  if (pairs.length === 0) return
  await sql`${sentWithNext}
    delete from match m using unnest(${pairs.map(({ requestId }) => requestId)}::uuid[], ${pairs.map(({ offerId }) => offerId)}::uuid[])
      as gone (request_id, offer_id)
    where m.request_id = gone.request_id and m.offer_id = gone.offer_id`.execute(tx)
}

/** A kept match, as far as ranking needs it. */
export type KeptMatch = Ranked & Readonly<{ offerOwnerId: string }>

/** The kept matches of these requests, by request. */
export async function keptMatches(
  tx: Transaction<Schema>,
  requestIds: readonly string[],
): Promise<ReadonlyMap<string, KeptMatch[]>> {
  const rows = await tx
    .selectFrom('match as m')
    .innerJoin('offer as f', 'f.offer_id', 'm.offer_id')
    .select(['m.request_id', 'm.offer_id', 'm.score', 'm.match_group', 'f.organisation_id'])
    .where(sql<boolean>`m.request_id = any(${[...requestIds]}::uuid[])`)
    .execute()
  const kept = rows.map(({ request_id, offer_id, score, match_group, organisation_id }) => ({
    requestId: request_id,
    match: { offerId: offer_id, score, group: match_group, offerOwnerId: organisation_id },
  }))
  const byRequest = Map.groupBy(kept, ({ requestId }) => requestId)
  return new Map(requestIds.map((id) => [id, (byRequest.get(id) ?? []).map(({ match }) => match)]))
}

/** Which requests, of all or of those named, have kept a match with this offer. */
export async function requestsMatchedWith(
  tx: Transaction<Schema>,
  offerId: string,
  among?: readonly string[],
): Promise<string[]> {
  const rows = await tx
    .selectFrom('match')
    .select('request_id')
    .where('offer_id', '=', offerId)
    .$if(among !== undefined, (query) => query.where(sql<boolean>`request_id = any(${[...(among ?? [])]}::uuid[])`))
    .execute()
  return rows.map(({ request_id }) => request_id)
}

/** Keeps what requests' matches come to. */
export async function writeSummaries(
  tx: Transaction<Schema>,
  summaries: readonly Readonly<{ requestId: string; summary: Summary }>[],
): Promise<void> {
  if (summaries.length === 0) return
  const rows = summaries.map(({ requestId, summary }) => ({
    request_id: requestId,
    serving: summary.serving,
    near: summary.near,
    lowest_serving: summary.lowestServing,
    lowest_near: summary.lowestNear,
    more_serving: summary.moreServing,
    more_near: summary.moreNear,
  }))
  await sql`${sentWithNext}
    update request r set serving = t.serving, near = t.near, lowest_serving = t.lowest_serving, lowest_near = t.lowest_near,
      more_serving = t.more_serving, more_near = t.more_near
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t (request_id uuid, serving int, near int, lowest_serving int,
      lowest_near int, more_serving boolean, more_near boolean)
    where r.request_id = t.request_id`.execute(tx)
}

/** Notes that these requests have matches beside those kept. */
export async function noteLeftOut(
  tx: Transaction<Schema>,
  left: readonly Readonly<{ requestId: string; group: MatchGroup }>[],
): Promise<void> {
  if (left.length === 0) return
  const ids = left.map(({ requestId }) => requestId)
  const near = left.map(({ group }) => group === 'near')
  await sql`${sentWithNext}
    update request r set more_serving = r.more_serving or not t.near, more_near = r.more_near or t.near
    from unnest(${ids}::uuid[], ${near}::boolean[]) as t (request_id, near)
    where r.request_id = t.request_id and not case when t.near then r.more_near else r.more_serving end`.execute(tx)
}
