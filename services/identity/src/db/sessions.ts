import type { OrganisationKind } from '@samkraft/contracts/identity'
import type { Role } from '@samkraft/kernel'
import { sql, type Transaction } from 'kysely'
import { idleMinutes, longestHours, touchSeconds } from '../domain/session.ts'
import type { Schema } from './schema.ts'

const idleFor = sql`make_interval(mins => ${idleMinutes})`
const alive = sql<boolean>`session.ends_at > app_now() and session.seen_at > app_now() - ${idleFor}`

/** One membership of the person a session is of. */
export type EnteredRow = Readonly<{
  person_id: string
  /** Whether the session acts for this organisation. */
  present: boolean
  organisation_id: string
  name: string
  short_name: string
  kind: OrganisationKind
  municipality_code: string | null
  county_code: string | null
  title: string
  roles: Role[]
}>

/**
 * The open memberships of the living session's person, in order of name; none when there is no such session.
 * Needs `asHolder`. Writes that the session was used when it is, at most once a minute.
 */
export async function enterSession(
  tx: Transaction<Schema>,
  secretHash: Buffer,
  { used }: { used: boolean },
): Promise<EnteredRow[]> {
  const { rows } = await sql<EnteredRow & { stale: boolean }>`
    select session.person_id, session.organisation_id = membership.organisation_id as present,
      session.seen_at < app_now() - make_interval(secs => ${touchSeconds}) as stale,
      organisation.id as organisation_id, organisation.name, organisation.short_name, organisation.kind,
      organisation.municipality_code, organisation.county_code, membership.title, membership.roles
    from session
    join membership on membership.person_id = session.person_id and not membership.disabled
    join organisation on organisation.id = membership.organisation_id
    where session.secret_hash = ${secretHash} and ${alive}
    order by organisation.short_name collate "sv-x-icu", organisation.id`.execute(tx)
  if (used && rows[0]?.stale) {
    await tx
      .updateTable('session')
      .set({ seen_at: sql<Date>`app_now()` })
      .where('secret_hash', '=', secretHash)
      .execute()
  }
  return rows
}

export async function openSession(
  tx: Transaction<Schema>,
  { secretHash, personId, organisationId }: { secretHash: Buffer; personId: string; organisationId: string },
): Promise<{ endsAt: Date }> {
  const { ends_at } = await tx
    .insertInto('session')
    .values({
      secret_hash: secretHash,
      person_id: personId,
      organisation_id: organisationId,
      seen_at: sql<Date>`app_now()`,
      ends_at: sql<Date>`app_now() + make_interval(hours => ${longestHours})`,
    })
    .returning('ends_at')
    .executeTakeFirstOrThrow()
  return { endsAt: ends_at }
}

/** Ends the session of this secret and says whose it was. Needs `asHolder`. */
export async function closeSession(
  tx: Transaction<Schema>,
  secretHash: Buffer,
): Promise<{ personId: string; organisationId: string } | null> {
  const row = await tx
    .deleteFrom('session')
    .where('secret_hash', '=', secretHash)
    .returning(['person_id', 'organisation_id'])
    .executeTakeFirst()
  return row ? { personId: row.person_id, organisationId: row.organisation_id } : null
}

/** Lets a living session of the person act for another organisation; false when there is no such session. */
export async function moveSession(
  tx: Transaction<Schema>,
  { secretHash, personId, organisationId }: { secretHash: Buffer; personId: string; organisationId: string },
): Promise<boolean> {
  const moved = await tx
    .updateTable('session')
    .set({ organisation_id: organisationId, seen_at: sql<Date>`app_now()` })
    .where('secret_hash', '=', secretHash)
    .where('person_id', '=', personId)
    .where(alive)
    .returning('person_id')
    .executeTakeFirst()
  return moved !== undefined
}

/** Ends every session in which the person acts for the organisation. */
export async function closeSessionsIn(
  tx: Transaction<Schema>,
  { personId, organisationId }: { personId: string; organisationId: string },
): Promise<void> {
  await tx
    .deleteFrom('session')
    .where('person_id', '=', personId)
    .where('organisation_id', '=', organisationId)
    .execute()
}

/** Ends every session of the person, for whichever organisation they act in it. */
export async function closeSessionsOf(tx: Transaction<Schema>, personId: string): Promise<void> {
  await tx.deleteFrom('session').where('person_id', '=', personId).execute()
}

/** Ends all sessions of the person but the one that is kept. */
export async function closeOtherSessions(
  tx: Transaction<Schema>,
  { personId, kept }: { personId: string; kept: Buffer },
): Promise<void> {
  await tx.deleteFrom('session').where('person_id', '=', personId).where('secret_hash', '<>', kept).execute()
}
