import { createHash } from 'node:crypto'
import { asOrganisation, recordAudit } from '@samkraft/db'
import { verifyActorToken } from '@samkraft/http'
import { describe, expect } from 'vitest'
import { actorPublicKey, alsoMemberOf, aMember, anOrganisation, key, password, refusal, test } from './builders.ts'

const ended = 'UNAUTHORIZED session.ended'

describe('signing in', () => {
  test('gives a secret that says who one is, in which organisation and as what', async ({ db, anyone }) => {
    const member = await aMember(db, { roles: ['decider', 'signatory'], title: 'Skolchef' })
    const { secret } = await anyone.session.signIn({ email: ` ${member.email.toUpperCase()} `, password })
    const entered = await anyone.session.enter({ secret })
    expect(entered).toMatchObject({
      personId: member.personId,
      organisationId: member.organisationId,
      roles: ['decider', 'signatory'],
      title: 'Skolchef',
      displayName: `Skolchef, ${entered.organisation.name}`,
      organisation: { organisationId: member.organisationId, kind: 'municipality', countyCode: '19' },
      memberships: [{ organisationId: member.organisationId, title: 'Skolchef' }],
    })
  })

  test('stores of the secret no more than its hash', async ({ db, admin, anyone }) => {
    const { email } = await aMember(db)
    const { secret } = await anyone.session.signIn({ email, password })
    expect(secret).toMatch(/^[\w-]{43}$/)
    const sha256 = createHash('sha256').update(secret).digest()
    const stored = await admin.selectFrom('session').selectAll().where('secret_hash', '=', sha256).execute()
    expect(stored).toHaveLength(1)
  })

  test('gives a new secret each time, and ends the session it replaces', async ({ db, anyone }) => {
    const { email } = await aMember(db)
    const first = await anyone.session.signIn({ email, password })
    const second = await anyone.session.signIn({ email, password, replaces: first.secret })
    expect(second.secret).not.toBe(first.secret)
    expect(await refusal(anyone.session.enter({ secret: first.secret }))).toBe(ended)
    await anyone.session.enter({ secret: second.secret })
  })

  test('ends the session it replaces also when that was somebody else’s', async ({ db, anyone }) => {
    const [one, other] = [await aMember(db), await aMember(db)]
    const before = await anyone.session.signIn({ email: one.email, password })
    await anyone.session.signIn({ email: other.email, password, replaces: before.secret })
    expect(await refusal(anyone.session.enter({ secret: before.secret }))).toBe(ended)
  })
})

describe('actor tokens', () => {
  test('carry the actor, one per service, each good at that service and for a minute only', async ({ db, anyone }) => {
    const { email, personId, organisationId } = await aMember(db)
    const { secret } = await anyone.session.signIn({ email, password })
    const { tokens } = await anyone.session.enter({ secret })
    expect(Object.keys(tokens)).toEqual(['identity', 'marketplace', 'matching', 'arrangements'])

    const now = Date.now()
    const { actor } = verifyActorToken(actorPublicKey, tokens.matching, 'matching', now)
    expect(actor).toEqual({ personId, organisationId, roles: ['officer'] })
    expect(() => verifyActorToken(actorPublicKey, tokens.matching, 'arrangements', now)).toThrow('auth.required')
    expect(() => verifyActorToken(actorPublicKey, tokens.matching, 'matching', now + 70_000)).toThrow('auth.required')
  })
})

describe('a session ends', () => {
  test('after half an hour without use', async ({ db, anyone, pass }) => {
    const { email } = await aMember(db)
    const { secret } = await anyone.session.signIn({ email, password })
    await pass('29 minutes')
    await anyone.session.enter({ secret })
    await pass('29 minutes')
    await anyone.session.enter({ secret })
    await pass('31 minutes')
    expect(await refusal(anyone.session.enter({ secret }))).toBe(ended)
  })

  test('after half an hour in which only an open page has asked by itself', async ({ db, anyone, pass }) => {
    const { email } = await aMember(db)
    const { secret } = await anyone.session.signIn({ email, password })
    await pass('20 minutes')
    await anyone.session.enter({ secret, byItself: true })
    await pass('11 minutes')
    expect(await refusal(anyone.session.enter({ secret, byItself: true }))).toBe(ended)
    expect(await refusal(anyone.session.enter({ secret }))).toBe(ended)
  })

  test('after twelve hours, however much it is used', async ({ db, anyone, pass }) => {
    const { email } = await aMember(db)
    const { secret } = await anyone.session.signIn({ email, password })
    for (let quarters = 0; quarters < 47; quarters += 1) {
      await pass('15 minutes')
      await anyone.session.enter({ secret })
    }
    await pass('16 minutes')
    expect(await refusal(anyone.session.enter({ secret }))).toBe(ended)
  })

  test('at sign-out, and signing out again is no error', async ({ db, anyone }) => {
    const { email } = await aMember(db)
    const { secret } = await anyone.session.signIn({ email, password })
    await anyone.session.signOut({ secret })
    expect(await refusal(anyone.session.enter({ secret }))).toBe(ended)
    await anyone.session.signOut({ secret })
  })

  test('when its person is disabled, and does not come back when enabled', async ({ db, as, anyone }) => {
    const administrator = await aMember(db, { roles: ['administrator'] })
    const { organisationId } = administrator
    const { email, personId } = await aMember(db, { organisationId })
    const { secret } = await anyone.session.signIn({ email, password })

    const people = as(administrator).person
    const { version } = await people.disable({ commandKey: key(), personId, version: 1 })
    expect(await refusal(anyone.session.enter({ secret }))).toBe(ended)
    expect(await refusal(anyone.session.signIn({ email, password }))).toBe('UNAUTHORIZED session.sign_in_refused')

    await people.enable({ commandKey: key(), personId, version })
    expect(await refusal(anyone.session.enter({ secret }))).toBe(ended)
    await anyone.session.signIn({ email, password })
  })

  test('nor does one that began as its person was disabled', async ({ db, as }) => {
    const administrator = await aMember(db, { roles: ['administrator'] })
    const { organisationId } = administrator
    const people = as(administrator).person
    for (let round = 0; round < 10; round += 1) {
      const { email, personId } = await aMember(db, { organisationId })
      const [{ version }, ...opened] = await Promise.all([
        people.disable({ commandKey: key(), personId, version: 1 }),
        ...Array.from({ length: 4 }, () =>
          as(null)
            .session.signIn({ email, password })
            .catch(() => null),
        ),
      ])
      await people.enable({ commandKey: key(), personId, version })
      for (const session of opened) if (session) expect(await refusal(as(null).session.enter(session))).toBe(ended)
    }
  })

  test('and nothing opens with a secret nobody was given', async ({ anyone }) => {
    for (const secret of ['', 'x', 'A'.repeat(43), '\0', '\ud800'])
      expect(await refusal(anyone.session.enter({ secret }))).toBe(ended)
  })
})

test('a changed role holds from the next request', async ({ db, as, anyone }) => {
  const administrator = await aMember(db, { roles: ['administrator'] })
  const { email, personId } = await aMember(db, { organisationId: administrator.organisationId })
  const { secret } = await anyone.session.signIn({ email, password })
  await as(administrator).person.changeRoles({ commandKey: key(), personId, version: 1, roles: ['decider'] })
  const { roles, tokens } = await anyone.session.enter({ secret })
  expect(roles).toEqual(['decider'])
  expect(verifyActorToken(actorPublicKey, tokens.identity, 'identity', Date.now()).actor.roles).toEqual(['decider'])
})

describe('somebody with several organisations', () => {
  test('may switch, and then is what they are there', async ({ db, as, anyone }) => {
    const member = await aMember(db)
    const elsewhere = await anOrganisation(db)
    await alsoMemberOf(db, member, { organisationId: elsewhere, roles: ['chair'], title: 'Ordförande' })
    const { secret } = await anyone.session.signIn({ email: member.email, password })
    const entered = await anyone.session.enter({ secret })
    expect(entered.organisationId).toBe(member.organisationId)
    expect(entered.memberships.map(({ organisationId }) => organisationId).toSorted()).toEqual(
      [member.organisationId, elsewhere].toSorted(),
    )

    await as(member).session.switchOrganisation({ commandKey: key(), secret, organisationId: elsewhere })
    expect(await anyone.session.enter({ secret })).toMatchObject({
      organisationId: elsewhere,
      roles: ['chair'],
      title: 'Ordförande',
    })
    const registrar = await aMember(db, { organisationId: elsewhere, roles: ['registrar'] })
    for (const reader of [member, registrar])
      expect((await as(reader).audit.list({})).items[0]).toMatchObject({
        organisationId: reader.organisationId,
        personId: member.personId,
        command: 'session.switchOrganisation',
        before: reader === member ? { organisationId: member.organisationId } : null,
        after: reader === member ? null : { organisationId: elsewhere },
      })
  })

  test('are not told of by the log of one that they are members of the other', async ({ db, as, anyone }) => {
    const member = await aMember(db)
    const elsewhere = await anOrganisation(db)
    await alsoMemberOf(db, member, { organisationId: elsewhere })
    const there = { ...member, organisationId: elsewhere }
    const { secret } = await anyone.session.signIn({ email: member.email, password })
    await as(member).session.switchOrganisation({ commandKey: key(), secret, organisationId: elsewhere })
    await as(there).session.switchOrganisation({ commandKey: key(), secret, organisationId: member.organisationId })
    const [here, theirs] = await Promise.all([member, there].map((reader) => as(reader).audit.list({})))
    expect(JSON.stringify(here)).not.toContain(elsewhere)
    expect(JSON.stringify(theirs)).not.toContain(member.organisationId)
  })

  test('are not told of by what the log said before either', async ({ db, as }) => {
    const member = await aMember(db)
    const { organisationId, personId } = member
    const elsewhere = await anOrganisation(db)
    await asOrganisation(db, organisationId, (tx) =>
      recordAudit(tx, {
        organisationId,
        personId,
        requestId: 'before',
        command: 'session.switchOrganisation',
        subjectType: 'person',
        subjectId: personId,
        before: { organisationId },
        after: { organisationId: elsewhere },
      }),
    )
    const { items } = await as(member).audit.list({})
    expect(items).toMatchObject([{ before: { organisationId }, after: null }])
  })

  test('may not switch to where they do not belong, or no longer do', async ({ db, as, anyone }) => {
    const member = await aMember(db)
    const { secret } = await anyone.session.signIn({ email: member.email, password })
    const foreign = await anOrganisation(db)
    const there = { commandKey: key(), secret, organisationId: foreign }
    expect(await refusal(as(member).session.switchOrganisation(there))).toBe('NOT_FOUND organisation.not_found')

    const administrator = await aMember(db, { organisationId: foreign, roles: ['administrator'] })
    await alsoMemberOf(db, member, { organisationId: foreign })
    await as(administrator).person.disable({ commandKey: key(), personId: member.personId, version: 1 })
    expect(await refusal(as(member).session.switchOrganisation(there))).toBe('NOT_FOUND organisation.not_found')
    expect(await anyone.session.enter({ secret })).toMatchObject({ organisationId: member.organisationId })
  })

  test('may not bring a session that has ended back to life', async ({ db, as, anyone, pass }) => {
    const member = await aMember(db)
    const elsewhere = await anOrganisation(db)
    await alsoMemberOf(db, member, { organisationId: elsewhere })
    const { secret } = await anyone.session.signIn({ email: member.email, password })
    await pass('31 minutes')
    const move = as(member).session.switchOrganisation({ commandKey: key(), secret, organisationId: elsewhere })
    expect(await refusal(move)).toBe(ended)
    expect(await refusal(anyone.session.enter({ secret }))).toBe(ended)
  })

  test('may not move somebody else’s session', async ({ db, as, anyone }) => {
    const [victim, thief] = [await aMember(db), await aMember(db)]
    const { secret } = await anyone.session.signIn({ email: victim.email, password })
    await alsoMemberOf(db, victim, { organisationId: thief.organisationId })
    const move = as(thief).session.switchOrganisation({
      commandKey: key(),
      secret,
      organisationId: thief.organisationId,
    })
    expect(await refusal(move)).toBe(ended)
    expect(await anyone.session.enter({ secret })).toMatchObject({ organisationId: victim.organisationId })
  })

  test('keep their session elsewhere when one organisation disables them', async ({ db, as, anyone }) => {
    const member = await aMember(db)
    const administrator = await aMember(db, { roles: ['administrator'] })
    await alsoMemberOf(db, member, { organisationId: administrator.organisationId })
    const { secret } = await anyone.session.signIn({ email: member.email, password })
    await as(administrator).person.disable({ commandKey: key(), personId: member.personId, version: 1 })
    expect(await anyone.session.enter({ secret })).toMatchObject({
      organisationId: member.organisationId,
      memberships: [{ organisationId: member.organisationId }],
    })
  })
})
