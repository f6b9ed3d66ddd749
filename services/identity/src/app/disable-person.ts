import type { ChangedPerson, DisablePerson } from '@samkraft/contracts/identity'
import type { MemberContext } from '../context.ts'
import { removeNewPassword } from '../db/invitations.ts'
import { closeSessionsIn } from '../db/sessions.ts'
import { disable } from '../domain/membership.ts'
import { changeMember } from './change-member.ts'
import { withdrawLinksBy } from './links.ts'

/**
 * Shuts a member out of the organisation: ends the sessions in which they act for it, and takes back a link to a new password and
 * those they have made. What they are elsewhere is for the other organisations to say.
 * Throws `not_found person.not_found`, `conflict person.changed | person.last_administrator | person.already_disabled`.
 */
export function disablePerson(ctx: MemberContext, input: DisablePerson): Promise<ChangedPerson> {
  return changeMember(ctx, 'person.disable', input, async (tx, membership, otherAdministrators) => {
    const disabled = disable(membership, { otherAdministrators })
    await closeSessionsIn(tx, membership)
    await removeNewPassword(tx, membership)
    await withdrawLinksBy(tx, membership)
    return disabled
  })
}
