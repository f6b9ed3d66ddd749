import type { WeeklyHours } from '@samkraft/contracts/marketplace'
import type { PlanPair } from '@samkraft/contracts/matching'
import { sql, type Transaction } from 'kysely'
import { daysAsked } from '../domain/parties.ts'
import { placeBetween } from '../domain/place.ts'
import { leftInPlan, nameOf, type PlanMarket } from '../domain/plan-market.ts'
import { scorePair, type Sides } from '../domain/plan-pairs.ts'
import type { Relations } from '../domain/relation.ts'
import { findOffered } from './offers.ts'
import { findPoolable } from './pooled-needs.ts'
import type { Schema } from './schema.ts'
import { thisWeek } from './work.ts'

/**
 * What is open in a county now: its requests that still ask for hours in the weeks of a plan, its offers that have some left, and each pair of them
 * where the offer serves the request by the published rules. One statement each, so a busy market is read in three. Where more
 * offers of the whole country serve a request than are kept, or it or an offer is not matched yet, pairs of the county may be missing: of
 * such requests (`unsettled`) and offers (`offersBehind`) only those that are `decided` by hand are scored here. The rest is left
 * to whoever computes the plan, outside of any transaction.
 */
export async function readPlanMarket(
  tx: Transaction<Schema>,
  county: string,
  { relations, decided }: Readonly<{ relations: Relations; decided: readonly PlanPair[] }>,
): Promise<PlanMarket> {
  const fromWeek = await thisWeek(tx)
  const openRequests = await tx
    .selectFrom('request as r')
    .innerJoin('organisation as o', 'o.organisation_id', 'r.organisation_id')
    .select(['r.organisation_id', 'r.facts', 'r.more_serving', 'r.stale_since', 'o.kind', 'o.population'])
    .where('o.county_code', '=', county)
    .where('r.open', '=', true)
    // What is covered in full has no row here.
    .where(sql<boolean>`exists (select from request_competence c where c.request_id = r.request_id)`)
    .orderBy('r.request_id')
    .execute()
  const openOffers = await tx
    .selectFrom('offer as f')
    .innerJoin('organisation as o', 'o.organisation_id', 'f.organisation_id')
    .select(['f.organisation_id', 'f.facts', 'f.stale_since', 'o.kind', 'o.population'])
    .where('o.county_code', '=', county)
    .where('f.open', '=', true)
    .where(sql<boolean>`exists (select from offer_competence c where c.offer_id = f.offer_id)`)
    .orderBy('f.offer_id')
    .execute()
  const requests = openRequests.flatMap((row) => inPlan(row, fromWeek)).filter(({ facts }) => daysAsked(facts))
  const offers = openOffers.flatMap((row) => inPlan(row, fromWeek))
  // What has changed since it was matched may have other matches, or none yet.
  const isBehind = ({ stale_since }: Readonly<{ stale_since: Date | null }>) => stale_since !== null
  const matched = {
    requestIds: requests.flatMap((row) => (isBehind(row) ? [] : [row.facts.requestId])),
    offerIds: offers.flatMap((row) => (isBehind(row) ? [] : [row.facts.offerId])),
  }
  const offered = new Map(offers.map(({ facts }) => [facts.offerId, facts]))
  const asked = new Map(requests.map(({ facts }) => [facts.requestId, facts]))
  const matches = await tx
    .selectFrom('match')
    .select(['request_id', 'offer_id', 'score', 'km'])
    .where('match_group', '!=', 'near')
    .where(sql<boolean>`request_id = any(${matched.requestIds}::uuid[])`)
    .where(sql<boolean>`offer_id = any(${matched.offerIds}::uuid[])`)
    .where('score', '>', 0)
    .orderBy('request_id')
    .orderBy('offer_id')
    .execute()
  const pairs = matches.flatMap(({ request_id, offer_id, score, km }) => {
    const [request, offer] = [asked.get(request_id), offered.get(offer_id)]
    if (!request || !offer) return []
    return [{ requestId: request_id, offerId: offer_id, score, km, place: placeBetween(request.place, offer.place) }]
  })
  const unsettled = requests.filter((row) => row.more_serving || isBehind(row)).map(({ facts }) => facts.requestId)
  const offersBehind = offers.filter(isBehind).map(({ facts }) => facts.offerId)
  const known = new Set(pairs.map(nameOf))
  const unknown = decided.filter(
    (pair) => !known.has(nameOf(pair)) && (unsettled.includes(pair.requestId) || offersBehind.includes(pair.offerId)),
  )
  const sides = await sidesToScore(tx, {
    requestIds: unknown.map(({ requestId }) => requestId),
    offerIds: unknown.map(({ offerId }) => offerId).filter((offerId) => offered.has(offerId)),
  })
  return {
    at: await moment(tx),
    fromWeek,
    requests: requests.map(({ organisation_id, facts }) => {
      const { requestId, requiredCompetences, place, least, left, segments } = facts
      return {
        requestId,
        organisationId: organisation_id,
        competence: requiredCompetences[0] ?? '',
        place,
        least,
        days: segments.map(({ period }) => period),
        left,
      }
    }),
    offers: offers.map(({ organisation_id, facts: { offerId, slice, orePerHour, left, segments } }) => ({
      offerId,
      organisationId: organisation_id,
      slice,
      orePerHour,
      days: segments.map(({ period }) => period),
      left,
    })),
    pairs: [...pairs, ...unknown.flatMap((pair) => scorePair(pair, sides, { relations, fromWeek }))],
    unsettled,
    offersBehind,
    organisations: organisationsOf([...requests, ...offers]),
  }
}

/** Both sides of pairs that are to be scored, as they are now; none where there are none. */
export async function sidesToScore(
  tx: Transaction<Schema>,
  { requestIds, offerIds }: Readonly<{ requestIds: readonly string[]; offerIds: readonly string[] }>,
): Promise<Sides> {
  if (requestIds.length === 0) return { requests: new Map(), offers: new Map() }
  const requests = await findPoolable(tx, requestIds)
  return {
    requests: new Map(requests.map((request) => [request.requestId, request])),
    offers: await findOffered(tx, offerIds),
  }
}

/** A side with what it has in the weeks of the plan; none when that is nothing. */
function inPlan<Row extends Readonly<{ facts: Readonly<{ left: WeeklyHours[] }> }>>(row: Row, fromWeek: string): Row[] {
  const left = leftInPlan(row.facts.left, fromWeek)
  return left.length > 0 ? [{ ...row, facts: { ...row.facts, left } }] : []
}

function organisationsOf(
  rows: readonly Readonly<{ organisation_id: string; kind: string; population: number | null }>[],
): PlanMarket['organisations'] {
  const known = new Map(
    rows.map(({ organisation_id, kind, population }) => [organisation_id, kind === 'municipality' ? population : null]),
  )
  return [...known].map(([organisationId, population]) => ({ organisationId, population }))
}

async function moment(tx: Transaction<Schema>): Promise<string> {
  const { rows } = await sql<{ now: Date }>`select app_now() as now`.execute(tx)
  const [row] = rows
  if (!row) throw new Error('the database does not know what time it is')
  return row.now.toISOString()
}
