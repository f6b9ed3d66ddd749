import type { WeeklyHours } from '@samkraft/contracts/marketplace'
import { sql, type Transaction } from 'kysely'
import { setImmediate } from 'node:timers/promises'
import { competencesToLookFor } from '../domain/competence.ts'
import { daysAsked, type Market } from '../domain/parties.ts'
import { placeBetween } from '../domain/place.ts'
import { leftInPlan, type PlanMarket } from '../domain/plan-market.ts'
import type { Relations } from '../domain/relation.ts'
import { score } from '../domain/score.ts'
import { findOffered } from './offers.ts'
import { findPoolable } from './pooled-needs.ts'
import type { Schema } from './schema.ts'
import { thisWeek } from './work.ts'

/**
 * What is open in a county now: its requests that still ask for hours in the weeks of a plan, its offers that have some left, and each pair of them
 * where the offer serves the request by the published rules. One statement each, so a busy market is read in three.
 */
export async function readPlanMarket(
  tx: Transaction<Schema>,
  county: string,
  relations: Relations,
): Promise<PlanMarket> {
  const fromWeek = await thisWeek(tx)
  const openRequests = await tx
    .selectFrom('request as r')
    .innerJoin('organisation as o', 'o.organisation_id', 'r.organisation_id')
    .select(['r.organisation_id', 'r.facts', 'r.more_serving', 'o.kind', 'o.population'])
    .where('o.county_code', '=', county)
    .where('r.open', '=', true)
    // What is covered in full has no row here.
    .where(sql<boolean>`exists (select from request_competence c where c.request_id = r.request_id)`)
    .orderBy('r.request_id')
    .execute()
  const openOffers = await tx
    .selectFrom('offer as f')
    .innerJoin('organisation as o', 'o.organisation_id', 'f.organisation_id')
    .select(['f.organisation_id', 'f.facts', 'o.kind', 'o.population'])
    .where('o.county_code', '=', county)
    .where('f.open', '=', true)
    .where(sql<boolean>`exists (select from offer_competence c where c.offer_id = f.offer_id)`)
    .orderBy('f.offer_id')
    .execute()
  const requests = openRequests.flatMap((row) => inPlan(row, fromWeek)).filter(({ facts }) => daysAsked(facts))
  const offers = openOffers.flatMap((row) => inPlan(row, fromWeek))
  const offered = new Map(offers.map(({ facts }) => [facts.offerId, facts]))
  const asked = new Map(requests.map(({ facts }) => [facts.requestId, facts]))
  const matches = await tx
    .selectFrom('match')
    .select(['request_id', 'offer_id', 'score', 'km'])
    .where('match_group', '!=', 'near')
    .where(sql<boolean>`request_id = any(${[...asked.keys()]}::uuid[])`)
    .where(sql<boolean>`offer_id = any(${[...offered.keys()]}::uuid[])`)
    .where('score', '>', 0)
    .orderBy('request_id')
    .orderBy('offer_id')
    .execute()
  const crowded = requests.flatMap(({ more_serving, facts }) => (more_serving ? [facts.requestId] : []))
  const known = new Set(matches.map(({ request_id, offer_id }) => `${request_id} ${offer_id}`))
  const isKnown = (requestId: string, offerId: string) => known.has(`${requestId} ${offerId}`)
  const leftOut = await pairsLeftOut(tx, [crowded, [...offered.keys()]], isKnown, { relations, fromWeek })
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
    pairs: [...matches, ...leftOut].flatMap(({ request_id, offer_id, score, km }) => {
      const [request, offer] = [asked.get(request_id), offered.get(offer_id)]
      if (!request || !offer) return []
      return [{ requestId: request_id, offerId: offer_id, score, km, place: placeBetween(request.place, offer.place) }]
    }),
    organisations: organisationsOf([...requests, ...offers]),
  }
}

/**
 * Where more offers of the whole country serve a request than are kept, some of the county may not be: they are scored here. Only
 * those whose competences may serve it are looked at, and whoever else asks meanwhile is answered between two requests.
 */
async function pairsLeftOut(
  tx: Transaction<Schema>,
  [requestIds, offerIds]: readonly [readonly string[], readonly string[]],
  isKnown: (requestId: string, offerId: string) => boolean,
  market: Market,
) {
  if (requestIds.length === 0) return []
  const [requests, offers] = [await findPoolable(tx, requestIds), await findOffered(tx, offerIds)]
  const offering = new Map<string, string[]>()
  for (const [offerId, { facts }] of offers)
    for (const competence of new Set([facts.mainCompetence, ...facts.otherCompetences]))
      offering.set(competence, [...(offering.get(competence) ?? []), offerId])
  const pairs = []
  for (const request of requests) {
    await setImmediate()
    const { able } = competencesToLookFor(request, market.relations)
    const { requestId } = request
    for (const offerId of new Set([...able.keys()].flatMap((competence) => offering.get(competence) ?? []))) {
      const offer = offers.get(offerId)
      const scored = offer && !isKnown(requestId, offerId) ? score(request, offer, market) : null
      if (!scored || scored.group === 'near' || scored.score === 0) continue
      pairs.push({ request_id: requestId, offer_id: offerId, score: scored.score, km: scored.km })
    }
  }
  return pairs
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
