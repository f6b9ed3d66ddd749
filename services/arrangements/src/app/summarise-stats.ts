import type { StatsSummary, SummariseStats } from '@samkraft/contracts/arrangements'
import { asActor } from '@samkraft/db'
import type { MemberContext } from '../context.ts'
import { countRefusals, countStatuses, readSpread } from '../db/stats.ts'

/**
 * How long things take and why they are refused, counted from the log of what concerns the own organisation. The age of
 * what is open stands beside the durations: a median of finished cases hides those that never finish.
 */
export function summariseStats({ db, actor }: MemberContext, { period }: SummariseStats): Promise<StatsSummary> {
  return asActor(db, actor, async (tx) => ({
    requestToProposal: await readSpread(tx, 'requestToProposal', period),
    proposalToDecision: await readSpread(tx, 'proposalToDecision', period),
    decisionToStart: await readSpread(tx, 'decisionToStart', period),
    openAge: await readSpread(tx, 'openAge', period),
    byStatus: await countStatuses(tx, period),
    refusals: await countRefusals(tx, period),
  }))
}
