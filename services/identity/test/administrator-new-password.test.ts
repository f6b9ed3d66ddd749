import type { Actor } from '@samkraft/kernel'
import { describe, expect } from 'vitest'
import { aMember, alsoMemberOf, anOrganisation, type Api, key, password, refusal, test } from './builders.ts'

const notFound = 'NOT_FOUND organisation.not_found'
const newPassword = 'fyra blå stolar'

const allow = (api: Api, { organisationId }: Pick<Actor, 'organisationId'>) =>
  api.organisation.allowNewPassword({ commandKey: key(), organisationId })

/** The only administrator of a municipality, who has colleagues, and one of the region that coordinates its county. */
const county = test.extend('county', async ({ db, as }) => {
  const region = await aMember(db, {
    organisationId: await anOrganisation(db, { kind: 'region' }),
    roles: ['administrator'],
  })
  const alone = await aMember(db, { roles: ['administrator'], title: 'Administratör' })
  await aMember(db, { organisationId: alone.organisationId })
  return { region, alone, api: as(region) }
})

describe('the only administrator of a municipality', () => {
  county('chooses a new password by a link that the region makes', async ({ anyone, county }) => {
    const { alone, api } = county
    const { secret, email } = await allow(api, alone)
    expect(email).toBe(alone.email)
    expect(await anyone.invitation.get({ secret })).toMatchObject({ email, givesNewPassword: true })
    await anyone.session.signIn({ email, password })

    await anyone.password.renew({ commandKey: key(), secret, password: newPassword })
    await anyone.session.signIn({ email, password: newPassword })
  })

  county('reads of it in the log, and so does the region', async ({ as, county }) => {
    const { region, alone, api } = county
    await allow(api, alone)
    const entry = expect.objectContaining({
      command: 'organisation.allowNewPassword',
      organisationId: region.organisationId,
      subjectId: alone.organisationId,
    })
    for (const reader of [region, alone]) expect((await as(reader).audit.list({})).items).toEqual([entry])
    // Who it was is for the region to say.
    const [own, others] = await Promise.all([region, alone].map((reader) => as(reader).audit.list({})))
    expect(own?.items).toMatchObject([{ personId: region.personId }])
    expect(others?.items).toMatchObject([{ personId: null, title: null }])
  })

  county('sees it among the invitations and can withdraw it', async ({ as, county }) => {
    const { alone, api } = county
    const { invitationId } = await allow(api, alone)
    const own = as(alone)
    expect((await own.invitation.list({})).items).toMatchObject([{ invitationId, givesNewPassword: true }])
    await own.invitation.withdraw({ commandKey: key(), invitationId })
    expect((await own.invitation.list({})).items).toEqual([])
  })

  county('has none of one whom the region has blocked since', async ({ db, as, anyone, county }) => {
    const { region, alone, api } = county
    const { secret } = await allow(api, alone)
    const colleague = await aMember(db, { organisationId: region.organisationId, roles: ['administrator'] })
    await as(colleague).person.disable({ commandKey: key(), personId: region.personId, version: 1 })
    const renewal = { commandKey: key(), secret, password: newPassword }
    expect(await refusal(anyone.password.renew(renewal))).toBe('NOT_FOUND invitation.not_valid')
    expect((await as(alone).invitation.list({})).items).toEqual([])
    expect(await refusal(allow(api, alone))).toBe('FORBIDDEN person.no_administrator')
  })

  county('leaves neither the secret nor the address with the region', async ({ admin, county }) => {
    const { region, alone, api } = county
    const command = { commandKey: key(), organisationId: alone.organisationId }
    const made = await api.organisation.allowNewPassword(command)
    expect(await api.organisation.allowNewPassword(command)).toEqual(made)
    const ofRegion = region.organisationId
    const kept = JSON.stringify([
      await admin.selectFrom('command').selectAll().where('organisation_id', '=', ofRegion).execute(),
      await admin.selectFrom('audit').selectAll().where('organisation_id', '=', ofRegion).execute(),
    ])
    expect(kept).toContain(made.invitationId)
    expect(kept).not.toContain(made.secret)
    expect(kept).not.toContain(alone.email)
  })
})

describe('the region makes no such link', () => {
  county('by others than its administrators', async ({ db, as, county }) => {
    const { organisationId } = county.region
    const coordinator = await aMember(db, { organisationId, roles: ['officer', 'coordinator'] })
    expect(await refusal(allow(as(coordinator), county.alone))).toBe('FORBIDDEN auth.role_needed')
  })

  county('nor does any other organisation, or a region that coordinates another county', async ({ db, as, county }) => {
    const { alone } = county
    const neighbour = await aMember(db, { roles: ['administrator'] })
    expect(await refusal(allow(as(neighbour), alone))).toBe(notFound)
    const elsewhere = await anOrganisation(db, { kind: 'region', countyCode: '18' })
    const stranger = await aMember(db, { organisationId: elsewhere, roles: ['administrator'] })
    expect(await refusal(allow(as(stranger), alone))).toBe(notFound)
    const nowhere = { kind: 'region', countyCode: null } as const
    const lost = await aMember(db, { organisationId: await anOrganisation(db, nowhere), roles: ['administrator'] })
    const placeless = await aMember(db, {
      organisationId: await anOrganisation(db, { countyCode: null }),
      roles: ['administrator'],
    })
    expect(await refusal(allow(as(lost), placeless))).toBe(notFound)
  })

  county('for an organisation that is no municipality, or none at all', async ({ db, county }) => {
    const { region, api } = county
    expect(await refusal(allow(api, region))).toBe(notFound)
    const organisationId = await anOrganisation(db, { kind: 'university' })
    expect(await refusal(allow(api, await aMember(db, { organisationId, roles: ['administrator'] })))).toBe(notFound)
    expect(await refusal(allow(api, { organisationId: key() }))).toBe(notFound)
  })

  county('where there are several administrators who can help each other, or none', async ({ db, as, county }) => {
    const { alone, api } = county
    const { organisationId } = alone
    const other = await aMember(db, { organisationId, roles: ['administrator'] })
    expect(await refusal(allow(api, alone))).toBe('CONFLICT organisation.several_administrators')
    await as(alone).person.disable({ commandKey: key(), personId: other.personId, version: 1 })
    await allow(api, alone)
    expect(await refusal(allow(api, await aMember(db)))).toBe('CONFLICT organisation.no_administrator')
  })

  county('for one whose password opens another organisation too', async ({ db, county }) => {
    await alsoMemberOf(db, county.alone, { organisationId: await anOrganisation(db) })
    expect(await refusal(allow(county.api, county.alone))).toBe('CONFLICT person.member_elsewhere')
  })
})
