import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { identityPermissions } from '@samkraft/contracts/identity'
import { assertPolicies, createLog } from '@samkraft/http'
import type { Role } from '@samkraft/kernel'
import { describe, expect } from 'vitest'
import { router } from '../src/api/router.ts'
import { createCallerFactory } from '../src/api/trpc.ts'
import { forgetExpired } from '../src/app/forget-expired.ts'
import { loadDemoAccounts } from '../src/app/load-demo-accounts.ts'
import { loadReferenceData } from '../src/app/load-reference-data.ts'
import { readConfig } from '../src/config.ts'
import { demoPassword } from '../src/domain/demo-accounts.ts'
import { aMember, key, password, refusal, servicesOn, test } from './builders.ts'

test('every procedure has its policy and every policy its procedure', () => {
  assertPolicies(router, identityPermissions)
})

describe('the accounts of the demonstration', () => {
  test('exist once, keep what has been done to them, and open nothing when it is off', async ({
    db,
    as,
    anyone,
    services,
  }) => {
    await loadReferenceData(db, randomUUID())
    expect(await loadDemoAccounts(services, randomUUID())).toBe(64)

    const demonstration = createCallerFactory(router)({
      ...servicesOn(db, { demo: true }),
      actor: null,
      requestId: randomUUID(),
      address: randomUUID(),
      log: createLog('identity', 'silent'),
    })
    const enter = async (email: string) =>
      demonstration.session.enter(await demonstration.session.signIn({ email, password: demoPassword }))
    expect(await enter('skolchef@norberg.example')).toMatchObject({
      displayName: 'Skolchef, Norbergs kommun',
      roles: ['manager', 'decider', 'signatory'],
    })
    expect(await enter('handlaggare@vasteras.example')).toMatchObject({
      displayName: 'Handläggare, Västerås stad',
      roles: ['officer'],
    })
    expect(await enter('samordnare@regionvastmanland.example')).toMatchObject({
      displayName: 'Samordnare, Region Västmanland',
      roles: ['officer', 'coordinator'],
    })
    expect(await enter('processtod@skr.example')).toMatchObject({ roles: ['process_support'] })

    const administrator = await enter('administrator@koping.example')
    const { items } = await as(administrator).person.list({})
    expect(items).toHaveLength(6)
    const officer = items.find(({ email }) => email === 'handlaggare@koping.example')
    await as(administrator).person.disable({ commandKey: key(), personId: officer?.personId ?? '', version: 1 })
    expect(await loadDemoAccounts(services, randomUUID())).toBe(0)
    expect(await refusal(enter('handlaggare@koping.example'))).toBe('UNAUTHORIZED session.sign_in_refused')

    const off = anyone.session.signIn({ email: 'skolchef@norberg.example', password: demoPassword })
    expect(await refusal(off)).toBe('UNAUTHORIZED session.sign_in_refused')
  })
})

test('what has had its time is removed, and nothing else', async ({ db, as, anyone, admin, pass, services }) => {
  const administrator = await aMember(db, { roles: ['administrator'] })
  const count = async () => ({
    sessions: (await admin.selectFrom('session').select('person_id').execute()).length,
    invitations: (await admin.selectFrom('invitation').select('id').execute()).length,
    attempts: (await admin.selectFrom('sign_in_attempt').select('key').execute()).length,
    places: (await admin.selectFrom('known_place').select('key').execute()).length,
  })
  await pass('91 days')
  await forgetExpired(services)
  expect(await count()).toEqual({ sessions: 0, invitations: 0, attempts: 0, places: 0 })

  await anyone.session.signIn({ email: administrator.email, password })
  const invitation = { commandKey: key(), email: 'ny@kommun.example', title: 'Ny', roles: ['officer'] satisfies Role[] }
  await as(administrator).person.invite(invitation)
  await forgetExpired(services)
  expect(await count()).toEqual({ sessions: 1, invitations: 1, attempts: 1, places: 1 })
  await pass('13 hours')
  await forgetExpired(services)
  expect(await count()).toEqual({ sessions: 0, invitations: 1, attempts: 0, places: 1 })
  await pass('37 days')
  await forgetExpired(services)
  expect(await count()).toEqual({ sessions: 0, invitations: 0, attempts: 0, places: 1 })
})

describe('the configuration', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const complete = {
    DATABASE_URL_IDENTITY: 'postgres://identity_app:hemligt@127.0.0.1/samkraft_identity',
    JOBS_URL: 'redis://127.0.0.1',
    ACTOR_PUBLIC_KEY: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
    ACTOR_PRIVATE_KEY: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
  }

  test('has its defaults and the demonstration off', () => {
    expect(readConfig(complete)).toMatchObject({
      port: 4001,
      host: '127.0.0.1',
      demo: false,
      sweepMilliseconds: 30_000,
    })
  })

  test('names what is wrong without showing it', () => {
    const wrong = { ...complete, PORT: '-1', DATABASE_URL_IDENTITY: 'mysql://root:hemligt@db', ACTOR_PRIVATE_KEY: '' }
    expect(() => readConfig(wrong)).toThrow(/PORT.*DATABASE_URL_IDENTITY.*ACTOR_PRIVATE_KEY/)
    expect(() => readConfig(wrong)).not.toThrow(/hemligt/)
  })
})
