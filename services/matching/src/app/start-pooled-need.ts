import type { PooledNeedReceipt, StartPooledNeed } from '@samkraft/contracts/matching'
import { runCommand } from '@samkraft/db'
import { type Actor, DomainError } from '@samkraft/kernel'
import type { Transaction } from 'kysely'
import type { MemberContext } from '../context.ts'
import { countyCoordinatedBy } from '../db/organisations.ts'
import { findPoolable, holdRequests, insertPooledNeed, type PoolableRequest, putInPool } from '../db/pooled-needs.ts'
import type { Schema } from '../db/schema.ts'
import { thisWeek } from '../db/work.ts'
import { pooledBy } from '../domain/pooling.ts'
import { assertFits, assertMayPool, tellOfPool } from './change-pooled-need.ts'

const command = 'pooledNeed.start'

/**
 * Starts a pooled need of open requests of one county. The own request joins it, the others are invited; the coordinator of
 * the county invites all. Throws `not_found request.not_found` where one is unknown, `forbidden pooled_need.not_yours` for
 * everyone else, and `conflict pooled_need.request_not_open | pooled_need.in_another | pooled_need.<misfit>`.
 */
export function startPooledNeed(ctx: MemberContext, input: StartPooledNeed): Promise<PooledNeedReceipt> {
  const { db, actor, relations } = ctx
  return runCommand(db, actor, { name: command, key: input.commandKey, input }, async (tx) => {
    await holdRequests(tx, input.requestIds)
    const requests = await findPoolable(tx, input.requestIds)
    const [first] = requests
    if (!first || requests.length < input.requestIds.length) throw new DomainError('not_found', 'request.not_found')
    const countyCode = await countyToPoolIn(tx, requests, actor)
    const competence = pooledBy(first)
    const market = { relations, fromWeek: await thisWeek(tx) }
    for (const [index, request] of requests.entries()) {
      assertMayPool(request)
      if (index > 0) assertFits({ competence, members: requests.slice(0, index) }, request, market)
    }
    const pooledNeedId = await insertPooledNeed(tx, { countyCode, competence, startedBy: actor.organisationId })
    for (const request of requests) {
      const joins = request.organisationId === actor.organisationId
      if (!(await putInPool(tx, pooledNeedId, request, { joins })))
        throw new DomainError('conflict', 'pooled_need.in_another')
    }
    await tellOfPool(tx, ctx, { command, pooledNeedId, before: null, requestIds: input.requestIds })
    return { pooledNeedId }
  })
}

/** The county all requests lie in, where the actor may pool them: as the owner of one, or as its coordinator. */
async function countyToPoolIn(
  tx: Transaction<Schema>,
  requests: readonly PoolableRequest[],
  actor: Actor,
): Promise<string> {
  const counties = new Set(requests.map(({ countyCode }) => countyCode))
  const [county = null] = counties
  const owns = requests.some(({ organisationId }) => organisationId === actor.organisationId)
  const coordinated = await countyCoordinatedBy(tx, actor)
  if (!owns && (coordinated === null || coordinated !== county))
    throw new DomainError('forbidden', 'pooled_need.not_yours')
  if (county === null || counties.size > 1) throw new DomainError('conflict', 'pooled_need.other_county')
  return county
}
