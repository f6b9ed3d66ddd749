import type { Actor } from '@samkraft/kernel'
import { describe, expect } from 'vitest'
import { aMember, alsoMemberOf, anOrganisation, type Api, key, password, refusal, test } from './builders.ts'

const notValid = 'NOT_FOUND invitation.not_valid'
const refused = 'UNAUTHORIZED session.sign_in_refused'
const newPassword = 'fyra blå stolar'

const allow = (api: Api, { personId }: Pick<Actor, 'personId'>) =>
  api.person.allowNewPassword({ commandKey: key(), personId })

const renew = (api: Api, secret: string, chosen = newPassword) =>
  api.password.renew({ commandKey: key(), secret, password: chosen })

/** A member and their administrator. */
const staffed = test.extend('staff', async ({ db, as }) => {
  const administrator = await aMember(db, { roles: ['administrator'] })
  const member = await aMember(db, { organisationId: administrator.organisationId, title: 'Rektor' })
  return { administrator, member, api: as(administrator) }
})

describe('a link to a new password', () => {
  staffed('leaves the present one until another is chosen, which ends every session', async ({ anyone, staff }) => {
    const { member, api } = staff
    const session = await anyone.session.signIn({ email: member.email, password })
    const { secret } = await allow(api, member)
    expect(await anyone.invitation.get({ secret })).toMatchObject({
      email: member.email,
      title: 'Rektor',
      givesNewPassword: true,
    })
    await anyone.session.enter(session)
    await anyone.session.signIn({ email: member.email, password })

    expect(await renew(anyone, secret)).toEqual({ personId: member.personId })
    expect(await refusal(anyone.session.enter(session))).toBe('UNAUTHORIZED session.ended')
    expect(await refusal(anyone.session.signIn({ email: member.email, password }))).toBe(refused)
    await anyone.session.signIn({ email: member.email, password: newPassword })
  })

  staffed('works once, also for many at the same moment', async ({ anyone, staff }) => {
    const { secret } = await allow(staff.api, staff.member)
    const chosen = Array.from({ length: 5 }, (_, nth) => `${newPassword} nummer ${nth}`)
    const outcomes = await Promise.allSettled(chosen.map((password) => renew(anyone, secret, password)))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const again = outcomes.findIndex(({ status }) => status === 'fulfilled')
    await anyone.session.signIn({ email: staff.member.email, password: chosen[again] ?? '' })
    expect(await refusal(renew(anyone, secret))).toBe(notValid)
    expect(await refusal(anyone.invitation.get({ secret }))).toBe(notValid)
  })

  staffed('is good for a week', async ({ anyone, staff, pass }) => {
    const { secret } = await allow(staff.api, staff.member)
    await pass('7 days 1 minute')
    expect(await refusal(renew(anyone, secret))).toBe(notValid)
  })

  staffed('is replaced by a newer one, and withdrawn like an invitation', async ({ anyone, staff }) => {
    const { member, api } = staff
    const first = await allow(api, member)
    const second = await allow(api, member)
    expect(await refusal(renew(anyone, first.secret))).toBe(notValid)
    const { items } = await api.invitation.list({})
    expect(items).toEqual([
      expect.objectContaining({ invitationId: second.invitationId, email: member.email, givesNewPassword: true }),
    ])
    await api.invitation.withdraw({ commandKey: key(), invitationId: second.invitationId })
    expect(await refusal(renew(anyone, second.secret))).toBe(notValid)
    await anyone.session.signIn({ email: member.email, password })
    // The log says whose it was.
    const { items: told } = await api.audit.list({ subjectId: member.personId })
    expect(told.map(({ command }) => command)).toContain('invitation.withdraw')
  })

  staffed('is useless once its owner has remembered the old one and changed it', async ({ as, anyone, staff }) => {
    const { secret } = await allow(staff.api, staff.member)
    const change = { commandKey: key(), currentPassword: password, newPassword, secret: 'x' }
    await as(staff.member).password.change(change)
    expect(await refusal(renew(anyone, secret, 'fem gröna stolar'))).toBe(notValid)
    await anyone.session.signIn({ email: staff.member.email, password: newPassword })
  })

  staffed('asks for a password that is worth the name', async ({ anyone, staff }) => {
    const { secret } = await allow(staff.api, staff.member)
    expect(await refusal(renew(anyone, secret, 'elva tecken'))).toBe('BAD_REQUEST password.too_short')
    expect(await refusal(renew(anyone, secret, 'Sommaren2027!'))).toBe('BAD_REQUEST password.too_common')
    await renew(anyone, secret)
  })

  staffed('opens the door for one who has been shut out for guessing', async ({ as, staff }) => {
    const there = as(null, '192.0.2.11')
    const { email } = staff.member
    for (let tries = 0; tries < 11; tries += 1) await refusal(there.session.signIn({ email, password: 'fel' }))
    const signIn = () => there.session.signIn({ email, password: newPassword })
    expect(await refusal(signIn())).toBe('FORBIDDEN session.too_many_attempts')
    await renew(there, (await allow(staff.api, staff.member)).secret)
    await signIn()
  })

  staffed('keeps its secret and the password out of all that is stored and told', async ({ anyone, staff, admin }) => {
    const command = { commandKey: key(), personId: staff.member.personId }
    const made = await staff.api.person.allowNewPassword(command)
    expect(await staff.api.person.allowNewPassword(command)).toEqual(made)
    const renewal = { commandKey: key(), secret: made.secret, password: newPassword }
    const renewed = await anyone.password.renew(renewal)
    expect(await anyone.password.renew(renewal)).toEqual(renewed)

    const { items } = await staff.api.audit.list({ subjectId: staff.member.personId })
    expect(items.toReversed().map(({ command, before, after }) => [command, before, after])).toEqual([
      ['person.allowNewPassword', null, null],
      ['password.renew', null, null],
    ])
    const kept = await Promise.all([
      admin.selectFrom('command').selectAll().execute(),
      admin.selectFrom('invitation').selectAll().execute(),
      admin.selectFrom('audit').selectAll().execute(),
      admin.selectFrom('outbox').selectAll().execute(),
    ])
    expect(JSON.stringify(kept)).not.toContain(made.secret)
    expect(JSON.stringify(kept)).not.toContain(newPassword)
  })
})

describe('no link to a new password', () => {
  staffed('is made for one who is disabled, and the one there was is gone for good', async ({ anyone, staff }) => {
    const { member, api } = staff
    const { secret } = await allow(api, member)
    const of = (version: number) => ({ commandKey: key(), personId: member.personId, version })
    await api.person.disable(of(1))
    expect(await refusal(renew(anyone, secret))).toBe(notValid)
    expect(await refusal(allow(api, member))).toBe('CONFLICT person.is_disabled')
    await api.person.enable(of(2))
    expect(await refusal(renew(anyone, secret))).toBe(notValid)
    await allow(api, member)
  })

  staffed(
    'is made by others than an administrator, in another organisation, or for oneself',
    async ({ db, as, staff }) => {
      const { administrator, member, api } = staff
      expect(await refusal(allow(as(member), administrator))).toBe('FORBIDDEN auth.role_needed')
      const stranger = await aMember(db)
      expect(await refusal(allow(api, stranger))).toBe('NOT_FOUND person.not_found')
      expect(await refusal(allow(api, administrator))).toBe('CONFLICT person.own_password')
    },
  )

  staffed('is made for one whose password opens another organisation too', async ({ db, as, staff }) => {
    await alsoMemberOf(db, staff.member, { organisationId: await anOrganisation(db) })
    expect(await refusal(allow(staff.api, staff.member))).toBe('CONFLICT person.member_elsewhere')
    const stranger = as(await aMember(db, { roles: ['administrator'] }))
    expect(await refusal(allow(stranger, staff.member))).toBe('NOT_FOUND person.not_found')
  })

  staffed('works for one who has become a member elsewhere meanwhile', async ({ db, anyone, staff }) => {
    const { secret } = await allow(staff.api, staff.member)
    await alsoMemberOf(db, staff.member, { organisationId: await anOrganisation(db) })
    expect(await refusal(renew(anyone, secret))).toBe('CONFLICT person.member_elsewhere')
    await anyone.session.signIn({ email: staff.member.email, password })
  })

  staffed('is an invitation to join, nor the other way round', async ({ anyone, staff }) => {
    const { secret } = await allow(staff.api, staff.member)
    const joining = { commandKey: key(), secret, password }
    expect(await refusal(anyone.invitation.accept(joining))).toBe(notValid)
    const email = `${key()}@kommun.example`
    const invitation = { commandKey: key(), email, title: 'Ny', roles: ['officer' as const] }
    expect(await refusal(renew(anyone, (await staff.api.person.invite(invitation)).secret))).toBe(notValid)
  })
})
