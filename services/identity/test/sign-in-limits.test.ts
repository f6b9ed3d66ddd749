import { randomUUID } from 'node:crypto'
import { DomainError } from '@samkraft/kernel'
import { TRPCError } from '@trpc/server'
import { describe, expect } from 'vitest'
import { router } from '../src/api/router.ts'
import { createCallerFactory } from '../src/api/trpc.ts'
import { createLog } from '@samkraft/http'
import { type Api, aMember, password, refusal, servicesOn, test } from './builders.ts'

const refused = 'UNAUTHORIZED session.sign_in_refused'
const tooMany = 'FORBIDDEN session.too_many_attempts'

function guess(api: Api, email: string): Promise<string> {
  return refusal(api.session.signIn({ email, password: 'fel lösenord' }))
}

describe('guessing', () => {
  test('at one account stops after ten tries from one place, also for the right password', async ({ db, anyone }) => {
    const { email } = await aMember(db)
    for (let tries = 0; tries < 10; tries += 1) expect(await guess(anyone, email)).toBe(refused)
    expect(await guess(anyone, email)).toBe(tooMany)
    expect(await refusal(anyone.session.signIn({ email, password }))).toBe(tooMany)
  })

  test('does not lock out the one whose account it is, however long it goes on', async ({ db, as }) => {
    const { email } = await aMember(db)
    const guesser = as(null, randomUUID())
    const answers = await Promise.all(Array.from({ length: 150 }, () => guess(guesser, email)))
    expect(answers.filter((answer) => answer === refused)).toHaveLength(10)
    await as(null).session.signIn({ email, password })
  })

  test('at one account stops after a hundred tries from many places', async ({ db, as }) => {
    const { email } = await aMember(db)
    const answers = await Promise.all(Array.from({ length: 105 }, () => guess(as(null), email)))
    expect(answers.filter((answer) => answer === tooMany)).toHaveLength(5)
    expect(await refusal(as(null).session.signIn({ email, password }))).toBe(tooMany)
  })

  test('from however many places does not lock out whoever has signed in from theirs lately', async ({
    db,
    as,
    pass,
  }) => {
    const { email } = await aMember(db)
    const home = as(null, randomUUID())
    const guessed = () => Promise.all(Array.from({ length: 105 }, () => guess(as(null), email)))
    await home.session.signIn({ email, password })
    await guessed()
    expect(await refusal(as(null).session.signIn({ email, password }))).toBe(tooMany)
    await home.session.signIn({ email, password })

    // Whoever guesses there is held back as anywhere.
    for (let tries = 0; tries < 10; tries += 1) expect(await guess(home, email)).toBe(refused)
    expect(await refusal(home.session.signIn({ email, password }))).toBe(tooMany)
    await pass('91 days')
    await guessed()
    expect(await refusal(home.session.signIn({ email, password }))).toBe(tooMany)
  })

  test('a thousand at once is counted like a thousand in a row', async ({ db, anyone }) => {
    const { email } = await aMember(db)
    const answers = await Promise.all(Array.from({ length: 40 }, () => guess(anyone, email)))
    expect(answers.filter((answer) => answer === refused)).toHaveLength(10)
    expect(answers.filter((answer) => answer === tooMany)).toHaveLength(30)
  })

  test('says how long to wait, and goes on after that', async ({ db, anyone, pass }) => {
    const { email } = await aMember(db)
    for (let tries = 0; tries < 10; tries += 1) await guess(anyone, email)
    const error: unknown = await anyone.session.signIn({ email, password }).catch((cause: unknown) => cause)
    const cause = error instanceof TRPCError ? error.cause : null
    expect(cause).toBeInstanceOf(DomainError)
    const wait = cause instanceof DomainError ? Number(cause.details.retryAfterSeconds) : 0
    expect(wait).toBeGreaterThan(0)
    expect(wait).toBeLessThanOrEqual(15 * 60)
    await pass(`${wait + 1} seconds`)
    await anyone.session.signIn({ email, password })
  })

  test('from one place stops after two hundred tries at any accounts, and nobody else is hindered', async ({
    db,
    as,
  }) => {
    const { email } = await aMember(db)
    const place = as(null, randomUUID())
    const answers = await Promise.all(Array.from({ length: 205 }, () => guess(place, `${randomUUID()}@ingen.example`)))
    expect(answers.filter((answer) => answer === tooMany)).toHaveLength(5)
    expect(await refusal(place.session.signIn({ email, password }))).toBe(tooMany)
    await as(null).session.signIn({ email, password })
  })

  test('is forgotten when the right password comes, and a town hall signing in is no guessing', async ({ db, as }) => {
    const { email } = await aMember(db)
    const townHall = as(null, randomUUID())
    for (let round = 0; round < 4; round += 1) {
      for (let tries = 0; tries < 5; tries += 1) expect(await guess(townHall, email)).toBe(refused)
      await townHall.session.signIn({ email, password })
    }
  })

  test('leaves no address in clear behind', async ({ admin, as }) => {
    const email = `${randomUUID()}@ingen.example`
    await guess(as(null, '192.0.2.7'), email)
    const rows = JSON.stringify([
      await admin.selectFrom('sign_in_attempt').selectAll().execute(),
      await admin.selectFrom('known_place').selectAll().execute(),
    ])
    expect(rows).not.toContain(email)
    expect(rows).not.toContain('192.0.2.7')
  })
})

describe('who has an account is not told', () => {
  test('neither by the answer nor by the work it takes', async ({ db, as }) => {
    const known = await aMember(db)
    const disabled = await aMember(db)
    const administrator = await aMember(db, { organisationId: disabled.organisationId, roles: ['administrator'] })
    await as(administrator).person.disable({ commandKey: randomUUID(), personId: disabled.personId, version: 1 })

    const real = servicesOn(db)
    const verified: string[] = []
    const counting = servicesOn(db, {
      passwords: {
        ...real.passwords,
        verify: (hash, given) => {
          verified.push(hash)
          return real.passwords.verify(hash, given)
        },
      },
    })
    const call = (email: string, given: string) => {
      const context = {
        ...counting,
        actor: null,
        requestId: randomUUID(),
        address: randomUUID(),
        log: createLog('identity', 'silent'),
      }
      return refusal(createCallerFactory(router)(context).session.signIn({ email, password: given }))
    }
    const answers = [
      await call(known.email, 'fel lösenord'),
      await call(`${randomUUID()}@ingen.example`, 'fel lösenord'),
      await call(disabled.email, password),
    ]
    expect(new Set(answers)).toEqual(new Set([refused]))
    // One argon2id verification each, all with the same cost.
    const cost = (hash: string) => hash.split('$').slice(0, 4).join('$')
    expect(verified).toHaveLength(3)
    expect(new Set(verified.map(cost)).size).toBe(1)
  })

  test('nor by when the tries run out', async ({ anyone }) => {
    const email = `${randomUUID()}@ingen.example`
    for (let tries = 0; tries < 10; tries += 1) expect(await guess(anyone, email)).toBe(refused)
    expect(await guess(anyone, email)).toBe(tooMany)
  })
})
