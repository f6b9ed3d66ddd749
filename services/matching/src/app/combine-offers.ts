import type { CombinationView, MatchView } from '@samkraft/contracts/matching'
import type { Transaction } from 'kysely'
import { findOffered } from '../db/offers.ts'
import { findPoolable } from '../db/pooled-needs.ts'
import type { Schema } from '../db/schema.ts'
import { thisWeek } from '../db/work.ts'
import { combine } from '../domain/combination.ts'

/** Of the matches that serve a request in part: those that together cover most of it; null when together they give no more. */
export async function combinationFor(
  tx: Transaction<Schema>,
  requestId: string,
  matches: readonly MatchView[],
): Promise<CombinationView | null> {
  const serving = matches.filter(({ group }) => group !== 'near')
  if (serving.length < 2) return null
  const [request] = await findPoolable(tx, [requestId])
  if (!request) return null
  const offered = await findOffered(
    tx,
    serving.map(({ offer }) => offer.offerId),
  )
  const offers = serving.flatMap(({ offer, score }) => {
    const known = offered.get(offer.offerId)
    return known ? [{ offerId: offer.offerId, score, offered: known, side: offer }] : []
  })
  const found = combine(request, offers, await thisWeek(tx))
  if (!found) return null
  const { parts, asked, covered, open } = found
  return {
    parts: parts.map(({ offer, hoursPerWeek, period, weeks }) => ({ offer: offer.side, hoursPerWeek, period, weeks })),
    askedHours: asked,
    coveredHours: covered,
    open,
  }
}
