import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { announce, asActor, type Base } from '@samkraft/db'
import { testWithDatabase } from '@samkraft/db/testing'
import { type Actor, DomainError } from '@samkraft/kernel'
import { describe, expect } from 'vitest'
import { z } from 'zod'
import { assertPolicies, createApi, createLog, readPrivateKey, serve, signActorToken } from '../src/index.ts'

const permissions = {
  'note.open': { who: 'anyone', rows: 'none' },
  'note.mine': { who: 'member', rows: 'own' },
  'note.write': { who: ['officer'], rows: 'own' },
  'note.break': { who: 'member', rows: 'none' },
  'note.away': { who: 'member', rows: 'none' },
} as const
const { router, procedure, open } = createApi<{ greeting: string }>(permissions)
const api = router({
  note: router({
    open: open.output(z.string()).query(({ ctx }) => ctx.greeting),
    mine: procedure.output(z.string()).query(({ ctx }) => ctx.actor.organisationId),
    write: procedure
      .input(
        z.object({ hours: z.number().max(40), text: z.string().refine((text) => text !== 'x', { error: 'note.x' }) }),
      )
      .output(z.null())
      .mutation(() => null),
    break: procedure.output(z.null()).query((): null => {
      throw new Error('select secret from vault')
    }),
    away: procedure.output(z.null()).query((): null => {
      throw new DomainError('unavailable', 'database.unavailable', { retryAfterSeconds: 7 })
    }),
  }),
})

const keys = generateKeyPairSync('ed25519')
const privateKey = keys.privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64')
const publicKey = keys.publicKey.export({ format: 'der', type: 'spki' }).toString('base64')
const actor: Actor = { personId: randomUUID(), organisationId: randomUUID(), roles: ['officer'] }
const sign = (who: Actor, audience: 'matching' | 'identity' = 'matching', at = Date.now()) =>
  signActorToken(readPrivateKey(privateKey), who, audience, at)

const test = testWithDatabase<Base>({})
  .extend('callsPerMinute', { scope: 'file' }, () => 200)
  .extend('url', { scope: 'file' }, async ({ db, database, callsPerMinute }, { onCleanup }) => {
    const server = await serve({
      service: 'matching',
      host: '127.0.0.1',
      port: 0,
      router: api,
      permissions,
      context: { greeting: 'hej' },
      db,
      databaseUrl: database.appUrl,
      actorPublicKey: publicKey,
      log: createLog('test', 'silent'),
      callsPerMinute,
    })
    onCleanup(() => server[Symbol.asyncDispose]())
    return `http://127.0.0.1:${server.port}`
  })

const call = (url: string, path: string, token?: string, init: RequestInit = {}) =>
  fetch(`${url}/trpc/${path}`, {
    ...init,
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      'content-type': 'application/json',
      ...init.headers,
    },
  })

describe('who may call', () => {
  test('anyone may call what is open, and only that', async ({ url }) => {
    await expect((await call(url, 'note.open')).json()).resolves.toMatchObject({ result: { data: 'hej' } })
    expect((await call(url, 'note.mine')).status).toBe(401)
  })

  test('a token says who acts, for which organisation', async ({ url }) => {
    await expect((await call(url, 'note.mine', sign(actor))).json()).resolves.toMatchObject({
      result: { data: actor.organisationId },
    })
  })

  const strangers: [string, () => string][] = [
    ['for another service', () => sign(actor, 'identity')],
    ['expired', () => sign(actor, 'matching', Date.now() - 70_000)],
    ['from the future', () => sign(actor, 'matching', Date.now() + 70_000)],
    [
      'signed by somebody else',
      () => signActorToken(generateKeyPairSync('ed25519').privateKey, actor, 'matching', Date.now()),
    ],
    [
      'with changed claims',
      () =>
        sign(actor).replace(
          /\.(.+)\./,
          (_, body: string) =>
            `.${Buffer.from(Buffer.from(body, 'base64url').toString().replace('officer', 'coordinator')).toString('base64url')}.`,
        ),
    ],
    ['without a signature', () => sign(actor).split('.').slice(0, 2).join('.') + '.'],
    ['that is noise', () => 'a.b.c'],
  ]

  test.for(strangers)('a token %s is nobody', async ([, token], { url }) => {
    expect((await call(url, 'note.mine', token())).status).toBe(401)
  })

  test('a role that the policy does not name is refused, with the roles that would do', async ({ url }) => {
    const reader: Actor = { ...actor, roles: ['registrar'] }
    const response = await call(url, 'note.write', sign(reader), { method: 'POST', body: '{"hours":1,"text":"a"}' })
    expect(response.status).toBe(403)
    await expect(response.json()).resolves.toMatchObject({
      error: { data: { reason: 'auth.role_needed', details: { roles: ['officer'] } } },
    })
  })

  test('a procedure without a policy, and a policy without a procedure, stop the boot', () => {
    const { 'note.open': _dropped, ...fewer } = permissions
    expect(() => assertPolicies(api, fewer)).toThrow('note.open')
    expect(() => assertPolicies(api, { ...permissions, 'note.gone': permissions['note.mine'] })).toThrow('note.gone')
  })
})

describe('refusals', () => {
  test('input that does not fit names each field and what would fit, and repeats no value', async ({ url }) => {
    const response = await call(url, 'note.write', sign(actor), {
      method: 'POST',
      body: JSON.stringify({ hours: 900, text: 'x' }),
    })
    expect(response.status).toBe(400)
    const body = await response.text()
    expect(JSON.parse(body)).toMatchObject({
      error: {
        data: {
          reason: 'input.invalid',
          fields: { hours: { code: 'field.too_big', details: { maximum: 40 } }, text: { code: 'note.x' } },
        },
      },
    })
    expect(body).not.toContain('900')
  })

  test('an unexpected error says nothing to the outside', async ({ url }) => {
    const response = await call(url, 'note.break', sign(actor))
    expect(response.status).toBe(500)
    await expect(response.text()).resolves.not.toMatch(/vault|stack|select/)
  })

  test('unavailable says when to come back', async ({ url }) => {
    const response = await call(url, 'note.away', sign(actor))
    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toBe('7')
  })

  test.for(['{', '[]', '"x"', 'null', '{"hours":"1e999"}', '\u0000'])(
    'a body of %j is refused, not broken on',
    async (body, { url }) => {
      expect((await call(url, 'note.write', sign(actor), { method: 'POST', body })).status).toBe(400)
    },
  )

  test.for([
    ['too large', 413, 300_000, (): string => sign(actor)],
    ['from a stranger', 401, 250_000, (): undefined => undefined],
  ] as const)(
    'a body that is not read to its end, %s, ends its connection',
    async ([, status, size, token], { url }) => {
      const body = JSON.stringify({ hours: 1, text: 'x'.repeat(size) })
      const refused = await call(url, 'note.write', token(), { method: 'POST', body })
      expect(refused.status).toBe(status)
      expect(refused.headers.get('connection')).toBe('close')
    },
  )

  test('a connection whose call was read stays open', async ({ url }) => {
    const body = JSON.stringify({ hours: 1, text: 'a' })
    const read = await call(url, 'note.write', sign(actor), { method: 'POST', body })
    expect(read.headers.get('connection')).toBe('keep-alive')
  })

  test('one person who calls without end is told to wait; others are not', async ({ url, callsPerMinute }) => {
    const token = sign({ ...actor, personId: randomUUID() })
    const statuses: number[] = []
    for (let count = 0; count <= callsPerMinute; count += 1) statuses.push((await call(url, 'note.mine', token)).status)
    expect(statuses.at(-1)).toBe(429)
    expect((await call(url, 'note.mine', sign({ ...actor, personId: randomUUID() }))).status).toBe(200)
  })
})

describe('live', () => {
  test('an organisation hears of its own things and of nobody else’s', async ({ url, db }) => {
    const response = await fetch(`${url}/live`, { headers: { authorization: `Bearer ${sign(actor)}` } })
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    const heard = { text: '' }
    const until = async (part: string) => {
      while (!heard.text.includes(part)) heard.text += (await reader?.read())?.value ?? ''
    }
    await until('open')
    const [theirs, ours] = [randomUUID(), randomUUID()]
    await asActor(db, actor, (tx) => announce(tx, { organisations: [randomUUID()], noun: 'offer', id: theirs }))
    await asActor(db, actor, (tx) => announce(tx, { organisations: [actor.organisationId], noun: 'offer', id: ours }))
    await until(ours)
    expect(heard.text).not.toContain(theirs)
    await reader?.cancel()
  })

  test('a stranger hears nothing', async ({ url }) => {
    expect((await fetch(`${url}/live`)).status).toBe(401)
  })
})

test('health tells alive from ready', async ({ url }) => {
  expect((await fetch(`${url}/health/live`)).status).toBe(200)
  expect((await fetch(`${url}/health/ready`)).status).toBe(200)
})
