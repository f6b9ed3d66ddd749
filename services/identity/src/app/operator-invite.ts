import type { Invited } from '@samkraft/contracts/identity'
import { asOrganisation } from '@samkraft/db'
import type { OperatorContext } from '../context.ts'
import { addMemberLink, withSecret } from './links.ts'

/**
 * As `invitePerson`, by whoever runs Samkraft: an organisation's first administrator has nobody there to be invited by.
 * Throws `not_found organisation.not_found`, `conflict person.already_member | person.is_disabled`.
 */
export async function operatorInvite(
  ctx: OperatorContext,
  { organisationId, email, title }: Readonly<{ organisationId: string; email: string; title: string }>,
): Promise<Invited> {
  const { db, requestId } = ctx
  const whom = { organisationId, email, title, roles: ['administrator' as const] }
  const made = await asOrganisation(db, organisationId, (tx) =>
    addMemberLink(tx, ctx, whom, { personId: null, requestId, command: 'operator.invite' }),
  )
  return withSecret(ctx, made)
}
