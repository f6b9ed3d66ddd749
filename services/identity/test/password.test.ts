import { sql } from 'kysely'
import { describe, expect } from 'vitest'
import { aMember, type Api, key, password, refusal, test } from './builders.ts'

const newPassword = 'fyra blå stolar'

describe('changing the password', () => {
  test('takes the present one, ends the other sessions and leaves this one', async ({ db, as, anyone }) => {
    const member = await aMember(db)
    const { email } = member
    const here = await anyone.session.signIn({ email, password })
    const elsewhere = await anyone.session.signIn({ email, password })
    const command = { commandKey: key(), currentPassword: password, newPassword, secret: here.secret }
    await as(member).password.change(command)

    await anyone.session.enter({ secret: here.secret })
    expect(await refusal(anyone.session.enter({ secret: elsewhere.secret }))).toBe('UNAUTHORIZED session.ended')
    expect(await refusal(anyone.session.signIn({ email, password }))).toBe('UNAUTHORIZED session.sign_in_refused')
    await anyone.session.signIn({ email, password: newPassword })
  })

  test('ends also the session that is being opened with the old one', async ({ db, as, anyone, admin }) => {
    const member = await aMember(db)
    const { email, organisationId } = member
    const here = await anyone.session.signIn({ email, password })
    // Both write to the log of the organisation, whose end is held here until both are at it.
    const { opening, changing } = await admin.transaction().execute(async (tx) => {
      await sql`select from audit_head where organisation_id = ${organisationId}::uuid for update`.execute(tx)
      const opening = anyone.session.signIn({ email, password })
      await expect.poll(() => waiters(admin)).toBe(1)
      const command = { commandKey: key(), currentPassword: password, newPassword, secret: here.secret }
      const changing = as(member).password.change(command)
      await expect.poll(() => waiters(admin)).toBe(2)
      return { opening, changing }
    })
    const opened = await opening
    await changing
    expect(await refusal(anyone.session.enter({ secret: opened.secret }))).toBe('UNAUTHORIZED session.ended')
    await anyone.session.enter({ secret: here.secret })
  })

  test('refuses whoever has shown the old one a moment before', async ({ db, anyone, services, admin }) => {
    const { email, personId } = await aMember(db)
    const password_hash = await services.passwords.hash(newPassword)
    const { signingIn } = await admin.transaction().execute(async (tx) => {
      await tx.updateTable('credential').set({ password_hash }).where('person_id', '=', personId).execute()
      const signingIn = refusal(anyone.session.signIn({ email, password }))
      await expect.poll(() => waiters(admin)).toBe(1)
      return { signingIn }
    })
    expect(await signingIn).toBe('UNAUTHORIZED session.sign_in_refused')
  })

  test('twice with one key changes it once; the key for another password is refused', async ({ db, as }) => {
    const { person, command } = await aChange(db, as)
    const first = await person.password.change(command)
    expect(await person.password.change(command)).toEqual(first)
    const other = { ...command, newPassword: 'fem gröna stolar' }
    expect(await refusal(person.password.change(other))).toBe('CONFLICT command.key_reused')
  })

  test('keeps nothing of either password beside the hash', async ({ db, as, admin }) => {
    const { person, command } = await aChange(db, as)
    await person.password.change(command)
    const kept = await admin.selectFrom('command').selectAll().where('key', '=', command.commandKey).execute()
    const told = await admin.selectFrom('audit').selectAll().execute()
    expect(kept).toHaveLength(1)
    expect(JSON.stringify([kept, told])).not.toContain(newPassword)
  })

  test('is refused without the present one, ten times and then not listened to', async ({ db, as }) => {
    const { person, command } = await aChange(db, as)
    const guess = () =>
      refusal(person.password.change({ ...command, commandKey: key(), currentPassword: 'fel lösenord' }))
    for (let tries = 0; tries < 10; tries += 1) expect(await guess()).toBe('BAD_REQUEST password.wrong')
    expect(await guess()).toBe('FORBIDDEN session.too_many_attempts')
    expect(await refusal(person.password.change(command))).toBe('FORBIDDEN session.too_many_attempts')
  })

  test('is refused for one that everybody guesses', async ({ db, as }) => {
    const { person, command } = await aChange(db, as)
    for (const common of ['ensam-ar-inte-stark', 'password1234', 'Samkraft2027'])
      expect(await refusal(person.password.change({ ...command, newPassword: common }))).toBe(
        'BAD_REQUEST password.too_common',
      )
    const short = person.password.change({ ...command, newPassword: 'elva tecken' })
    await expect(short).rejects.toMatchObject({ code: 'BAD_REQUEST', cause: { issues: [{ path: ['newPassword'] }] } })
  })
})

async function aChange(db: Parameters<typeof aMember>[0], as: (actor: Awaited<ReturnType<typeof aMember>>) => Api) {
  const member = await aMember(db)
  const command = { commandKey: key(), currentPassword: password, newPassword, secret: 'x' }
  return { person: as(member), command }
}

/** How many in this database wait for somebody else's lock. */
async function waiters(admin: Parameters<typeof aMember>[0]): Promise<number> {
  const { rows } = await sql`
    select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(admin)
  return rows.length
}
