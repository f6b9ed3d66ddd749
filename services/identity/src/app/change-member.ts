import type { ChangedPerson } from '@samkraft/contracts/identity'
import { announce, runCommand } from '@samkraft/db'
import type { Transaction } from 'kysely'
import type { MemberContext } from '../context.ts'
import { holdAdministrator, lockMember, saveMembership } from '../db/people.ts'
import type { Schema } from '../db/schema.ts'
import { assertCurrent, type Membership } from '../domain/membership.ts'
import { recordOfPerson } from './record-of-person.ts'

type Input = Readonly<{ commandKey: string; version: number; personId: string }>

/**
 * What `changeTitle`, `changeRoles`, `disable` and `enable` have in common: lock, see that who asks is an administrator still,
 * compare versions, decide, save, audit, announce. Throws `not_found person.not_found`, `conflict person.changed`,
 * `forbidden person.no_administrator`.
 */
export function changeMember(
  { db, actor, requestId }: MemberContext,
  command: string,
  input: Input,
  decide: (tx: Transaction<Schema>, membership: Membership, otherAdministrators: number) => Promise<Membership>,
): Promise<ChangedPerson> {
  return runCommand(db, actor, { name: command, key: input.commandKey, input }, async (tx) => {
    const { organisationId } = actor
    const { personId } = input
    const { membership, otherAdministrators } = await lockMember(tx, organisationId, personId)
    await holdAdministrator(tx, actor)
    assertCurrent(membership, input.version)
    const changed = await decide(tx, membership, otherAdministrators)
    await saveMembership(tx, changed)
    await recordOfPerson(tx, {
      organisationId,
      personId,
      by: actor.personId,
      requestId,
      command,
      before: { roles: membership.roles, disabled: membership.disabled },
      after: { roles: changed.roles, disabled: changed.disabled },
    })
    announce(tx, { organisations: [organisationId], noun: 'person', id: personId })
    return { personId, version: changed.version }
  })
}
