import type { OfferSide, RequestSide } from '@samkraft/contracts/matching'
import type { MatchView } from '@samkraft/contracts/matching'
import { type Kysely, sql } from 'kysely'
import type { OfferFacts, RequestFacts } from '@samkraft/contracts/marketplace'
import type { Relations } from '../domain/relation.ts'
import { serves } from '../domain/rules.ts'
import type { Schema } from './schema.ts'

/** Open offers and requests only: what is closed is no longer a match, even before its matches are gone. */
function viewable(db: Kysely<Schema>) {
  return db
    .selectFrom('match as m')
    .innerJoin('offer as f', 'f.offer_id', 'm.offer_id')
    .innerJoin('request as r', 'r.request_id', 'm.request_id')
    .selectAll('m')
    .select(['f.organisation_id as lender_id', 'f.facts as offer_facts'])
    .select(['r.organisation_id as borrower_id', 'r.facts as request_facts'])
    .where('f.open', '=', true)
    .where('r.open', '=', true)
}

type Row = Awaited<ReturnType<ReturnType<typeof viewable>['execute']>>[number]

function toView(row: Row): MatchView {
  return {
    offer: toOfferSide(row.lender_id, row.offer_facts),
    request: toRequestSide(row.borrower_id, row.request_facts),
    score: row.score,
    group: row.match_group,
    hoursPerWeek: row.hours_per_week,
    askedHoursPerWeek: row.asked_hours_per_week,
    period: row.period,
    km: row.km,
    factors: row.factors,
    improvements: row.improvements,
    computedAt: row.computed_at.toISOString(),
  }
}

export function toOfferSide(organisationId: string, facts: OfferFacts): OfferSide {
  const { offerId, mainCompetence, place, placeOrganisationId = null, slice, confirmedUntil } = facts
  return { offerId, organisationId, mainCompetence, place, placeOrganisationId, slice, confirmedUntil }
}

export function toRequestSide(organisationId: string, facts: RequestFacts): RequestSide {
  const { requestId, requiredCompetences, place, least, cause } = facts
  return { requestId, organisationId, mainCompetence: requiredCompetences[0] ?? '', place, least, cause }
}

/** The kept matches of a request, best first. */
export async function listForRequest(db: Kysely<Schema>, requestId: string): Promise<MatchView[]> {
  const rows = await viewable(db)
    .where('m.request_id', '=', requestId)
    .orderBy('m.score', 'desc')
    .orderBy('m.offer_id')
    .execute()
  return rows.map(toView)
}

/** Where a page ends. */
export type After = Readonly<{ score: number; requestId: string }>

/** The requests an offer would serve, best first; near misses are left out. One more than `limit`, to see whether there are. */
export async function listForOffer(
  db: Kysely<Schema>,
  { offerId, after, limit }: { offerId: string; after: After | null; limit: number },
): Promise<MatchView[]> {
  const rows = await viewable(db)
    .where('m.offer_id', '=', offerId)
    .where('m.match_group', '!=', 'near')
    .$if(after !== null, (query) =>
      query.where(
        sql<boolean>`(-m.score, m.request_id) > (${-(after?.score ?? 0)}::int, ${after?.requestId ?? null}::uuid)`,
      ),
    )
    .orderBy('m.score', 'desc')
    .orderBy('m.request_id')
    .limit(limit + 1)
    .execute()
  return rows.map(toView)
}

/** When the last match of an offer with a request it would serve was computed; null when it has none. */
export async function newestForOffer(db: Kysely<Schema>, offerId: string): Promise<string | null> {
  const row = await db
    .selectFrom('match')
    .innerJoin('request', 'request.request_id', 'match.request_id')
    .select(({ fn }) => fn.max('match.computed_at').as('newest'))
    .where('match.offer_id', '=', offerId)
    .where('match.match_group', '!=', 'near')
    .where('request.open', '=', true)
    .executeTakeFirst()
  return row?.newest?.toISOString() ?? null
}

/** How many open requests each of an organisation's open offers serves, of those asked for. */
export function servedCountsOf(db: Kysely<Schema>, organisationId: string, offerIds: readonly string[]) {
  const served = sql<number>`count(r.request_id)`
  return db
    .selectFrom('offer as f')
    .leftJoin('match as m', (join) => join.onRef('m.offer_id', '=', 'f.offer_id').on('m.match_group', '!=', 'near'))
    .leftJoin('request as r', (join) => join.onRef('r.request_id', '=', 'm.request_id').on('r.open', '=', true))
    .select(['f.offer_id as offerId', served.as('served')])
    .select(sql<boolean>`f.stale_since is not null and ${served} = 0`.as('computing'))
    .where('f.organisation_id', '=', organisationId)
    .where('f.open', '=', true)
    .where(sql<boolean>`f.offer_id = any(${[...offerIds]}::uuid[])`)
    .groupBy('f.offer_id')
    .execute()
}

/**
 * Those of the offers whose competence serves open requests of others with more offers than are kept, themselves not among them:
 * nobody has kept whether they serve those.
 */
export async function crowdedOut(
  db: Kysely<Schema>,
  relations: Relations,
  offerIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const offered = await db
    .selectFrom('offer_competence')
    .select('competence')
    .distinct()
    .where(sql<boolean>`offer_id = any(${[...offerIds]}::uuid[])`)
    .execute()
  const pairs = offered.flatMap(({ competence }) =>
    relations
      .askedFor(competence)
      .flatMap((asked) => (serves(relations.between(asked, competence)) ? { asked, competence } : [])),
  )
  const [asked, able] = [pairs.map((pair) => pair.asked), pairs.map(({ competence }) => competence)]
  const { rows } = await sql<{ offer_id: string }>`
    select own.offer_id from unnest(${[...offerIds]}::uuid[]) as own (offer_id) where exists (
      select from offer_competence f
        join unnest(${asked}::text[], ${able}::text[]) as pair (asked, offered) on pair.offered = f.competence
        join request_competence c on c.competence = pair.asked and c.period && f.period
        join request r on r.request_id = c.request_id and r.open and r.more_serving and r.organisation_id != f.organisation_id
      where f.offer_id = own.offer_id
        and not exists (select from match m where m.request_id = r.request_id and m.offer_id = f.offer_id))`.execute(db)
  return new Set(rows.map(({ offer_id }) => offer_id))
}

/** One match, with who owns its two sides; undefined when there is none. */
export async function findMatch(
  db: Kysely<Schema>,
  { requestId, offerId }: { requestId: string; offerId: string },
): Promise<MatchView | undefined> {
  const row = await viewable(db)
    .where('m.request_id', '=', requestId)
    .where('m.offer_id', '=', offerId)
    .executeTakeFirst()
  return row && toView(row)
}
