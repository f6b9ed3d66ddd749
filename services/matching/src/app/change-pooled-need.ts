import { announce, recordAudit } from '@samkraft/db'
import { DomainError } from '@samkraft/kernel'
import type { Transaction } from 'kysely'
import type { MemberContext } from '../context.ts'
import { regionsOfCounty } from '../db/organisations.ts'
import { findPooledNeed, type PoolableRequest, type PooledNeed } from '../db/pooled-needs.ts'
import type { Schema } from '../db/schema.ts'
import { thisWeek } from '../db/work.ts'
import { mostHours } from '../domain/parties.ts'
import { misfitIn, type Poolable } from '../domain/pooling.ts'
import type { Relations } from '../domain/relation.ts'
import { lendersFor } from './match-pooled-need.ts'

/** Only what is open and still asks for hours can be pooled. */
export function assertMayPool({ isOpen, facts }: PoolableRequest): void {
  if (!isOpen || mostHours(facts.left) === 0) throw new DomainError('conflict', 'pooled_need.request_not_open')
}

/** Throws `conflict pooled_need.<misfit>` where a request cannot be one with the others. */
export function assertFits(
  pool: Readonly<{ competence: string; members: readonly Poolable[] }>,
  request: Poolable,
  market: Readonly<{ relations: Relations; fromWeek: string }>,
): void {
  const misfit = misfitIn(pool, request, market)
  if (misfit) throw new DomainError('conflict', `pooled_need.${misfit}`)
}

export type PoolNews = Readonly<{
  command: string
  pooledNeedId: string
  /** As it was until now; null when it is new. */
  before: PooledNeed | null
  /** The requests that came or went. */
  requestIds: readonly string[]
}>

/**
 * The log entry, readable by all in the pool, invited or joined, and the coordinator; and a word to their open pages, and to
 * those of whoever has an offer that serves it or did.
 */
export async function tellOfPool(
  tx: Transaction<Schema>,
  { actor, requestId, relations }: Pick<MemberContext, 'actor' | 'requestId' | 'relations'>,
  { command, pooledNeedId, before, requestIds }: PoolNews,
): Promise<void> {
  const after = await findPooledNeed(tx, pooledNeedId)
  if (!after) throw new Error(`pooled need ${pooledNeedId} was just changed and is not there`)
  const market = { relations, fromWeek: await thisWeek(tx) }
  const states = before ? [before, after] : [after]
  const members = new Map(
    states.flatMap((need) => need.members.map((member) => [member.requestId, member.organisationId])),
  )
  const requests = requestIds.map((id) => ({ organisationId: members.get(id), requestId: id }))
  const concerned = new Set([...members.values(), ...(await regionsOfCounty(tx, after.countyCode))])
  await recordAudit(tx, {
    organisationId: actor.organisationId,
    personId: actor.personId,
    requestId,
    command,
    subjectType: 'pooled_need',
    subjectId: pooledNeedId,
    before: null,
    after: { competence: after.competence, requests },
    concerns: [...concerned].filter((one) => one !== actor.organisationId),
  })
  const told = concerned.add(actor.organisationId)
  for (const need of states) for (const lender of await lendersFor(tx, need, market)) told.add(lender)
  announce(tx, { organisations: [...told], noun: 'pooled_need', id: pooledNeedId })
}
