import type { StatsSummary, SummariseStats } from '@samkraft/contracts/arrangements'
import { asActor, askTogether } from '@samkraft/db'
import type { Period } from '@samkraft/kernel'
import type { Transaction } from 'kysely'
import type { MemberContext } from '../context.ts'
import type { Schema } from '../db/schema.ts'
import { refusalsQuery, spreadQuery, statusesQuery, toSpread } from '../db/stats.ts'

/**
 * How long things take and why they are refused, counted from the log of what concerns the own organisation. The age of
 * what is open stands beside the durations: a median of finished cases hides those that never finish.
 */
export function summariseStats({ db, actor }: MemberContext, { period }: SummariseStats): Promise<StatsSummary> {
  return asActor(db, actor, (tx) => countStats(tx, period))
}

/** The same of whatever the tenant context shows. */
export async function countStats(tx: Transaction<Schema>, period?: Period): Promise<StatsSummary> {
  const [requestToProposal, proposalToDecision, decisionToStart, openAge, byStatus, refusals] = await askTogether(tx, [
    spreadQuery('requestToProposal', period),
    spreadQuery('proposalToDecision', period),
    spreadQuery('decisionToStart', period),
    spreadQuery('openAge', period),
    statusesQuery(period),
    refusalsQuery(period),
  ])
  return {
    requestToProposal: toSpread(requestToProposal),
    proposalToDecision: toSpread(proposalToDecision),
    decisionToStart: toSpread(decisionToStart),
    openAge: toSpread(openAge),
    byStatus,
    refusals,
  }
}
