import { announce, failpoint, transact, withoutWaitingForDisk } from '@samkraft/db'
import type { Transaction } from 'kysely'
import type { MatchGroup } from '@samkraft/contracts/matching'
import type { Services } from '../context.ts'
import {
  keptMatches,
  noteLeftOut,
  removeMatches,
  requestsMatchedWith,
  writeMatches,
  writeSummaries,
} from '../db/matches.ts'
import { type HeldOffer, holdOffer } from '../db/offers.ts'
import { candidateRequests, type LockedRequest, lockRequests } from '../db/requests.ts'
import type { Schema } from '../db/schema.ts'
import { markRequestsStale, offerIsMatched } from '../db/stale.ts'
import { thisWeek, wakeWorkers } from '../db/work.ts'
import { improvements } from '../domain/improvement.ts'
import { keepInstead, mayBeKept, type Ranked, summarise } from '../domain/keep.ts'
import { type Market, spanOf } from '../domain/parties.ts'
import { score, type Scored } from '../domain/score.ts'
import type { Matched } from './match-request.ts'

/** Requests locked and written at a time. */
const chunkSize = 500

/**
 * Brings the matches of one offer up to date: only requests it is or may be a match for are touched, and for each only this
 * one pair is scored. Where a kept match goes and others had been left out, the request is marked to be looked through again.
 * Null when another worker is at it or nothing is to be done. Why what it writes lasts: ADR 24.
 */
export function matchOffer({ db, relations }: Services, offerId: string): Promise<Matched | null> {
  return transact(db, async (tx) => {
    const offer = await holdOffer(tx, offerId)
    if (!offer) return null
    await withoutWaitingForDisk(tx)
    const market = { relations, fromWeek: await thisWeek(tx) }
    const ids = await concernedRequests(tx, offer, market)
    let written = 0
    for (let start = 0; start < ids.length; start += chunkSize) {
      const requests = await lockRequests(tx, ids.slice(start, start + chunkSize))
      written += await matchWith(tx, offer, requests, market)
    }
    await offerIsMatched(tx, offer)
    failpoint('match.before-commit')
    return { id: offerId, changeId: offer.changeId, written }
  })
}

/** Requests that have a match with the offer, and those that may get one, in the order of their ids; none is locked yet. */
async function concernedRequests(
  tx: Transaction<Schema>,
  { offerId, open, offered: { facts } }: HeldOffer,
  { relations }: Market,
): Promise<string[]> {
  const matched = await requestsMatchedWith(tx, offerId)
  const period = open ? spanOf(facts.left) : null
  if (!period) return matched.sort()
  const asked = [facts.mainCompetence, ...facts.otherCompetences].flatMap((offered) => relations.askedFor(offered))
  const candidates = await candidateRequests(tx, { competences: [...new Set(asked)], period })
  return [...new Set([...matched, ...candidates])].sort()
}

type Weighed = Readonly<{ request: LockedRequest; scored: Scored | null; now: Ranked | null }>

async function matchWith(
  tx: Transaction<Schema>,
  offer: HeldOffer,
  requests: readonly LockedRequest[],
  market: Market,
): Promise<number> {
  // Whoever looked for a request that is behind while it was locked here has skipped it, and is told to look again.
  if (requests.some(({ stale }) => stale)) wakeWorkers(tx)
  const settled = requests.filter(({ open, stale }) => open && !stale)
  const had = new Set(await requestsMatchedWith(tx, offer.offerId, idsOf(settled)))
  const touched: Weighed[] = []
  const leftOut: { requestId: string; group: MatchGroup }[] = []
  for (const request of settled) {
    const { requestId, kept } = request
    const scored = offer.open ? score(request.asked, offer.offered, market) : null
    const now = scored && { offerId: offer.offerId, score: scored.score, group: scored.group }
    if (had.has(requestId) || (now && mayBeKept(now, kept))) touched.push({ request, scored, now })
    else if (now) leftOut.push({ requestId, group: now.group })
  }
  await noteLeftOut(tx, leftOut)
  return change(tx, offer, touched, market)
}

function idsOf(requests: readonly LockedRequest[]): string[] {
  return requests.map(({ requestId }) => requestId)
}

/** Replaces the offer's match in each request's list; returns how many matches are new or different. */
async function change(
  tx: Transaction<Schema>,
  offer: HeldOffer,
  touched: readonly Weighed[],
  market: Market,
): Promise<number> {
  const lists = await keptMatches(
    tx,
    touched.map(({ request }) => request.requestId),
  )
  const changes = touched.map((one) => {
    const { requestId, kept } = one.request
    const before = lists.get(requestId) ?? []
    return { ...one, requestId, before, after: keepInstead({ ...kept, kept: before }, offer.offerId, one.now) }
  })
  const again = changes.filter(({ after }) => after === 'look_again')
  await markRequestsStale(
    tx,
    again.map(({ requestId }) => requestId),
    offer.changeId,
  )

  const lasting = changes.flatMap(({ after, ...one }) => (after === 'look_again' ? [] : [{ ...one, after }]))
  const removed = lasting.flatMap(({ requestId, before, after }) => {
    const stays = new Set(after.kept.map(({ offerId }) => offerId))
    return before.filter(({ offerId }) => !stays.has(offerId)).map(({ offerId }) => ({ requestId, offerId }))
  })
  await removeMatches(tx, removed)
  const written = await writeMatches(
    tx,
    lasting.flatMap(({ requestId, request, scored, now, after }) =>
      scored && now && after.kept.includes(now)
        ? [
            {
              requestId,
              offerId: offer.offerId,
              scored,
              improvements: improvements(request.asked, offer.offered, market, scored),
            },
          ]
        : [],
    ),
  )
  await writeSummaries(
    tx,
    lasting.map(({ requestId, after }) => ({ requestId, summary: summarise(after) })),
  )
  const changed = new Set([...written, ...removed].map(({ requestId }) => requestId))
  for (const { requestId, request } of lasting.filter(({ requestId }) => changed.has(requestId))) {
    const organisations = [request.asked.organisationId, offer.offered.organisationId]
    announce(tx, { organisations, noun: 'match', id: requestId })
  }
  return written.length
}
