import type { PendingInvitationPage } from '@samkraft/contracts/identity'
import { pageOf, positionAt } from '@samkraft/db'
import type { Role } from '@samkraft/kernel'
import { sql, type Transaction } from 'kysely'
import type { Schema } from './schema.ts'

/** Invitations are good for this long; a link that lies about is a door left open. */
const validDays = 7

export type Invitation = Readonly<{
  id: string
  organisationId: string
  organisationName: string
  email: string
  title: string
  roles: readonly Role[]
  expiresAt: Date
  acceptedBy: string | null
  /** The member it lets choose a new password; null when it makes somebody a member. */
  personId: string | null
  /** Made by whoever runs Samkraft, for all organisations alike. */
  byOperator: boolean
}>

/** The administrator who makes a link, and the organisation they act for; null: whoever runs Samkraft. */
export type LinkMaker = Readonly<{ personId: string; organisationId: string }> | null

/** Adds an invitation in place of the one that waits for this address, if any, so that only the newest link works. */
export async function addInvitation(
  tx: Transaction<Schema>,
  invitation: Pick<Invitation, 'id' | 'organisationId' | 'email' | 'title' | 'roles' | 'personId'> & {
    secretHash: Buffer
    by: LinkMaker
  },
): Promise<{ expiresAt: Date }> {
  const row = {
    id: invitation.id,
    secret_hash: invitation.secretHash,
    title: invitation.title,
    roles: [...invitation.roles],
    person_id: invitation.personId,
    by_operator: invitation.by === null,
    made_by: invitation.by?.personId ?? null,
    made_in: invitation.by?.organisationId ?? null,
    expires_at: sql<Date>`app_now() + make_interval(days => ${validDays})`,
  }
  const { expires_at } = await tx
    .insertInto('invitation')
    .values({ organisation_id: invitation.organisationId, email: invitation.email, accepted_by: null, ...row })
    .onConflict((conflict) =>
      conflict.columns(['organisation_id', 'email']).where('accepted_by', 'is', null).doUpdateSet(row),
    )
    .returning('expires_at')
    .executeTakeFirstOrThrow()
  return { expiresAt: expires_at }
}

/** The invitation of this secret while it can be looked at: not expired. Needs `asHolder`. */
export async function findInvitation(tx: Transaction<Schema>, secretHash: Buffer): Promise<Invitation | null> {
  const row = await tx
    .selectFrom('invitation')
    .innerJoin('organisation', 'organisation.id', 'invitation.organisation_id')
    .selectAll('invitation')
    .select('organisation.name as organisation_name')
    .where('secret_hash', '=', secretHash)
    .where(sql<boolean>`expires_at > app_now()`)
    .executeTakeFirst()
  if (!row) return null
  return {
    id: row.id,
    organisationId: row.organisation_id,
    organisationName: row.organisation_name,
    email: row.email,
    title: row.title,
    roles: row.roles,
    expiresAt: row.expires_at,
    acceptedBy: row.accepted_by,
    personId: row.person_id,
    byOperator: row.by_operator,
  }
}

/** Takes the invitation for the one who accepts it; false when it has been taken, withdrawn or outlived. */
export async function takeInvitation(
  tx: Transaction<Schema>,
  { id, personId }: { id: string; personId: string },
): Promise<boolean> {
  const taken = await tx
    .updateTable('invitation')
    .set({ accepted_by: personId })
    .where('id', '=', id)
    .where('accepted_by', 'is', null)
    .where(sql<boolean>`expires_at > app_now()`)
    .returning('id')
    .executeTakeFirst()
  return taken !== undefined
}

/** Removes an invitation that waits, and says whom it was to give a new password; null when there is none. */
export async function removeInvitation(
  tx: Transaction<Schema>,
  organisationId: string,
  id: string,
): Promise<Pick<Invitation, 'personId'> | null> {
  const removed = await tx
    .deleteFrom('invitation')
    .where('id', '=', id)
    .where('organisation_id', '=', organisationId)
    .where('accepted_by', 'is', null)
    .returning('person_id')
    .executeTakeFirst()
  return removed ? { personId: removed.person_id } : null
}

/** Takes back the link to a new password that waits for a member, if there is one. */
export async function removeNewPassword(
  tx: Transaction<Schema>,
  { organisationId, personId }: { organisationId: string; personId: string },
): Promise<void> {
  await tx
    .deleteFrom('invitation')
    .where('organisation_id', '=', organisationId)
    .where('person_id', '=', personId)
    .where('accepted_by', 'is', null)
    .execute()
}

/** Takes back every link to a new password that waits for the person who acts, whichever organisation made it. */
export async function removeOwnNewPasswords(tx: Transaction<Schema>, personId: string): Promise<void> {
  await tx.deleteFrom('invitation').where('person_id', '=', personId).where('accepted_by', 'is', null).execute()
}

/**
 * Takes back the links that wait which this administrator made for the organisation, and says which they were and whose. One that
 * does not say who made it may be theirs too: it is from before that was kept, or from a service that does not keep it yet.
 */
export async function removeLinksBy(
  tx: Transaction<Schema>,
  { organisationId, personId }: NonNullable<LinkMaker>,
): Promise<{ id: string; organisationId: string }[]> {
  const removed = await tx
    .deleteFrom('invitation')
    .where(({ or, and, eb }) =>
      or([
        and([eb('made_in', '=', organisationId), eb('made_by', '=', personId)]),
        and([eb('organisation_id', '=', organisationId), eb('made_by', 'is', null), eb('by_operator', '=', false)]),
      ]),
    )
    .where('accepted_by', 'is', null)
    .returning(['id', 'organisation_id'])
    .execute()
  return removed.map(({ id, organisation_id }) => ({ id, organisationId: organisation_id }))
}

export async function listInvitations(
  tx: Transaction<Schema>,
  organisationId: string,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<PendingInvitationPage> {
  let query = tx
    .selectFrom('invitation')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('accepted_by', 'is', null)
    .where(sql<boolean>`expires_at > app_now()`)
    .orderBy('email')
    .orderBy('id')
    .limit(limit + 1)
  if (cursor) {
    const after = positionAt(cursor)
    query = query.where(sql<boolean>`(email, id) > (${after.text}, ${after.id}::uuid)`)
  }
  const { items, next } = pageOf(await query.execute(), limit, ({ email, id }) => [email, id])
  return {
    items: items.map((row) => ({
      invitationId: row.id,
      email: row.email,
      title: row.title,
      roles: row.roles,
      expiresAt: row.expires_at.toISOString(),
      givesNewPassword: row.person_id !== null,
    })),
    next,
  }
}
