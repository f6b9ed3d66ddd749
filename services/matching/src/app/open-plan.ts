import { DomainError } from '@samkraft/kernel'
import type { Transaction } from 'kysely'
import { findPlan, type Plan } from '../db/plans.ts'
import type { Schema } from '../db/schema.ts'

/** One of the own organisation's plans; another's is not there. Throws `not_found plan.not_found`. */
export async function openPlan(
  tx: Transaction<Schema>,
  planId: string,
  options: { lock?: boolean } = {},
): Promise<Plan> {
  const plan = await findPlan(tx, planId, options)
  if (!plan) throw new DomainError('not_found', 'plan.not_found')
  return plan
}

/** One that has been computed, in full or until it was stopped. Throws `conflict plan.not_ready` as well. */
export async function openComputedPlan(tx: Transaction<Schema>, planId: string): Promise<Plan> {
  const plan = await openPlan(tx, planId)
  if (plan.state !== 'ready' && plan.state !== 'stopped') throw new DomainError('conflict', 'plan.not_ready')
  return plan
}

/** Throws `conflict plan.stale` when somebody has named the plan since it was seen. */
export function assertSeen({ version, name }: Plan, seen: number): void {
  if (version !== seen) throw new DomainError('conflict', 'plan.stale', { version, changed: { name } })
}
