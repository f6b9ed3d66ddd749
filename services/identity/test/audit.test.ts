import { sql } from 'kysely'
import type { Role } from '@samkraft/kernel'
import { describe, expect } from 'vitest'
import { aMember, key, password, refusal, test } from './builders.ts'

describe('the history', () => {
  test('says who did what, from what to what, and is whole', async ({ db, as, anyone }) => {
    const administrator = await aMember(db, { roles: ['administrator'], title: 'Administratör' })
    const { email, personId } = await aMember(db, { organisationId: administrator.organisationId, title: 'Skolchef' })
    const api = as(administrator)
    const { secret } = await anyone.session.signIn({ email, password })
    await api.person.changeRoles({ commandKey: key(), personId, version: 1, roles: ['decider'] })
    await api.person.disable({ commandKey: key(), personId, version: 2 })
    await api.person.enable({ commandKey: key(), personId, version: 3 })
    await anyone.session.signOut({ secret })

    const { items } = await api.audit.list({ subjectId: personId })
    const lines = items.toReversed().map(({ title, command, before, after }) => [title, command, before, after])
    expect(lines).toEqual([
      ['Skolchef', 'session.signIn', null, null],
      [
        'Administratör',
        'person.changeRoles',
        { roles: ['officer'], disabled: false },
        { roles: ['decider'], disabled: false },
      ],
      [
        'Administratör',
        'person.disable',
        { roles: ['decider'], disabled: false },
        { roles: ['decider'], disabled: true },
      ],
      [
        'Administratör',
        'person.enable',
        { roles: ['decider'], disabled: true },
        { roles: ['decider'], disabled: false },
      ],
    ])
    expect(await api.audit.verify()).toEqual({ entries: 4, brokenAt: null })
  })

  test('comes in pages', async ({ db, as, anyone }) => {
    const member = await aMember(db)
    for (let times = 0; times < 3; times += 1) await anyone.session.signIn({ email: member.email, password })
    const first = await as(member).audit.list({ limit: 2 })
    expect(first.items.map(({ number }) => number)).toEqual([3, 2])
    const rest = await as(member).audit.list({ limit: 2, cursor: first.next ?? '' })
    expect([rest.items.map(({ number }) => number), rest.next]).toEqual([[1], null])
  })

  test.for([
    'x',
    '\0',
    '2026-02-30T00:00:00.000000Z_00000000-0000-4000-8000-000000000000_1',
    '0000-01-01T00:00:00.000000Z_00000000-0000-4000-8000-000000000000_1',
    '2026-02-03T00:00:00.000000Z_------------------------------------_1',
  ])('refuses the made-up cursor %j', async (cursor, { db, as }) => {
    expect(await refusal(as(await aMember(db)).audit.list({ cursor }))).toBe('BAD_REQUEST page.cursor_invalid')
  })

  test('that somebody has tampered with says where', async ({ db, as, anyone, admin }) => {
    const member = await aMember(db, { roles: ['registrar'] })
    for (let times = 0; times < 3; times += 1) await anyone.session.signIn({ email: member.email, password })
    await sql`update audit set person_id = null where number = 2 and organisation_id = ${member.organisationId}::uuid`.execute(
      admin,
    )
    expect(await as(member).audit.verify()).toEqual({ entries: 3, brokenAt: 2 })
  })

  test('is the own organisation’s, and checked by those whose task it is', async ({ db, as, anyone }) => {
    const [member, stranger] = [await aMember(db), await aMember(db, { roles: ['administrator'] })]
    await anyone.session.signIn({ email: member.email, password })
    expect((await as(stranger).audit.list({})).items).toEqual([])
    expect((await as(stranger).audit.list({ subjectId: member.personId })).items).toEqual([])
    expect(await refusal(as(member).audit.verify())).toBe('FORBIDDEN auth.role_needed')
  })

  test('holds no address and no title, and neither do events and kept answers', async ({ db, as, anyone, admin }) => {
    const administrator = await aMember(db, { roles: ['administrator'] })
    const email = 'nagon.viss@kommun.example'
    const invitation = {
      commandKey: key(),
      email,
      title: 'Rektor vid Norra skolan',
      roles: ['officer'] satisfies Role[],
    }
    const { secret } = await as(administrator).person.invite(invitation)
    await anyone.invitation.accept({ commandKey: key(), secret, password: 'fyra blå stolar' })
    await anyone.session.signIn({ email, password: 'fyra blå stolar' })
    const kept = JSON.stringify([
      await admin.selectFrom('audit').selectAll().execute(),
      await admin.selectFrom('outbox').selectAll().execute(),
      await admin.selectFrom('command').selectAll().execute(),
    ])
    expect(kept).toContain('invitation.accept')
    expect(kept).not.toMatch(/@|Norra skolan/)
  })
})
