import { announce, failpoint, transact, withoutWaitingForDisk } from '@samkraft/db'
import type { Transaction } from 'kysely'
import type { Services } from '../context.ts'
import { keptMatches, removeMatches, writeMatches, writeSummaries } from '../db/matches.ts'
import { type Candidate, candidateOffers, type OfferSearch } from '../db/candidate-offers.ts'
import { changedMeanwhile } from '../db/offers.ts'
import { type LockedRequest, takeStaleRequest } from '../db/requests.ts'
import type { Schema } from '../db/schema.ts'
import { requestIsMatched } from '../db/stale.ts'
import { thisWeek } from '../db/work.ts'
import { competencesToLookFor } from '../domain/competence.ts'
import { improvements } from '../domain/improvement.ts'
import { type Kept, keepBest, mayStillImprove, type Ranked, summarise } from '../domain/keep.ts'
import type { Asked, Market } from '../domain/parties.ts'
import { rules } from '../domain/rules.ts'
import { demandFrom } from '../domain/share.ts'
import { score, type Scored } from '../domain/score.ts'

/** What was matched, and the request id (as logs know it) of the change that called for it. */
export type Matched = Readonly<{ id: string; changeId: string | null; written: number }>

/**
 * Matches the request that has waited longest against all open offers and keeps the best; its row stays locked meanwhile.
 * Null when none waits. `taken` is told which one it is before anything can fail. Why what it writes lasts: ADR 24.
 */
export function matchRequest({ db, relations }: Services, taken: (id: string) => void): Promise<Matched | null> {
  return transact(db, async (tx) => {
    const request = await takeStaleRequest(tx)
    if (!request) return null
    taken(request.requestId)
    await withoutWaitingForDisk(tx)
    const market = { relations, fromWeek: await thisWeek(tx) }
    const best = await bestOffers(tx, request, market)
    const written = await keep(tx, request, best, market)
    failpoint('match.before-commit')
    return { id: request.requestId, changeId: request.changeId, written }
  })
}

type Found = Candidate & Ranked & Readonly<{ scored: Scored }>

const attempts = 3

async function bestOffers(tx: Transaction<Schema>, request: LockedRequest, market: Market): Promise<Kept<Found>> {
  for (let attempt = 1; ; attempt += 1) {
    const best = request.open ? await lookThrough(tx, request.asked, market) : keepBest<Found>([])
    const changed = await changedMeanwhile(tx, best.kept)
    if (changed.length === 0) return best
    // An offer that keeps changing is left to its own matching (ADR 24).
    if (attempt === attempts) return { ...best, kept: best.kept.filter(({ offerId }) => !changed.includes(offerId)) }
  }
}

/** First the offers that may be able; those that can only come near are looked through where there is room for them. */
async function lookThrough(tx: Transaction<Schema>, asked: Asked, market: Market): Promise<Kept<Found>> {
  const demand = demandFrom(asked.facts.left, market.fromWeek)
  const nothing = keepBest<Found>([])
  if (!demand) return nothing
  const { able, near } = competencesToLookFor(asked, market.relations)
  const found = await scoreAll(tx, market, { asked, demand, competences: able }, nothing, { serve: true })
  if (summarise(found).serving === rules.kept) return { ...found, moreNear: true }
  return scoreAll(tx, market, { asked, demand, competences: near }, found, { serve: false })
}

async function scoreAll(
  tx: Transaction<Schema>,
  market: Market,
  search: OfferSearch,
  before: Kept<Found>,
  able: { serve: boolean },
): Promise<Kept<Found>> {
  const known = new Set(before.kept.map(({ offerId }) => offerId))
  let best = before
  for await (const { candidates, atMost } of candidateOffers(tx, search)) {
    const found = candidates.flatMap((candidate) => {
      // An offer may have competences of both kinds.
      if (known.has(candidate.offerId)) return []
      const scored = score(search.asked, candidate.offered, market)
      return scored ? [{ ...candidate, scored, score: scored.score, group: scored.group }] : []
    })
    best = keepBest(found, best)
    if (atMost !== null && !mayStillImprove(best, atMost, able))
      return { ...best, moreServing: best.moreServing || able.serve, moreNear: true }
  }
  return best
}

/** Writes what differs from before and tells those it concerns; returns how many matches were new or different. */
async function keep(
  tx: Transaction<Schema>,
  { requestId, asked, matchedBefore }: LockedRequest,
  best: Kept<Found>,
  market: Market,
): Promise<number> {
  const { kept } = best
  const before = (await keptMatches(tx, [requestId])).get(requestId) ?? []
  const written = await writeMatches(
    tx,
    kept.map(({ offerId, offered, scored }) => ({
      requestId,
      offerId,
      scored,
      improvements: improvements(asked, offered, market, scored),
    })),
  )
  const stays = new Set(kept.map(({ offerId }) => offerId))
  const gone = before.filter(({ offerId }) => !stays.has(offerId))
  await removeMatches(
    tx,
    gone.map(({ offerId }) => ({ requestId, offerId })),
  )
  await writeSummaries(tx, [{ requestId, summary: summarise(best) }])
  await requestIsMatched(tx, requestId)
  if (matchedBefore && written.length + gone.length === 0) return 0
  const rewritten = new Set(written.map(({ offerId }) => offerId))
  const lenders = [
    ...kept.filter(({ offerId }) => rewritten.has(offerId)).map(({ offered }) => offered.organisationId),
    ...gone.map(({ offerOwnerId }) => offerOwnerId),
  ]
  const organisations = [...new Set([asked.organisationId, ...lenders])]
  announce(tx, { organisations, noun: 'match', id: requestId })
  return written.length
}
