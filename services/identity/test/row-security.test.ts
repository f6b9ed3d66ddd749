import { asActor } from '@samkraft/db'
import { type Kysely, sql, type Transaction } from 'kysely'
import { describe, expect } from 'vitest'
import { asClaimant, asHolder, asPerson } from '../src/db/access.ts'
import type { Schema } from '../src/db/schema.ts'
import { hashSecret } from '../src/domain/secret.ts'
import { alsoMemberOf, aMember, key, password, test } from './builders.ts'

const tables = ['person', 'credential', 'membership', 'session', 'invitation', 'command', 'audit'] as const

async function countAll(db: Kysely<Schema> | Transaction<Schema>): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const table of tables) {
    const { rows } = await sql<{ count: number }>`select count(*) from ${sql.table(table)}`.execute(db)
    counts[table] = rows[0]?.count ?? -1
  }
  return counts
}

/** Two organisations with one of everything, seen as the running service sees them. */
const furnished = test.extend('market', async ({ db, as, anyone }) => {
  const one = await aMember(db, { roles: ['administrator'] })
  const other = await aMember(db, { roles: ['administrator'] })
  const secrets: string[] = []
  for (const member of [one, other]) {
    secrets.push((await anyone.session.signIn({ email: member.email, password })).secret)
    const email = `ny-${member.personId}@kommun.example`
    await as(member).person.invite({ commandKey: key(), email, title: 'Ny', roles: ['officer'] })
  }
  return { one, other, secret: secrets[0] ?? '' }
})

const nothing = Object.fromEntries(tables.map((table) => [table, 0]))

describe('private rows', () => {
  furnished('are there, yet none is seen without a context', async ({ db, admin, market }) => {
    expect(market.one.personId).not.toBe(market.other.personId)
    for (const count of Object.values(await countAll(admin))) expect(count).toBeGreaterThanOrEqual(2)
    expect(await countAll(db)).toEqual(nothing)
  })

  furnished('are hidden from the tables’ owner too', async ({ owner, market }) => {
    expect(market.one.personId).not.toBe(market.other.personId)
    expect(await countAll(owner)).toEqual(nothing)
  })

  furnished('of another organisation are not there, and no colleague’s password ever is', async ({ db, market }) => {
    const { one } = market
    const colleague = await aMember(db, { organisationId: one.organisationId })
    const seen = await asActor(db, one, async (tx) => ({
      people: (await tx.selectFrom('person').select('id').execute()).map(({ id }) => id),
      memberships: await tx.selectFrom('membership').select('organisation_id').distinct().execute(),
      sessions: await tx.selectFrom('session').select('organisation_id').distinct().execute(),
      invitations: await tx.selectFrom('invitation').select('organisation_id').distinct().execute(),
      credentials: await tx.selectFrom('credential').select('person_id').execute(),
    }))
    const own = [{ organisation_id: one.organisationId }]
    expect(seen.people.toSorted()).toEqual([one.personId, colleague.personId].toSorted())
    expect(seen).toMatchObject({ memberships: own, sessions: own, invitations: own })
    expect(seen.credentials).toEqual([{ person_id: one.personId }])
  })

  furnished('of another organisation cannot be written', async ({ db, market }) => {
    const { one, other } = market
    await asActor(db, one, async (tx) => {
      const theirs = [
        await tx.updateTable('membership').set({ disabled: true }).where('person_id', '=', other.personId).execute(),
        await tx.deleteFrom('session').where('person_id', '=', other.personId).execute(),
        await tx.deleteFrom('invitation').where('organisation_id', '=', other.organisationId).execute(),
        await tx
          .updateTable('credential')
          .set({ password_hash: 'x' })
          .where('person_id', '=', other.personId)
          .execute(),
        await tx.updateTable('person').set({ email: 'x' }).where('id', '=', other.personId).execute(),
      ]
      for (const [result] of theirs)
        expect(result && 'numUpdatedRows' in result ? result.numUpdatedRows : result?.numDeletedRows).toBe(0n)
    })
    const intrusion = asActor(db, one, (tx) =>
      tx
        .insertInto('membership')
        .values({
          organisation_id: other.organisationId,
          person_id: one.personId,
          title: 'Administratör',
          roles: ['administrator'],
        })
        .execute(),
    )
    await expect(intrusion).rejects.toThrow('row-level security')
  })

  furnished('of others survive a deletion that forgot its `where`', async ({ db, admin, market }) => {
    const of = (organisationId: string) => async (table: 'session' | 'invitation') =>
      (await admin.selectFrom(table).selectAll().where('organisation_id', '=', organisationId).execute()).length
    await asActor(db, market.one, async (tx) => {
      await tx.deleteFrom('session').execute()
      await tx.deleteFrom('invitation').execute()
    })
    const [own, theirs] = [of(market.one.organisationId), of(market.other.organisationId)]
    expect([await own('session'), await own('invitation')]).toEqual([0, 0])
    expect([await theirs('session'), await theirs('invitation')]).toEqual([1, 1])
  })

  furnished('of a colleague cannot be forged: neither their session nor their password', async ({ db, market }) => {
    const { one } = market
    const colleague = await aMember(db, { organisationId: one.organisationId })
    const session = asActor(db, one, (tx) =>
      tx
        .insertInto('session')
        .values({
          secret_hash: hashSecret('forged'),
          person_id: colleague.personId,
          organisation_id: one.organisationId,
          seen_at: new Date(),
          ends_at: new Date(),
        })
        .execute(),
    )
    await expect(session).rejects.toThrow('row-level security')
    const [changed] = await asActor(db, one, (tx) =>
      tx.updateTable('credential').set({ password_hash: 'x' }).where('person_id', '=', colleague.personId).execute(),
    )
    expect(changed?.numUpdatedRows).toBe(0n)
  })
})

describe('what opens a door opens that door only', () => {
  furnished('an address: one account', async ({ db, market }) => {
    const { one } = market
    const seen = await asClaimant(db, one.email, countAll)
    expect(seen).toEqual({ ...nothing, person: 1, credential: 1 })
    const none = await asClaimant(db, '', countAll)
    expect(none).toEqual(nothing)
  })

  furnished('a secret: one session, and what its person belongs to', async ({ db, market }) => {
    const { one, other, secret } = market
    expect(await asHolder(db, hashSecret(secret), countAll)).toEqual({ ...nothing, session: 1, membership: 1 })
    expect(await asHolder(db, hashSecret('x'), countAll)).toEqual(nothing)

    await alsoMemberOf(db, one, { organisationId: other.organisationId })
    expect(await asHolder(db, hashSecret(secret), countAll)).toEqual({ ...nothing, session: 1, membership: 2 })
  })

  furnished('a person: what is theirs', async ({ db, market }) => {
    const seen = await asPerson(db, market.other.personId, countAll)
    expect(seen).toEqual({ ...nothing, person: 1, credential: 1, session: 1, membership: 1 })
  })

  furnished('and when the transaction is over, nothing', async ({ db, market }) => {
    await asActor(db, market.one, countAll)
    await asHolder(db, hashSecret(market.secret), countAll)
    await asClaimant(db, market.one.email, countAll)
    for (let times = 0; times < 20; times += 1) expect(await countAll(db)).toEqual(nothing)
  })
})
