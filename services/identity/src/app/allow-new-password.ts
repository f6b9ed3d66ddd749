import type { AllowNewPassword, Invited } from '@samkraft/contracts/identity'
import { runCommand } from '@samkraft/db'
import type { MemberContext } from '../context.ts'
import { asPerson } from '../db/access.ts'
import { holdAdministrator, isMemberElsewhere, lockMember } from '../db/people.ts'
import { assertMayHaveNewPassword } from '../domain/membership.ts'
import { addNewPasswordLink, withSecret } from './links.ts'
import { recordOfPerson } from './record-of-person.ts'

/**
 * Makes an invitation with which a member chooses a new password, and returns its secret, once, for the link the
 * administrator hands over. An earlier one stops working; the present password works until there is a new one.
 * Throws `not_found person.not_found`, `conflict person.own_password | person.is_disabled | person.member_elsewhere`,
 * `forbidden person.no_administrator`.
 */
export async function allowNewPassword(ctx: MemberContext, input: AllowNewPassword): Promise<Invited> {
  const { db, actor, requestId } = ctx
  const { organisationId } = actor
  const { personId } = input
  // Only the person's own eyes see where else they are members; nothing is said of it before they are known to be one here.
  const memberElsewhere = await asPerson(db, personId, (tx) => isMemberElsewhere(tx, { organisationId, personId }))
  const call = { name: 'person.allowNewPassword', key: input.commandKey, input }
  const made = await runCommand(db, actor, call, async (tx) => {
    const { membership } = await lockMember(tx, organisationId, personId)
    await holdAdministrator(tx, actor)
    assertMayHaveNewPassword(membership, { by: actor.personId, memberElsewhere })
    const link = await addNewPasswordLink(tx, ctx, membership, actor)
    await recordOfPerson(tx, { organisationId, personId, by: actor.personId, requestId, command: call.name })
    return link
  })
  return withSecret(ctx, made)
}
