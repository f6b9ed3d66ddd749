import type { MatchTasks } from '@samkraft/contracts/matching'
import { asActor } from '@samkraft/db'
import type { MemberContext } from '../context.ts'
import { invitations, offersWithNews, requestsWithNews } from '../db/tasks.ts'

/**
 * What is new for the own organisation: matches for its requests, requests its offers would serve, and pooled needs it is invited to.
 * Newest first.
 */
export function listTasks({ db, actor }: MemberContext): Promise<MatchTasks> {
  return asActor(db, actor, async (tx) => {
    const forRequests = await requestsWithNews(tx, actor.organisationId)
    const forOffers = await offersWithNews(tx, actor.organisationId)
    const toPools = await invitations(tx, actor.organisationId)
    return { items: [...forRequests, ...forOffers, ...toPools].sort((a, b) => (a.since > b.since ? -1 : 1)) }
  })
}
