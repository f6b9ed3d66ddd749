import type { ListInvitations, PendingInvitationPage } from '@samkraft/contracts/identity'
import { asActor } from '@samkraft/db'
import type { MemberContext } from '../context.ts'
import { listInvitations as readInvitations } from '../db/invitations.ts'

/** The own organisation's invitations that wait for an answer. Their secrets are not shown again. */
export function listInvitations(
  { db, actor }: MemberContext,
  { cursor, limit }: ListInvitations,
): Promise<PendingInvitationPage> {
  return asActor(db, actor, (tx) => readInvitations(tx, actor.organisationId, { cursor, limit }))
}
