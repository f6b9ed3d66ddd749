import type { MatchFactor, PooledMatch } from '@samkraft/contracts/matching'
import type { Kysely } from 'kysely'
import { candidateOffers } from '../db/candidate-offers.ts'
import { toOfferSide } from '../db/match-views.ts'
import type { PoolableRequest, PooledNeed } from '../db/pooled-needs.ts'
import type { Schema } from '../db/schema.ts'
import { competencesToLookFor } from '../domain/competence.ts'
import type { Market, Offered } from '../domain/parties.ts'
import { asOne, type Pool, poolOf } from '../domain/pooling.ts'
import { scorePool } from '../domain/pooled-match.ts'
import { demandFrom } from '../domain/share.ts'
import { toMember, toPooledNeedView } from './pooled-need-view.ts'

/** As many offers are told of. */
const mostShown = 5

/** What offers see as one: the requests that have joined; null while fewer than two have. */
function joinedPool({ members }: PooledNeed, fromWeek: string): Pool<PoolableRequest> | null {
  const joined = members.filter((member) => member.joined)
  return joined.length < 2 ? null : poolOf(joined, fromWeek)
}

/** How well an offer serves a pooled need; null when it does not. */
export function matchPooledNeed(need: PooledNeed, offered: Offered, market: Market): PooledMatch | null {
  const pool = joinedPool(need, market.fromWeek)
  const found = pool && scorePool(pool, offered, market)
  if (!found) return null
  const { scored, circuitKm, shares } = found
  const { score, group, hoursPerWeek, askedHoursPerWeek, period, factors } = scored
  return {
    pooledNeed: toPooledNeedView(need, market.fromWeek),
    offer: toOfferSide(offered.organisationId, offered.facts),
    score,
    group,
    hoursPerWeek,
    askedHoursPerWeek,
    period,
    km: circuitKm,
    factors: factors.map((factor) => ofSeveral(factor, pool.members.length)),
    shares: shares.map(({ member, hoursPerWeek: hours }) => ({ ...toMember(member, pool), hoursPerWeek: hours })),
  }
}

/** A factor that takes the members' average for the figures of one says so: none of them has as many inhabitants, or is as near. */
function ofSeveral(factor: MatchFactor, averageOf: number): MatchFactor {
  switch (factor.factor) {
    case 'place':
      return { ...factor, evidence: { ...factor.evidence, averageOf } }
    case 'small_municipality':
      return { ...factor, evidence: { ...factor.evidence, averageOf } }
    case 'give_take':
      return { ...factor, evidence: { ...factor.evidence, averageOf } }
    default:
      return factor
  }
}

/** The offers that serve a pooled need best. */
export async function offersForPool(db: Kysely<Schema>, need: PooledNeed, market: Market): Promise<PooledMatch[]> {
  return (await matchesOf(db, need, market)).sort(byScore).slice(0, mostShown)
}

/** Whose offers serve a pooled need: they see it on the pages of those. */
export async function lendersFor(db: Kysely<Schema>, need: PooledNeed, market: Market): Promise<string[]> {
  return (await matchesOf(db, need, market)).map(({ offer }) => offer.organisationId)
}

/** Of the offers that are most promising by what the index knows of them, those that serve a pooled need. */
async function matchesOf(db: Kysely<Schema>, need: PooledNeed, market: Market): Promise<PooledMatch[]> {
  const pool = joinedPool(need, market.fromWeek)
  const demand = pool && demandFrom(pool.left, market.fromWeek)
  if (!pool || !demand) return []
  const asked = asOne(pool)
  const { able } = competencesToLookFor(asked, market.relations)
  const found: PooledMatch[] = []
  for await (const { candidates } of candidateOffers(db, { asked, demand, competences: able })) {
    found.push(...candidates.flatMap(({ offered }) => matchPooledNeed(need, offered, market) ?? []))
    break
  }
  return found
}

/** Best first; among equals by the ids, so that the order is always the same. */
export function byScore(a: PooledMatch, b: PooledMatch): number {
  const key = ({ offer, pooledNeed }: PooledMatch) => `${pooledNeed.pooledNeedId} ${offer.offerId}`
  return b.score - a.score || (key(a) < key(b) ? -1 : 1)
}
