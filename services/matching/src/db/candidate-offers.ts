import { daterange } from '@samkraft/db'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import { type Asked, earthRadiusKm, type Offered, type Position } from '../domain/parties.ts'
import { rules } from '../domain/rules.ts'
import type { Demand } from '../domain/share.ts'
import { positionOf, seatOf } from './organisations.ts'
import type { Schema } from './schema.ts'

/** An offer that may fit, as it was when it was read. */
export type Candidate = Readonly<{ offerId: string; revision: number; offered: Offered }>

/** What to look for: offers of others with one of these competences and hours left in the period. */
export type OfferSearch = Readonly<{
  asked: Asked
  demand: Demand
  /** The most points each competence may give. */
  competences: ReadonlyMap<string, number>
}>

export type Batch = Readonly<{
  candidates: readonly Candidate[]
  /** No offer that has not been read yet can score more than this; null when all have been read. */
  atMost: number | null
}>

const firstBatch = 150
const furtherBatches = 400

/**
 * The candidates for a request, most promising first, in batches: whoever has found enough stops reading. How promising an
 * offer is comes from an index and a few numbers beside it (`boundOf`), so that of thousands only hundreds are read in full.
 * The plan is in `plans/candidate-offers.txt`.
 */
export async function* candidateOffers(db: Kysely<Schema>, search: OfferSearch): AsyncGenerator<Batch> {
  if (search.competences.size === 0) return
  let after: After | null = null
  for (let limit = firstBatch; ; limit = furtherBatches) {
    const { rows } = await candidateOffersQuery(search, after, limit).execute(db)
    const last = rows.at(-1)
    const exhausted = rows.length < limit || !last
    yield { candidates: rows.map(toCandidate), atMost: exhausted ? null : last.bound }
    if (exhausted) return
    after = { bound: last.bound, offerId: last.offer_id }
  }
}

type After = Readonly<{ bound: number; offerId: string }>

type Row = Readonly<{
  offer_id: string
  organisation_id: string
  revision: number
  facts: Offered['facts']
  latitude: number | null
  longitude: number | null
  bound: number
}>

function toCandidate({ offer_id, organisation_id, revision, facts, ...position }: Row): Candidate {
  return {
    offerId: offer_id,
    revision,
    offered: { organisationId: organisation_id, position: positionOf(position), facts },
  }
}

/** One batch; apart so that its plan can be shown. */
export function candidateOffersQuery(search: OfferSearch, after: After | null, limit: number): RawBuilder<Row> {
  const { asked, demand, competences } = search
  return sql<Row>`
    with away as materialized (
      select organisation_id, ${kilometresFrom(asked.position)} as km from organisation
    ), promising as (
      select c.offer_id, max(${boundOf(search)}) as bound
      from offer_competence c left join away on away.organisation_id = ${seatOf('c')}
      where c.competence = any(${[...competences.keys()]}::text[]) and c.period && ${daterange(demand.period)}
        and c.organisation_id <> ${asked.organisationId}::uuid
      group by c.offer_id
    ), batch as (
      select offer_id, bound from promising
      where ${after === null}::boolean or bound < ${after?.bound ?? 0}::int
        or (bound = ${after?.bound ?? 0}::int and offer_id > ${after?.offerId ?? null}::uuid)
      order by bound desc, offer_id limit ${limit}
    )
    select f.offer_id, f.organisation_id, f.revision, f.facts, at.latitude, at.longitude, batch.bound
    from batch join offer f on f.offer_id = batch.offer_id
      left join organisation at on at.organisation_id = ${seatOf('f')}
    order by batch.bound desc, f.offer_id`
}

/**
 * The most points an offer can have, by its competence, its most hours in any week, the weeks it shares with the request and
 * where it sets out from; all other factors are taken as met. Never less than the score (`domain/score.ts`), which a test makes sure of.
 */
function boundOf({ asked, demand: { period, hours, weeks }, competences }: OfferSearch): RawBuilder<number> {
  const { competence: _, extent, period: time, place, ...others } = rules.factors
  const rest = Object.values(others).reduce((sum, { max }) => sum + max, 0)
  const weight = asked.facts.periodFixed ? 1 : time.missedWhenFlexible
  const fit = sql`(${[...competences.values()]}::int[])[array_position(${[...competences.keys()]}::text[], c.competence)]`
  const sharedWeeks = sql`(upper(c.period * ${daterange(period)}) - lower(c.period * ${daterange(period)}) + 6) / 7`
  return sql<number>`(${fit} + ${rest}::int
    + ${pointsAtMost(extent.max, sql`c.most_hours / ${hours}::float8`)}
    + ${pointsAtMost(time.max, sql`(1 - ${weight}::float8 * (1 - least(1, ${sharedWeeks} / ${weeks}::float8)))`)}
    + ${pointsAtMost(place.max, placeShare(asked))})::int`
}

/** Whole points for a share, rounded as `pointsFor` does or up. */
function pointsAtMost(max: number, share: RawBuilder<unknown>) {
  return sql`least(${max}::int, ceil(${max}::int * ${share}))`
}

/** The share `scorePlace` gives, by the kilometres `away.km`. */
function placeShare({ facts: { place: asked } }: Asked): RawBuilder<unknown> {
  const { distanceUnknown, beyondTravel, leastShare, farKm, nearKm, onlyOnSite, onlyRemote, remotePart } =
    rules.factors.place
  const there = sql`(case when away.km is null then ${distanceUnknown}::float8
    when away.km > c.travel_km then ${beyondTravel}::float8
    else least(1, greatest(${leastShare}::float8, (${farKm}::int - away.km) / ${farKm - nearKm}::float8)) end)`
  if (asked === 'remote') return sql`(case when c.place = 'on_site' then ${onlyOnSite}::float8 else 1 end)`
  if (asked === 'on_site') return sql`(case when c.place = 'remote' then ${onlyRemote}::float8 else ${there} end)`
  return sql`(case c.place when 'remote' then ${remotePart}::float8 when 'on_site' then ${there}
    else ${remotePart}::float8 + ${1 - remotePart}::float8 * ${there} end)`
}

/** As `distanceKm` counts, but whole kilometres downwards: never farther than it says. */
function kilometresFrom(position: Position): RawBuilder<unknown> {
  if (!position) return sql`null::float8`
  const { latitude, longitude } = position
  return sql`floor(2 * ${earthRadiusKm}::float8 * asin(least(1, sqrt(
    sin(radians(latitude - ${latitude}::float8) / 2) ^ 2
    + cos(radians(latitude)) * cos(radians(${latitude}::float8)) * sin(radians(longitude - ${longitude}::float8) / 2) ^ 2))))`
}
