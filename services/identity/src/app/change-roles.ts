import type { ChangedPerson, ChangeRoles } from '@samkraft/contracts/identity'
import { DomainError } from '@samkraft/kernel'
import type { MemberContext } from '../context.ts'
import { findOrganisation } from '../db/organisations.ts'
import { changeRoles as rolesChanged } from '../domain/membership.ts'
import { changeMember } from './change-member.ts'
import { withdrawLinksBy } from './links.ts'

/**
 * Gives a member other roles; they hold from the member's next request. Who is no administrator any more has made no link that works.
 * Throws `not_found person.not_found`, `conflict person.changed | person.last_administrator`, `invalid person.role_not_here`.
 */
export function changeRoles(ctx: MemberContext, input: ChangeRoles): Promise<ChangedPerson> {
  return changeMember(ctx, 'person.changeRoles', input, async (tx, membership, otherAdministrators) => {
    const organisation = await findOrganisation(tx, membership.organisationId)
    if (!organisation) throw new DomainError('not_found', 'organisation.not_found')
    const changed = rolesChanged(membership, input.roles, { kind: organisation.kind, otherAdministrators })
    if (!changed.roles.includes('administrator')) await withdrawLinksBy(tx, membership)
    return changed
  })
}
