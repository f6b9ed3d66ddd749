import {
  arrangementAccepted,
  arrangementDecided,
  arrangementDeclined,
  type ArrangementReceipt,
  type DecideArrangement,
} from '@samkraft/contracts/arrangements'
import type { MemberContext } from '../context.ts'
import { insertDecision } from '../db/decisions.ts'
import { because, decide } from '../domain/move.ts'
import type { Arrangement } from '../domain/arrangement.ts'
import { moveArrangement } from './move-arrangement.ts'
import { factsOf, news, type News } from './save-change.ts'

/**
 * Takes the own authority's decision. Besides what every move refuses:
 * `forbidden arrangement.conflict_of_interest` when the decider cannot declare to be free of jäv; then another must decide.
 */
export function decideArrangement(ctx: MemberContext, input: DecideArrangement): Promise<ArrangementReceipt> {
  const { decision, delegationReference, noConflictOfInterest, reasonCode, reasonText } = input
  const reason = decision === 'no' && reasonCode ? because(reasonCode, reasonText) : null
  return moveArrangement(ctx, 'decide', input, (tx, arrangement, moment) => {
    const after = decide(arrangement, ctx.actor, { decision, noConflictOfInterest, reason }, moment)
    return {
      after,
      news: newsOf(after, ctx.actor.organisationId, input),
      says: { decision, delegationReference, noConflictOfInterest },
      write: (by) => insertDecision(tx, arrangement, { by, decision, delegationReference, reason, moment }),
    }
  })
}

function newsOf(after: Arrangement, organisationId: string, { decision, reasonCode }: DecideArrangement): News[] {
  const facts = factsOf(after)
  const decided = news(arrangementDecided, { ...facts, organisationId, decision })
  if (after.status === 'declined')
    return [decided, news(arrangementDeclined, { ...facts, reasonCode: reasonCode ?? 'other' })]
  return after.status === 'coordinator_approval' ? [decided, news(arrangementAccepted, facts)] : [decided]
}
