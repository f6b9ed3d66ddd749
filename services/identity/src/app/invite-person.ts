import type { Invited, InvitePerson } from '@samkraft/contracts/identity'
import { runCommand } from '@samkraft/db'
import type { MemberContext } from '../context.ts'
import { holdAdministrator } from '../db/people.ts'
import { addMemberLink, withSecret } from './links.ts'

/**
 * Makes an invitation and returns its secret, once, for the link the administrator hands over. An earlier invitation of
 * the same address stops working. Whether the address has an account elsewhere makes no difference and is not told.
 * Throws `conflict person.already_member | person.is_disabled`, `invalid person.role_not_here`, `forbidden person.no_administrator`.
 */
export async function invitePerson(ctx: MemberContext, input: InvitePerson): Promise<Invited> {
  const { db, actor, requestId } = ctx
  const { organisationId, personId } = actor
  const call = { name: 'person.invite', key: input.commandKey, input }
  // The secret is not part of the kept result: it is derived again from the id, and stored nowhere.
  const made = await runCommand(db, actor, call, async (tx) => {
    await holdAdministrator(tx, actor)
    return addMemberLink(tx, ctx, { ...input, organisationId }, { personId, requestId, command: call.name })
  })
  return withSecret(ctx, made)
}
