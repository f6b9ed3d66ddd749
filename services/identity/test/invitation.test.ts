import { createHash, randomUUID } from 'node:crypto'
import type { Role } from '@samkraft/kernel'
import { describe, expect } from 'vitest'
import { aMember, alsoMemberOf, anOrganisation, type Api, key, password, refusal, test } from './builders.ts'

const notValid = 'NOT_FOUND invitation.not_valid'
const newPassword = 'fyra blå stolar'

function anEmail(): string {
  return `${randomUUID()}@kommun.example`
}

function invite(api: Api, email: string) {
  return api.person.invite({ commandKey: key(), email, title: 'Rektor', roles: ['officer', 'manager'] })
}

describe('an invitation', () => {
  test('shows its holder what it is to, and makes them a member with the password they choose', async ({
    db,
    as,
    anyone,
  }) => {
    const administrator = await aMember(db, { roles: ['administrator'] })
    const email = anEmail()
    const { secret } = await invite(as(administrator), email)
    expect(await anyone.invitation.get({ secret })).toMatchObject({
      email,
      title: 'Rektor',
      roles: ['officer', 'manager'],
      hasAccount: false,
    })
    const { personId } = await anyone.invitation.accept({ commandKey: key(), secret, password: newPassword })
    const session = await anyone.session.signIn({ email, password: newPassword })
    expect(await anyone.session.enter(session)).toMatchObject({
      personId,
      organisationId: administrator.organisationId,
      roles: ['officer', 'manager'],
      title: 'Rektor',
    })
  })

  test('works once', async ({ db, as, anyone }) => {
    const { secret } = await invite(as(await aMember(db, { roles: ['administrator'] })), anEmail())
    await anyone.invitation.accept({ commandKey: key(), secret, password: newPassword })
    expect(await refusal(anyone.invitation.get({ secret }))).toBe(notValid)
    const again = { commandKey: key(), secret, password: newPassword }
    expect(await refusal(anyone.invitation.accept(again))).toBe(notValid)
  })

  test('works once, also for many at the same moment', async ({ db, as, admin }) => {
    const email = anEmail()
    const { secret } = await invite(as(await aMember(db, { roles: ['administrator'] })), email)
    const outcomes = await Promise.allSettled(
      Array.from({ length: 5 }, () => as(null).invitation.accept({ commandKey: key(), secret, password: newPassword })),
    )
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await admin.selectFrom('person').select('id').where('email', '=', email).execute()).toHaveLength(1)
  })

  test('made several times at once for one address leaves one that works', async ({ db, as, anyone }) => {
    const administrator = await aMember(db, { roles: ['administrator'] })
    const email = anEmail()
    const made = await Promise.all(Array.from({ length: 6 }, () => invite(as(administrator), email)))
    const answers = await Promise.allSettled(made.map(({ secret }) => anyone.invitation.get({ secret })))
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('accepted twice with one key is accepted once and answers the same', async ({ db, as, anyone }) => {
    const { secret } = await invite(as(await aMember(db, { roles: ['administrator'] })), anEmail())
    const command = { commandKey: key(), secret, password: newPassword }
    const first = await anyone.invitation.accept(command)
    expect(await anyone.invitation.accept(command)).toEqual(first)
  })

  test('is stored without its secret, and sent twice with one key has one secret', async ({ db, as, admin }) => {
    const administrator = as(await aMember(db, { roles: ['administrator'] }))
    const command = { commandKey: key(), email: anEmail(), title: 'Rektor', roles: ['officer'] satisfies Role[] }
    const first = await administrator.person.invite(command)
    expect(await administrator.person.invite(command)).toEqual(first)
    const kept = await admin.selectFrom('command').selectAll().where('key', '=', command.commandKey).execute()
    const sha256 = createHash('sha256').update(first.secret).digest()
    const rows = await admin.selectFrom('invitation').selectAll().where('secret_hash', '=', sha256).execute()
    expect(rows).toHaveLength(1)
    expect(JSON.stringify([kept, rows])).not.toContain(first.secret)
  })

  test('is good for a week', async ({ db, as, anyone, pass }) => {
    const { secret } = await invite(as(await aMember(db, { roles: ['administrator'] })), anEmail())
    await pass('7 days 1 minute')
    expect(await refusal(anyone.invitation.get({ secret }))).toBe(notValid)
    expect(await refusal(anyone.invitation.accept({ commandKey: key(), secret, password: newPassword }))).toBe(notValid)
  })

  test('can be withdrawn by its own organisation, and is replaced by a newer one', async ({ db, as, anyone }) => {
    const administrator = as(await aMember(db, { roles: ['administrator'] }))
    const email = anEmail()
    const first = await invite(administrator, email)
    const second = await invite(administrator, email)
    expect(await refusal(anyone.invitation.get(first))).toBe(notValid)
    expect((await administrator.invitation.list({})).items).toEqual([
      expect.objectContaining({ invitationId: second.invitationId, email }),
    ])

    const stranger = as(await aMember(db, { roles: ['administrator'] }))
    const withdrawal = { commandKey: key(), invitationId: second.invitationId }
    expect((await stranger.invitation.list({})).items).toEqual([])
    expect(await refusal(stranger.invitation.withdraw(withdrawal))).toBe('NOT_FOUND invitation.not_found')
    await anyone.invitation.get(second)

    await administrator.invitation.withdraw(withdrawal)
    expect(await refusal(anyone.invitation.get(second))).toBe(notValid)
    expect((await administrator.invitation.list({})).items).toEqual([])
  })

  test('is not made for somebody who is a member already', async ({ db, as }) => {
    const administrator = await aMember(db, { roles: ['administrator'] })
    const { email } = await aMember(db, { organisationId: administrator.organisationId })
    expect(await refusal(invite(as(administrator), email))).toBe('CONFLICT person.already_member')
  })

  test('is not made for a member who is blocked, and says that they are', async ({ db, as }) => {
    const administrator = await aMember(db, { roles: ['administrator'] })
    const { personId, email } = await aMember(db, { organisationId: administrator.organisationId })
    await as(administrator).person.disable({ commandKey: key(), personId, version: 1 })
    expect(await refusal(invite(as(administrator), email))).toBe('CONFLICT person.is_disabled')
  })

  test('asks for a password that is worth the name', async ({ db, as, anyone }) => {
    const { secret } = await invite(as(await aMember(db, { roles: ['administrator'] })), anEmail())
    const accept = (chosen: string) =>
      refusal(anyone.invitation.accept({ commandKey: key(), secret, password: chosen }))
    expect(await accept('elva tecken')).toBe('BAD_REQUEST password.too_short')
    expect(await accept('Sommaren2027!')).toBe('BAD_REQUEST password.too_common')
    expect(await accept('x'.repeat(201))).toBe('BAD_REQUEST password.too_long')
    await anyone.invitation.accept({ commandKey: key(), secret, password: newPassword })
  })
})

describe('an invitation of somebody who has an account elsewhere', () => {
  test('adds a membership when they show their password', async ({ db, as, anyone }) => {
    const member = await aMember(db)
    const administrator = await aMember(db, { roles: ['administrator'] })
    const { secret } = await invite(as(administrator), member.email)
    expect(await anyone.invitation.get({ secret })).toMatchObject({ hasAccount: true })
    const accepted = await anyone.invitation.accept({ commandKey: key(), secret, password })
    expect(accepted).toEqual({ personId: member.personId, organisationId: administrator.organisationId })
  })

  test('gives the one who holds the link no way into that account', async ({ db, as, anyone }) => {
    const member = await aMember(db)
    const { secret } = await invite(as(await aMember(db, { roles: ['administrator'] })), member.email)
    const elsewhere = as(null, '192.0.2.7')
    const takeover = () => refusal(elsewhere.invitation.accept({ commandKey: key(), secret, password: newPassword }))
    for (let tries = 0; tries < 10; tries += 1) expect(await takeover()).toBe('BAD_REQUEST password.wrong')
    expect(await takeover()).toBe('FORBIDDEN session.too_many_attempts')
    expect(await refusal(anyone.session.signIn({ email: member.email, password: newPassword }))).not.toBe('')
  })

  test('is not made differently: the inviting administrator learns nothing', async ({ db, as }) => {
    const administrator = as(await aMember(db, { roles: ['administrator'] }))
    const { email } = await aMember(db)
    const [known, unknown] = [await invite(administrator, email), await invite(administrator, anEmail())]
    expect(Object.keys(known)).toEqual(Object.keys(unknown))
  })
})

describe('an administrator who is one no longer', () => {
  const leaving = {
    'by being blocked': (api: Api, personId: string) => api.person.disable({ commandKey: key(), personId, version: 1 }),
    'by other roles': (api: Api, personId: string) =>
      api.person.changeRoles({ commandKey: key(), personId, version: 1, roles: ['officer'] }),
  }

  test.for(Object.entries(leaving))(
    '%s takes the links along that nobody has used',
    async ([, leave], { db, as, anyone }) => {
      const staying = await aMember(db, { roles: ['administrator'] })
      const { organisationId } = staying
      const going = await aMember(db, { organisationId, roles: ['administrator'] })
      const member = await aMember(db, { organisationId })
      const backDoor = await invite(as(going), anEmail())
      const takeover = await as(going).person.allowNewPassword({ commandKey: key(), personId: member.personId })
      const kept = await invite(as(staying), anEmail())

      await leave(as(staying), going.personId)
      const accepting = { commandKey: key(), secret: backDoor.secret, password: newPassword }
      expect(await refusal(anyone.invitation.accept(accepting))).toBe(notValid)
      const renewal = { commandKey: key(), secret: takeover.secret, password: newPassword }
      expect(await refusal(anyone.password.renew(renewal))).toBe(notValid)
      expect((await as(staying).invitation.list({})).items).toMatchObject([{ invitationId: kept.invitationId }])
    },
  )

  test.for(Object.entries(leaving))(
    '%s does nothing more with what they were a moment ago',
    async ([, leave], { db, as }) => {
      const staying = await aMember(db, { roles: ['administrator'] })
      const { organisationId } = staying
      const going = await aMember(db, { organisationId, roles: ['administrator'] })
      const { personId } = await aMember(db, { organisationId })
      const { invitationId } = await invite(as(staying), anEmail())
      await leave(as(staying), going.personId)
      const { person, invitation } = as(going)
      const oneself = { personId: going.personId, version: 2 }
      const late = [
        () => invite(as(going), anEmail()),
        () => person.allowNewPassword({ commandKey: key(), personId }),
        () => person.enable({ commandKey: key(), ...oneself }),
        () => person.changeRoles({ commandKey: key(), ...oneself, roles: ['administrator'] }),
        () => invitation.withdraw({ commandKey: key(), invitationId }),
      ]
      for (const call of late) expect(await refusal(call())).toBe('FORBIDDEN person.no_administrator')
      expect((await as(staying).invitation.list({})).items).toMatchObject([{ invitationId }])
    },
  )

  test('takes those along that do not say who made them, and leaves the operator’s', async ({ db, as, admin }) => {
    const staying = await aMember(db, { roles: ['administrator'] })
    const { organisationId } = staying
    const going = await aMember(db, { organisationId, roles: ['administrator'] })
    await invite(as(going), anEmail())
    await admin
      .updateTable('invitation')
      .set({ made_by: null, made_in: null })
      .where('organisation_id', '=', organisationId)
      .execute()
    const email = anEmail()
    await invite(as(staying), email)
    await admin
      .updateTable('invitation')
      .set({ made_by: null, made_in: null, by_operator: true })
      .where('email', '=', email)
      .execute()
    await as(staying).person.disable({ commandKey: key(), personId: going.personId, version: 1 })
    expect((await as(staying).invitation.list({})).items).toMatchObject([{ email }])
  })

  test('leaves those they made for another organisation', async ({ db, as, anyone }) => {
    const staying = await aMember(db, { roles: ['administrator'] })
    const going = await aMember(db, { organisationId: staying.organisationId, roles: ['administrator'] })
    const elsewhere = await anOrganisation(db)
    await alsoMemberOf(db, going, { organisationId: elsewhere, roles: ['administrator'] })
    const kept = await invite(as({ ...going, organisationId: elsewhere }), anEmail())
    await as(staying).person.disable({ commandKey: key(), personId: going.personId, version: 1 })
    await anyone.invitation.accept({ commandKey: key(), secret: kept.secret, password: newPassword })
  })
})
