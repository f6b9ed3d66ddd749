import { randomUUID } from 'node:crypto'
import type { Role } from '@samkraft/kernel'
import { describe, expect } from 'vitest'
import { aMember, anOrganisation, key, password, refusal, test } from './builders.ts'

describe('the list of people', () => {
  test('shows the own organisation only, titles to everyone and addresses to administrators', async ({ db, as }) => {
    const administrator = await aMember(db, { roles: ['administrator'], title: 'Administratör' })
    const { organisationId } = administrator
    const officer = await aMember(db, { organisationId, title: 'Skolchef' })
    await aMember(db, { title: 'En annans skolchef' })

    const seen = await as(administrator).person.list({})
    expect(seen).toEqual({
      items: [
        expect.objectContaining({ title: 'Administratör', email: administrator.email, roles: ['administrator'] }),
        expect.objectContaining({ title: 'Skolchef', email: officer.email, disabled: false, version: 1 }),
      ],
      next: null,
    })
    const bySomeoneElse = await as(officer).person.list({})
    expect(bySomeoneElse.items.map(({ title, email }) => [title, email])).toEqual([
      ['Administratör', null],
      ['Skolchef', null],
    ])
  })

  test('comes in pages, in Swedish order', async ({ db, as }) => {
    const organisationId = await anOrganisation(db)
    const titles = ['Ångermästare', 'Östersjövakt', 'Zoolog', 'Arkivarie', 'Ägarombud', 'Arkivarie']
    for (const title of titles) await aMember(db, { organisationId, title })
    const reader = as({ personId: randomUUID(), organisationId, roles: ['officer'] })
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page = await reader.person.list({ limit: 2, ...(cursor ? { cursor } : {}) })
      seen.push(...page.items.map(({ title }) => title))
      cursor = page.next
    } while (cursor)
    expect(seen).toEqual(['Arkivarie', 'Arkivarie', 'Zoolog', 'Ångermästare', 'Ägarombud', 'Östersjövakt'])
  })

  test.for(['x', 'WyJhIl0', Buffer.from('["\\u0000","x"]').toString('base64url'), 'å', '\0'])(
    'refuses the made-up cursor %j',
    async (cursor, { db, as }) => {
      expect(await refusal(as(await aMember(db)).person.list({ cursor }))).toBe('BAD_REQUEST page.cursor_invalid')
    },
  )
})

describe('an administrator', () => {
  test('is the only one who may change people', async ({ db, as }) => {
    const { organisationId, ...officer } = await aMember(db, { roles: ['officer', 'decider', 'chair', 'registrar'] })
    const { person } = as({ ...officer, organisationId })
    const colleague = { commandKey: key(), personId: officer.personId, version: 1 }
    const newcomer = {
      commandKey: key(),
      email: 'ny@kommun.example',
      title: 'Ny',
      roles: ['administrator'] satisfies Role[],
    }
    for (const call of [
      () => person.disable(colleague),
      () => person.enable(colleague),
      () => person.changeTitle({ ...colleague, title: 'Kommunchef' }),
      () => person.changeRoles({ ...colleague, roles: ['administrator'] }),
      () => person.invite(newcomer),
    ])
      expect(await refusal(call())).toBe('FORBIDDEN auth.role_needed')
  })

  test('reaches nobody in another organisation', async ({ db, as }) => {
    const administrator = await aMember(db, { roles: ['administrator'] })
    const stranger = await aMember(db)
    const { person } = as(administrator)
    const target = { personId: stranger.personId, version: 1 }
    for (const call of [
      () => person.disable({ commandKey: key(), ...target }),
      () => person.enable({ commandKey: key(), ...target }),
      () => person.changeTitle({ commandKey: key(), ...target, title: 'Rektor' }),
      () => person.changeRoles({ commandKey: key(), ...target, roles: ['officer'] }),
    ])
      expect(await refusal(call())).toBe('NOT_FOUND person.not_found')
  })

  test('gives a member another title, which the history does not repeat', async ({ db, as, anyone }) => {
    const administrator = await aMember(db, { roles: ['administrator'] })
    const { organisationId } = administrator
    const { personId, email } = await aMember(db, { organisationId, title: 'Tillförordnad Karlsson' })
    const { person, audit } = as(administrator)
    const session = await anyone.session.signIn({ email, password })
    const change = { commandKey: key(), personId, version: 1, title: ' Skolchef ' }
    expect(await person.changeTitle(change)).toEqual({ personId, version: 2 })
    expect((await anyone.session.enter(session)).title).toBe('Skolchef')
    const [entry] = (await audit.list({ subjectId: personId })).items
    expect(entry).toMatchObject({ command: 'person.changeTitle', personId: administrator.personId })
    expect(JSON.stringify([entry?.before, entry?.after])).not.toMatch(/Karlsson|Skolchef/)
  })

  test('who saw an older version is told what it is now', async ({ db, as }) => {
    const administrator = await aMember(db, { roles: ['administrator'] })
    const { personId } = await aMember(db, { organisationId: administrator.organisationId, title: 'Ekonom' })
    const { person } = as(administrator)
    await person.changeRoles({ commandKey: key(), personId, version: 1, roles: ['decider'] })
    const stale = person.changeRoles({ commandKey: key(), personId, version: 1, roles: ['chair'] })
    await expect(stale).rejects.toMatchObject({
      code: 'CONFLICT',
      message: 'person.changed',
      cause: { details: { version: 2, title: 'Ekonom', roles: ['decider'], disabled: false } },
    })
  })

  test('who sends a command twice changes things once', async ({ db, as }) => {
    const administrator = await aMember(db, { roles: ['administrator'] })
    const { personId } = await aMember(db, { organisationId: administrator.organisationId })
    const { person, audit } = as(administrator)
    const command = { commandKey: key(), personId, version: 1, roles: ['decider'] satisfies Role[] }
    const answers = await Promise.all([person.changeRoles(command), person.changeRoles(command)])
    expect(answers).toEqual([
      { personId, version: 2 },
      { personId, version: 2 },
    ])
    expect((await audit.list({ subjectId: personId })).items).toHaveLength(1)
    expect(await refusal(person.changeRoles({ ...command, roles: ['chair'] }))).toBe('CONFLICT command.key_reused')
  })

  test.for([
    ['municipality', 'coordinator'],
    ['region', 'process_support'],
  ] as const)('of a %s gives nobody the role %s', async ([kind, role], { db, as }) => {
    const organisationId = await anOrganisation(db, { kind })
    const administrator = await aMember(db, { organisationId, roles: ['administrator'] })
    const { personId } = await aMember(db, { organisationId })
    const { person } = as(administrator)
    const refused = 'BAD_REQUEST person.role_not_here'
    expect(await refusal(person.changeRoles({ commandKey: key(), personId, version: 1, roles: [role] }))).toBe(refused)
    const invitation = { commandKey: key(), email: 'ny@kommun.example', title: 'Ny', roles: [role] }
    expect(await refusal(person.invite(invitation))).toBe(refused)
  })
})

describe('the last administrator', () => {
  const last = 'CONFLICT person.last_administrator'

  test('can be neither disabled nor demoted', async ({ db, as }) => {
    const { personId, organisationId, roles } = await aMember(db, { roles: ['administrator'] })
    const { person } = as({ personId, organisationId, roles })
    expect(await refusal(person.disable({ commandKey: key(), personId, version: 1 }))).toBe(last)
    const demotion = { commandKey: key(), personId, version: 1, roles: ['officer'] satisfies Role[] }
    expect(await refusal(person.changeRoles(demotion))).toBe(last)
    await person.changeRoles({ ...demotion, commandKey: key(), roles: ['officer', 'administrator'] })
  })

  test('is counted without those who are disabled', async ({ db, as }) => {
    const one = await aMember(db, { roles: ['administrator'] })
    const other = await aMember(db, { organisationId: one.organisationId, roles: ['administrator'] })
    const { person } = as(one)
    await person.disable({ commandKey: key(), personId: other.personId, version: 1 })
    expect(await refusal(person.disable({ commandKey: key(), personId: one.personId, version: 1 }))).toBe(last)
  })

  test('remains when two disable each other at the same moment', async ({ db, as }) => {
    for (let round = 0; round < 10; round += 1) {
      const one = await aMember(db, { roles: ['administrator'] })
      const other = await aMember(db, { organisationId: one.organisationId, roles: ['administrator'] })
      const outcomes = await Promise.allSettled([
        as(one).person.disable({ commandKey: key(), personId: other.personId, version: 1 }),
        as(other).person.disable({ commandKey: key(), personId: one.personId, version: 1 }),
      ])
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    }
  })
})
