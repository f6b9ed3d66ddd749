import { randomUUIDv7 } from 'node:crypto'
import type { Invited, InvitePerson } from '@samkraft/contracts/identity'
import { announce, type AuditEntry, recordAudit } from '@samkraft/db'
import { DomainError } from '@samkraft/kernel'
import type { Transaction } from 'kysely'
import type { MemberContext } from '../context.ts'
import { addInvitation, type LinkMaker, removeLinksBy } from '../db/invitations.ts'
import { findOrganisation } from '../db/organisations.ts'
import { emailOf, memberAt } from '../db/people.ts'
import type { Schema } from '../db/schema.ts'
import { assertRolesFit, type Membership } from '../domain/membership.ts'
import { hashSecret, invitationSecret } from '../domain/secret.ts'

type Keys = Pick<MemberContext, 'derivationKey'>

/** Who makes a link, for the log; null: whoever runs Samkraft. */
type Maker = Pick<AuditEntry, 'personId' | 'requestId' | 'command'>

/** What may be kept of a link: its secret is derived again from its id. */
type Made = Omit<Invited, 'secret'>

/** What a link says of the one who may use it. */
type For = Pick<Membership, 'organisationId' | 'title' | 'roles'> &
  Readonly<{ email: string; personId: string | null; by: LinkMaker }>

/**
 * Adds the invitation that makes the holder of an address a member, in place of an earlier one, and the log's entry. The
 * transaction acts for the organisation.
 * Throws `not_found organisation.not_found`, `invalid person.role_not_here`, `conflict person.already_member | person.is_disabled`.
 */
export async function addMemberLink(
  tx: Transaction<Schema>,
  keys: Keys,
  { organisationId, email, title, roles }: Pick<InvitePerson, 'email' | 'title' | 'roles'> & { organisationId: string },
  by: Maker,
): Promise<Made> {
  const organisation = await findOrganisation(tx, organisationId)
  if (!organisation) throw new DomainError('not_found', 'organisation.not_found')
  assertRolesFit(roles, organisation.kind)
  const member = await memberAt(tx, organisationId, email)
  if (member)
    throw new DomainError('conflict', member.disabled ? 'person.is_disabled' : 'person.already_member', {
      field: 'email',
    })
  const maker = by.personId === null ? null : { personId: by.personId, organisationId }
  const made = await addLink(tx, keys, { organisationId, email, title, roles, personId: null, by: maker })
  const subject = { subjectType: 'invitation', subjectId: made.invitationId }
  await recordAudit(tx, { ...by, organisationId, ...subject, before: null, after: { roles } })
  return made
}

/**
 * Adds the invitation with which a member chooses a new password, in place of an earlier one. The transaction acts for the
 * member's organisation.
 */
export async function addNewPasswordLink(
  tx: Transaction<Schema>,
  keys: Keys,
  { organisationId, personId, title, roles }: Membership,
  by: LinkMaker,
): Promise<Made> {
  const email = await emailOf(tx, personId)
  return addLink(tx, keys, { organisationId, email, title, roles, personId, by })
}

/**
 * Takes back what links somebody made for an organisation as its administrator and nobody has used: whoever holds one could come
 * back by it, or into a colleague's account. The transaction acts for that organisation.
 */
export async function withdrawLinksBy(tx: Transaction<Schema>, administrator: NonNullable<LinkMaker>): Promise<void> {
  for (const { id, organisationId } of await removeLinksBy(tx, administrator))
    announce(tx, { organisations: [organisationId], noun: 'invitation', id })
}

async function addLink(tx: Transaction<Schema>, { derivationKey }: Keys, whom: For): Promise<Made> {
  const id = randomUUIDv7()
  const secretHash = hashSecret(invitationSecret(derivationKey, id))
  const { expiresAt } = await addInvitation(tx, { ...whom, id, secretHash })
  announce(tx, { organisations: [whom.organisationId], noun: 'invitation', id })
  return { invitationId: id, expiresAt: expiresAt.toISOString() }
}

/** The link as it is handed over; the same command again hands over the same one. */
export function withSecret({ derivationKey }: Keys, { invitationId, expiresAt }: Made): Invited {
  return { invitationId, secret: invitationSecret(derivationKey, invitationId), expiresAt }
}
