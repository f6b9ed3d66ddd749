import type { Invited } from '@samkraft/contracts/identity'
import { asOrganisation } from '@samkraft/db'
import { DomainError } from '@samkraft/kernel'
import type { OperatorContext } from '../context.ts'
import { lockMember, memberAt } from '../db/people.ts'
import { assertMayHaveNewPassword } from '../domain/membership.ts'
import { addNewPasswordLink, withSecret } from './links.ts'
import { recordOfPerson } from './record-of-person.ts'

/**
 * As `allowNewPassword`, by whoever runs Samkraft: for those whom nobody inside can help, such as a region's only
 * administrator, or a member of several organisations, none of which may open the others.
 * Throws `not_found person.not_found`, `conflict person.is_disabled`.
 */
export async function operatorNewPassword(
  ctx: OperatorContext,
  { organisationId, email }: Readonly<{ organisationId: string; email: string }>,
): Promise<Invited> {
  const { db, requestId } = ctx
  const made = await asOrganisation(db, organisationId, async (tx) => {
    const member = await memberAt(tx, organisationId, email)
    if (!member) throw new DomainError('not_found', 'person.not_found')
    const { personId } = member
    const { membership } = await lockMember(tx, organisationId, personId)
    // The operator is over all organisations: none of them gives the others away.
    assertMayHaveNewPassword(membership, { by: null, memberElsewhere: false })
    const link = await addNewPasswordLink(tx, ctx, membership, null)
    await recordOfPerson(tx, { organisationId, personId, by: null, requestId, command: 'operator.newPassword' })
    return link
  })
  return withSecret(ctx, made)
}
