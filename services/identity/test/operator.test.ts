import { randomUUID } from 'node:crypto'
import { describe, expect } from 'vitest'
import { operatorInvite } from '../src/app/operator-invite.ts'
import { operatorNewPassword } from '../src/app/operator-new-password.ts'
import type { OperatorContext } from '../src/context.ts'
import { aMember, alsoMemberOf, anOrganisation, key, password, refusal, servicesOn, test } from './builders.ts'

const newPassword = 'fyra blå stolar'
const title = 'Administratör'

const operator = test.extend('operator', { scope: 'file' }, ({ db }): OperatorContext => ({
  ...servicesOn(db),
  requestId: randomUUID(),
}))

/** What it was refused with: there is no router in between. */
const reason = (call: Promise<unknown>): Promise<unknown> => call.catch((error: unknown) => error)

describe('whoever runs Samkraft', () => {
  operator(
    'lets in the first administrator of an organisation, who invites the others',
    async ({ db, as, anyone, operator }) => {
      const organisationId = await anOrganisation(db)
      const email = `${randomUUID()}@kommun.example`
      const { secret } = await operatorInvite(operator, { organisationId, email, title })
      const { personId } = await anyone.invitation.accept({ commandKey: key(), secret, password: newPassword })
      const session = await anyone.session.enter(await anyone.session.signIn({ email, password: newPassword }))
      expect(session).toMatchObject({ organisationId, roles: ['administrator'] })

      const own = as({ personId, organisationId, roles: session.roles })
      await own.person.invite({ commandKey: key(), email: 'ny@kommun.example', title: 'Rektor', roles: ['officer'] })
      const commands = (await own.audit.list({})).items.map(({ command, personId }) => [command, personId])
      expect(commands).toContainEqual(['operator.invite', null])
      expect(await reason(operatorInvite(operator, { organisationId, email, title }))).toMatchObject({
        code: 'person.already_member',
      })
    },
  )

  operator(
    'gives a new password to a member of several organisations, whom none of these may give one',
    async ({ db, as, anyone, operator }) => {
      const administrator = await aMember(db, { roles: ['administrator'] })
      const member = await aMember(db, { organisationId: administrator.organisationId })
      await alsoMemberOf(db, member, { organisationId: await anOrganisation(db) })
      const asked = as(administrator).person.allowNewPassword({ commandKey: key(), personId: member.personId })
      expect(await refusal(asked)).toBe('CONFLICT person.member_elsewhere')

      const { secret } = await operatorNewPassword(operator, member)
      await anyone.password.renew({ commandKey: key(), secret, password: newPassword })
      await anyone.session.signIn({ email: member.email, password: newPassword })
      expect((await as(administrator).audit.list({})).items).toContainEqual(
        expect.objectContaining({ command: 'operator.newPassword', personId: null, subjectId: member.personId }),
      )
    },
  )

  operator('gives none to a stranger, nor to somebody who is disabled', async ({ db, as, anyone, operator }) => {
    const administrator = await aMember(db, { roles: ['administrator'] })
    const { organisationId } = administrator
    const elsewhere = await aMember(db)
    const asked = operatorNewPassword(operator, { organisationId, email: elsewhere.email })
    expect(await reason(asked)).toMatchObject({ code: 'person.not_found' })

    const { personId, email } = await aMember(db, { organisationId })
    await as(administrator).person.disable({ commandKey: key(), personId, version: 1 })
    const disabled = operatorNewPassword(operator, { organisationId, email })
    expect(await reason(disabled)).toMatchObject({ code: 'person.is_disabled' })
    await anyone.session.signIn({ email: elsewhere.email, password })
  })
})
