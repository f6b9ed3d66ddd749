import type { SeeMatches, SeenMatches } from '@samkraft/contracts/matching'
import { announce, runCommand } from '@samkraft/db'
import { DomainError } from '@samkraft/kernel'
import type { MemberContext } from '../context.ts'
import { findRequestSubject, ownerOfOffer } from '../db/subjects.ts'
import { markSeen } from '../db/tasks.ts'

/**
 * The organisation has looked at the matches of its request or offer: they are no longer news. Leaves nothing in the audit
 * log, since nothing that concerns anyone is changed by looking. Throws `not_found request.not_found | offer.not_found`.
 */
export function seeMatches({ db, actor }: MemberContext, input: SeeMatches): Promise<SeenMatches> {
  const { commandKey, subject, id } = input
  const { organisationId } = actor
  return runCommand(db, actor, { name: 'match.seen', key: commandKey, input }, async (tx) => {
    const ownerId =
      subject === 'offer' ? await ownerOfOffer(tx, id) : (await findRequestSubject(tx, id))?.request.organisationId
    if (ownerId !== organisationId) throw new DomainError('not_found', `${subject}.not_found`)
    const seenAt = await markSeen(tx, { organisationId, subject, id })
    announce(tx, { organisations: [organisationId], noun: 'task', id })
    return { subject, id, seenAt: seenAt.toISOString() }
  })
}
