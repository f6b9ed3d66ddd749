import { type AllowAdministratorNewPassword, type AllowedNewPassword, coordinates } from '@samkraft/contracts/identity'
import { asOrganisation, recordAudit, runCommand } from '@samkraft/db'
import { DomainError } from '@samkraft/kernel'
import type { MemberContext } from '../context.ts'
import { continueAs } from '../db/access.ts'
import { findOrganisation } from '../db/organisations.ts'
import { emailOf, holdAdministrator, isMemberElsewhere, lockAdministrators } from '../db/people.ts'
import { assertMayHaveNewPassword, onlyAdministrator } from '../domain/membership.ts'
import { addNewPasswordLink, withSecret } from './links.ts'

/**
 * As `allowNewPassword`, for the only administrator of a municipality, who has nobody there to ask: it is made by an
 * administrator of the region that coordinates the county, who learns the address it is to be sent to. Both organisations
 * read of it in their logs.
 * Throws `not_found organisation.not_found` when the caller's organisation does not coordinate this one,
 * `conflict organisation.no_administrator | organisation.several_administrators | person.member_elsewhere`,
 * `forbidden person.no_administrator`.
 */
export async function allowAdministratorNewPassword(
  ctx: MemberContext,
  input: AllowAdministratorNewPassword,
): Promise<AllowedNewPassword> {
  const { db, actor, requestId } = ctx
  const { organisationId } = input
  const call = { name: 'organisation.allowNewPassword', key: input.commandKey, input }
  const { personId, ...made } = await runCommand(db, actor, call, async (tx) => {
    const [region, municipality] = [
      await findOrganisation(tx, actor.organisationId),
      await findOrganisation(tx, organisationId),
    ]
    if (!region || !municipality || !coordinates(region, municipality))
      throw new DomainError('not_found', 'organisation.not_found')
    await holdAdministrator(tx, actor)
    await recordAudit(tx, {
      organisationId: actor.organisationId,
      personId: actor.personId,
      requestId,
      command: call.name,
      subjectType: 'organisation',
      subjectId: organisationId,
      before: null,
      after: null,
      concerns: [organisationId],
    })
    await continueAs(tx, { organisationId, personId: actor.personId })
    const administrator = onlyAdministrator(await lockAdministrators(tx, organisationId))
    const { personId } = administrator
    // Only the person's own eyes see where else they are members.
    await continueAs(tx, { organisationId, personId })
    const memberElsewhere = await isMemberElsewhere(tx, { organisationId, personId })
    assertMayHaveNewPassword(administrator, { by: actor.personId, memberElsewhere })
    const link = await addNewPasswordLink(tx, ctx, administrator, actor)
    // The result is kept with the region's command.
    await continueAs(tx, actor)
    return { personId, ...link }
  })
  const email = await asOrganisation(db, organisationId, (tx) => emailOf(tx, personId))
  return { ...withSecret(ctx, made), email }
}
