import { announce, recordAudit } from '@samkraft/db'
import { DomainError } from '@samkraft/kernel'
import type { Transaction } from 'kysely'
import type { MemberContext } from '../context.ts'
import { regionsOfCounty } from '../db/organisations.ts'
import type { PoolableRequest } from '../db/pooled-needs.ts'
import type { Schema } from '../db/schema.ts'
import { misfitIn, type Poolable } from '../domain/pooling.ts'
import { mostHours } from '../domain/parties.ts'
import type { Relations } from '../domain/relation.ts'

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
  countyCode: string
  /** Those with a request in it, invited ones as well. */
  organisations: readonly string[]
  /** Codes and ids, for the log. */
  after: Readonly<Record<string, unknown>>
}>

/** The log entry, readable by all in the pool and the coordinator, and a word to their open pages. */
export async function tellOfPool(
  tx: Transaction<Schema>,
  { actor, requestId }: Pick<MemberContext, 'actor' | 'requestId'>,
  { command, pooledNeedId, countyCode, organisations, after }: PoolNews,
): Promise<void> {
  const concerned = new Set([...organisations, ...(await regionsOfCounty(tx, countyCode))])
  await recordAudit(tx, {
    organisationId: actor.organisationId,
    personId: actor.personId,
    requestId,
    command,
    subjectType: 'pooled_need',
    subjectId: pooledNeedId,
    before: null,
    after,
    concerns: [...concerned].filter((one) => one !== actor.organisationId),
  })
  announce(tx, { organisations: [...concerned.add(actor.organisationId)], noun: 'pooled_need', id: pooledNeedId })
}
