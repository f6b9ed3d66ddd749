import type { PersonPage } from '@samkraft/contracts/identity'
import { pageOf, positionAt } from '@samkraft/db'
import { DomainError } from '@samkraft/kernel'
import { type Selectable, sql, type Transaction } from 'kysely'
import type { Membership } from '../domain/membership.ts'
import type { MembershipTable, Schema } from './schema.ts'

const byTitle = sql<string>`membership.title collate "sv-x-icu"`

/** The organisation's members in order of title. Addresses are for administrators: everyone else gets null. */
export async function listPeople(
  tx: Transaction<Schema>,
  organisationId: string,
  { cursor, limit, showEmail }: { cursor?: string | undefined; limit: number; showEmail: boolean },
): Promise<PersonPage> {
  let query = tx
    .selectFrom('membership')
    .innerJoin('person', 'person.id', 'membership.person_id')
    .selectAll('membership')
    .select('person.email')
    .where('membership.organisation_id', '=', organisationId)
    .orderBy(byTitle)
    .orderBy('membership.person_id')
    .limit(limit + 1)
  if (cursor) {
    const after = positionAt(cursor)
    query = query.where(sql<boolean>`(${byTitle}, membership.person_id) > (${after.text}, ${after.id}::uuid)`)
  }
  const { items, next } = pageOf(await query.execute(), limit, ({ title, person_id }) => [title, person_id])
  return {
    items: items.map(({ email, person_id, title, roles, disabled, version }) => ({
      personId: person_id,
      title,
      roles,
      disabled,
      version,
      email: showEmail ? email : null,
    })),
    next,
  }
}

/** The titles, in this organisation, of those of the people who are its members. */
export async function titlesOf(
  tx: Transaction<Schema>,
  organisationId: string,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await tx
    .selectFrom('membership')
    .select(['person_id', 'title'])
    .where('organisation_id', '=', organisationId)
    .where('person_id', '=', sql<string>`any(${[...personIds]}::uuid[])`)
    .execute()
  return new Map(rows.map(({ person_id, title }) => [person_id, title]))
}

export async function hasMembers(tx: Transaction<Schema>, organisationId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('membership')
    .select('person_id')
    .where('organisation_id', '=', organisationId)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Who in the organisation has this address, blocked or not; null when no member has. */
export async function memberAt(
  tx: Transaction<Schema>,
  organisationId: string,
  email: string,
): Promise<Pick<Membership, 'personId' | 'disabled'> | null> {
  const row = await tx
    .selectFrom('membership')
    .innerJoin('person', 'person.id', 'membership.person_id')
    .select(['person.id', 'membership.disabled'])
    .where('membership.organisation_id', '=', organisationId)
    .where('person.email', '=', email)
    .executeTakeFirst()
  return row ? { personId: row.id, disabled: row.disabled } : null
}

/** The address a member signs in with. Throws when the transaction does not reach the person. */
export async function emailOf(tx: Transaction<Schema>, personId: string): Promise<string> {
  const { email } = await tx.selectFrom('person').select('email').where('id', '=', personId).executeTakeFirstOrThrow()
  return email
}

/** Whether the person is a member of another organisation too, disabled there or not. Needs to act as that person. */
export async function isMemberElsewhere(
  tx: Transaction<Schema>,
  { organisationId, personId }: Pick<Membership, 'organisationId' | 'personId'>,
): Promise<boolean> {
  const row = await tx
    .selectFrom('membership')
    .select('person_id')
    .where('person_id', '=', personId)
    .where('organisation_id', '<>', organisationId)
    .executeTakeFirst()
  return row !== undefined
}

/** A membership whose holder is an administrator and is not blocked. */
const administers = sql<boolean>`(not disabled and 'administrator' = any(roles))`

/**
 * Locks a member and counts the other administrators, who are locked too: two administrators who disable each other at
 * the same time come one after the other, and the second is refused.
 */
export async function lockMember(
  tx: Transaction<Schema>,
  organisationId: string,
  personId: string,
): Promise<{ membership: Membership; otherAdministrators: number }> {
  const rows = await tx
    .selectFrom('membership')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where(({ or, eb }) => or([eb('person_id', '=', personId), administers]))
    // One order for all, so that two of them wait instead of deadlocking.
    .orderBy('person_id')
    .forUpdate()
    .execute()
  const row = rows.find(({ person_id }) => person_id === personId)
  if (!row) throw new DomainError('not_found', 'person.not_found')
  return { membership: toMembership(row), otherAdministrators: rows.length - 1 }
}

/** Locks the administrators of an organisation who are not disabled. */
export async function lockAdministrators(tx: Transaction<Schema>, organisationId: string): Promise<Membership[]> {
  const rows = await tx
    .selectFrom('membership')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where(administers)
    .orderBy('person_id')
    .forUpdate()
    .execute()
  return rows.map(toMembership)
}

/**
 * Keeps somebody an administrator of the organisation they act for until the transaction ends. A token says what its holder was
 * when a request began: whoever is blocked meanwhile would let themselves in again. Taken after the lock of others, if any.
 * Throws `forbidden person.no_administrator` when they are none any more.
 */
export async function holdAdministrator(
  tx: Transaction<Schema>,
  { organisationId, personId }: Pick<Membership, 'organisationId' | 'personId'>,
): Promise<void> {
  const row = await tx
    .selectFrom('membership')
    .select('person_id')
    .where('organisation_id', '=', organisationId)
    .where('person_id', '=', personId)
    .where(administers)
    .forShare()
    .executeTakeFirst()
  if (!row) throw new DomainError('forbidden', 'person.no_administrator')
}

/** The person's memberships that are not disabled, the oldest first. */
export async function openMemberships(tx: Transaction<Schema>, personId: string): Promise<Membership[]> {
  const rows = await tx
    .selectFrom('membership')
    .selectAll()
    .where('person_id', '=', personId)
    .where('disabled', '=', false)
    .orderBy('created_at')
    .orderBy('organisation_id')
    .execute()
  return rows.map(toMembership)
}

export async function addMembership(
  tx: Transaction<Schema>,
  { organisationId, personId, title, roles }: Pick<Membership, 'organisationId' | 'personId' | 'title' | 'roles'>,
): Promise<void> {
  const added = await tx
    .insertInto('membership')
    .values({ organisation_id: organisationId, person_id: personId, title, roles: [...roles] })
    .onConflict((conflict) => conflict.doNothing())
    .returning('person_id')
    .executeTakeFirst()
  if (!added) throw new DomainError('conflict', 'person.already_member')
}

export async function saveMembership(
  tx: Transaction<Schema>,
  { organisationId, personId, title, roles, disabled, version }: Membership,
): Promise<void> {
  await tx
    .updateTable('membership')
    .set({ title, roles: [...roles], disabled, version })
    .where('organisation_id', '=', organisationId)
    .where('person_id', '=', personId)
    .returning('person_id')
    .executeTakeFirstOrThrow()
}

function toMembership(row: Selectable<MembershipTable>): Membership {
  return {
    organisationId: row.organisation_id,
    personId: row.person_id,
    title: row.title,
    roles: row.roles,
    disabled: row.disabled,
    version: row.version,
  }
}
