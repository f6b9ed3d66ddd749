import type { PooledNeedsForRequest } from '@samkraft/contracts/matching'
import { transact } from '@samkraft/db'
import { DomainError } from '@samkraft/kernel'
import type { Transaction } from 'kysely'
import type { MemberContext } from '../context.ts'
import { countyCoordinatedBy } from '../db/organisations.ts'
import {
  findPoolable,
  openPooledNeedsFor,
  type PoolableRequest,
  pooledNeedOf,
  requestsToPool,
} from '../db/pooled-needs.ts'
import type { Schema } from '../db/schema.ts'
import { thisWeek } from '../db/work.ts'
import { type Market, mostHours } from '../domain/parties.ts'
import { alikeTo, misfitIn, pooledBy, suggestPools } from '../domain/pooling.ts'
import { mayReadMatchesOf } from '../domain/reader.ts'
import { toPooledNeedView, toSuggestion } from './pooled-need-view.ts'

const mostShown = 3

type Could = Pick<PooledNeedsForRequest, 'couldJoin' | 'suggestion'>
const nothing: Could = { couldJoin: [], suggestion: null }

/**
 * The pooled need a request is part of or invited to; until it has joined, those it could join, and what it could start, for its
 * owner and the coordinator. Throws `not_found request.not_found`.
 */
export function listPooledNeedsForRequest(
  { db, actor, relations }: MemberContext,
  { requestId }: { requestId: string },
): Promise<PooledNeedsForRequest> {
  return transact(db, async (tx) => {
    const [request] = await findPoolable(tx, [requestId])
    if (!request) throw new DomainError('not_found', 'request.not_found')
    const market = { relations, fromWeek: await thisWeek(tx) }
    const need = await pooledNeedOf(tx, requestId)
    const joined = need?.members.some((member) => member.requestId === requestId && member.joined) ?? false
    const county = await countyCoordinatedBy(tx, actor)
    const subject = { ownerId: request.organisationId, countyCode: request.countyCode }
    const told = mayReadMatchesOf(subject, actor, county)
    return {
      pooledNeed: need ? toPooledNeedView(need, market.fromWeek) : null,
      joined,
      ...(told && !joined ? await could(tx, request, market) : nothing),
    }
  })
}

async function could(tx: Transaction<Schema>, request: PoolableRequest, market: Market): Promise<Could> {
  const { countyCode, isOpen, facts } = request
  if (!isOpen || countyCode === null || mostHours(facts.left) === 0) return nothing
  const competences = alikeTo(pooledBy(request), market.relations)
  const open = await openPooledNeedsFor(tx, competences, countyCode)
  const fitting = open.filter((need) => misfitIn(need, request, market) === null).slice(0, mostShown)
  const candidates = await requestsToPool(tx, countyCode, competences)
  const isToPool = candidates.some(({ requestId }) => requestId === request.requestId)
  const others = candidates.filter(({ requestId }) => requestId !== request.requestId)
  const [suggestion] = isToPool ? suggestPools([request, ...others], market) : []
  const own = suggestion?.members.some(({ requestId }) => requestId === request.requestId)
  return {
    couldJoin: fitting.map((need) => toPooledNeedView(need, market.fromWeek)),
    // One that exists is joined rather than another started beside it.
    suggestion: suggestion && own && fitting.length === 0 ? toSuggestion(suggestion) : null,
  }
}
