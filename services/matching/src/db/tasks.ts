import type { MatchTask } from '@samkraft/contracts/matching'
import { sql, type Transaction } from 'kysely'
import { toOfferSide, toRequestSide } from './match-views.ts'
import type { Schema } from './schema.ts'

/** Of each kind; who has more than this to look at has enough to do. */
const mostOfAKind = 100

/** The organisation's requests that new matches serve. Needs the organisation's tenant context: what was seen is private. */
export async function requestsWithNews(tx: Transaction<Schema>, organisationId: string): Promise<MatchTask[]> {
  const rows = await tx
    .selectFrom('request as r')
    .innerJoin('match as m', 'm.request_id', 'r.request_id')
    .innerJoin('offer as f', 'f.offer_id', 'm.offer_id')
    .leftJoin('seen as s', (join) =>
      join
        .onRef('s.organisation_id', '=', 'r.organisation_id')
        .onRef('s.subject_id', '=', 'r.request_id')
        .on('s.subject', '=', 'request'),
    )
    .select(['r.organisation_id', 'r.facts'])
    .select(news)
    .where('r.organisation_id', '=', organisationId)
    .where('r.open', '=', true)
    .where('f.open', '=', true)
    .where(isNew)
    .groupBy('r.request_id')
    .orderBy('since', 'desc')
    .limit(mostOfAKind)
    .execute()
  return rows.map(({ organisation_id, facts, ...row }) => ({
    kind: 'request_has_matches',
    request: toRequestSide(organisation_id, facts),
    ...toNews(row),
  }))
}

/** The organisation's offers that would serve requests, where someone has not looked yet. */
export async function offersWithNews(tx: Transaction<Schema>, organisationId: string): Promise<MatchTask[]> {
  const rows = await tx
    .selectFrom('offer as f')
    .innerJoin('match as m', 'm.offer_id', 'f.offer_id')
    .innerJoin('request as r', 'r.request_id', 'm.request_id')
    .leftJoin('seen as s', (join) =>
      join
        .onRef('s.organisation_id', '=', 'f.organisation_id')
        .onRef('s.subject_id', '=', 'f.offer_id')
        .on('s.subject', '=', 'offer'),
    )
    .select(['f.organisation_id', 'f.facts'])
    .select(news)
    .where('f.organisation_id', '=', organisationId)
    .where('f.open', '=', true)
    .where('r.open', '=', true)
    .where(isNew)
    .groupBy('f.offer_id')
    .orderBy('since', 'desc')
    .limit(mostOfAKind)
    .execute()
  return rows.map(({ organisation_id, facts, ...row }) => ({
    kind: 'offer_fits_requests',
    offer: toOfferSide(organisation_id, facts),
    ...toNews(row),
  }))
}

/** The organisation's requests that are invited to a pooled need and have not joined it. */
export async function invitations(tx: Transaction<Schema>, organisationId: string): Promise<MatchTask[]> {
  const rows = await tx
    .selectFrom('pooled_need_request as p')
    .innerJoin('pooled_need as n', 'n.pooled_need_id', 'p.pooled_need_id')
    .innerJoin('request as r', 'r.request_id', 'p.request_id')
    .select(['p.pooled_need_id', 'n.started_at', 'r.organisation_id', 'r.facts'])
    .where('p.organisation_id', '=', organisationId)
    .where('p.joined_at', 'is', null)
    .orderBy('n.started_at', 'desc')
    .limit(mostOfAKind)
    .execute()
  return rows.map(({ pooled_need_id, started_at, organisation_id, facts }) => ({
    kind: 'pooled_need_invitation',
    request: toRequestSide(organisation_id, facts),
    pooledNeedId: pooled_need_id,
    since: started_at.toISOString(),
  }))
}

const isNew = sql<boolean>`m.serves_since > coalesce(s.seen_at, '-infinity')`

const news = [
  sql<number>`count(*)`.as('new_matches'),
  sql<number>`max(m.score)`.as('best_score'),
  sql<'full' | 'partial' | 'part_of_period'>`case when bool_or(m.match_group = 'full') then 'full'
    when bool_or(m.match_group = 'partial') then 'partial' else 'part_of_period' end`.as('best_group'),
  sql<Date>`min(m.serves_since)`.as('since'),
] as const

type News = Readonly<{
  new_matches: number
  best_score: number
  best_group: 'full' | 'partial' | 'part_of_period'
  since: Date
}>

function toNews({ new_matches, best_score, best_group, since }: News) {
  return { newMatches: new_matches, bestScore: best_score, bestGroup: best_group, since: since.toISOString() }
}

/** Remembers that the organisation has looked; returns when. */
export async function markSeen(
  tx: Transaction<Schema>,
  { organisationId, subject, id }: { organisationId: string; subject: 'request' | 'offer'; id: string },
): Promise<Date> {
  const { seen_at } = await tx
    .insertInto('seen')
    .values({ organisation_id: organisationId, subject, subject_id: id, seen_at: sql`app_now()` })
    .onConflict((conflict) =>
      conflict.columns(['organisation_id', 'subject', 'subject_id']).doUpdateSet({ seen_at: sql`app_now()` }),
    )
    .returning('seen_at')
    .executeTakeFirstOrThrow()
  return seen_at
}
