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
  'note.wait': { who: 'anyone', rows: 'none' },
  'note.enter': { who: 'anyone', rows: 'none' },
} as const
/** How a call that is under way says so, and what it waits for. */
const waiting = { begun: Promise.withResolvers<undefined>(), over: Promise.withResolvers<undefined>() }
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
    enter: open
      .input(z.object({ secret: z.string() }))
      .output(z.null())
      .mutation(({ input }) => {
        if (input.secret !== 'right') throw new DomainError('unauthenticated', 'session.ended')
        return null
      }),
    wait: open.output(z.string()).query(async ({ ctx }) => {
      waiting.begun.resolve(undefined)
      await waiting.over.promise
      return ctx.greeting
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
  .extend('logged', { scope: 'file' }, (): string[] => [])
  .extend(
    'openServer',
    { scope: 'file' },
    ({ db, database, callsPerMinute, logged }) =>
      () =>
        serve({
          service: 'matching',
          host: '127.0.0.1',
          port: 0,
          router: api,
          permissions,
          context: { greeting: 'hej' },
          db,
          databaseUrl: database.appUrl,
          actorPublicKey: publicKey,
          log: createLog('test', 'info', { write: (line) => void logged.push(line) }),
          callsPerMinute,
          recognises: 'note.enter',
        }),
  )
  .extend('url', { scope: 'file' }, async ({ openServer }, { onCleanup }) => {
    const server = await openServer()
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

  test('no answer is kept, shown as a page or guessed at, whatever it says', async ({ url }) => {
    const answers = await Promise.all([
      call(url, 'note.mine', sign(actor)),
      call(url, 'note.mine'),
      call(url, 'note.break', sign(actor)),
      call(url, 'note.nowhere', sign(actor)),
      call(url, 'note.mine', sign(actor), { method: 'DELETE' }),
    ])
    expect(answers.map(({ status }) => status)).toEqual([200, 401, 500, 404, 405])
    for (const { headers } of answers) {
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'")
    }
  })

  test('each is in the log: who, what and why, and neither their token nor what they sent (ASVS 16.3.2)', async ({
    url,
    logged,
    callsPerMinute,
  }) => {
    const reader: Actor = { ...actor, personId: randomUUID(), roles: ['registrar'] }
    const token = sign(reader)
    const requestId = randomUUID()
    const about = { headers: { 'x-request-id': requestId } }
    const input = { method: 'POST', body: '{"hours":1,"text":"parrot"}', ...about }
    await call(url, 'note.write', token, input)
    await call(url, 'note.write', 'parrot.of.nobody', input)
    await fetch(`${url}/live`, about)
    for (let count = 0; count < callsPerMinute + 5; count += 1) await call(url, 'note.mine', token, about)
    const lines = logged.filter((line) => line.includes(requestId))
    const known = { personId: reader.personId, organisationId: reader.organisationId }
    expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
      expect.objectContaining({ msg: 'refused', path: 'note.write', code: 'auth.role_needed', ...known }),
      expect.objectContaining({ msg: 'refused', path: 'note.write', code: 'auth.required' }),
      expect.objectContaining({ msg: 'refused', path: 'live', code: 'auth.required' }),
      expect.objectContaining({ msg: 'refused', path: 'note.mine', code: 'auth.too_many_calls', ...known }),
    ])
    for (const words of ['parrot', token]) expect(logged.join('')).not.toContain(words)
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

test('however many of one place are found to be who they are, nobody there is told to wait; those who are not are counted', async ({
  url,
  callsPerMinute,
}) => {
  const headers = { 'x-client-address': '192.0.2.44' }
  const enter = async (secret: string) =>
    (await call(url, 'note.enter', undefined, { method: 'POST', body: JSON.stringify({ secret }), headers })).status
  for (let count = 0; count <= callsPerMinute; count += 1) expect(await enter('right')).toBe(200)
  for (let count = 0; count < callsPerMinute; count += 1) expect(await enter('wrong')).toBe(401)
  expect(await enter('wrong')).toBe(429)
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
    await asActor(db, actor, async (tx) => announce(tx, { organisations: [randomUUID()], noun: 'offer', id: theirs }))
    await asActor(db, actor, async (tx) =>
      announce(tx, { organisations: [actor.organisationId], noun: 'offer', id: ours }),
    )
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

describe('stopping', () => {
  test('a call that is under way is answered, and told that this was the last on its connection', async ({
    openServer,
  }) => {
    const server = await openServer()
    const answer = call(`http://127.0.0.1:${server.port}`, 'note.wait')
    await waiting.begun.promise
    const stopped = server[Symbol.asyncDispose]()
    waiting.over.resolve(undefined)
    const response = await answer
    expect(response.status).toBe(200)
    expect(response.headers.get('connection')).toBe('close')
    await response.text()
    await stopped
  })

  test('a caller that keeps calling is let go, and finds nobody afterwards', async ({ openServer }) => {
    const server = await openServer()
    let answered = 0
    const calling = (async () => {
      for (;;) {
        const response = await fetch(`http://127.0.0.1:${server.port}/health/live`)
        await response.arrayBuffer()
        answered += 1
      }
    })()
    const unanswered = expect(calling).rejects.toThrow('fetch failed')
    await expect.poll(() => answered).toBeGreaterThan(10)
    await server[Symbol.asyncDispose]()
    await unanswered
  })

  // Five seconds is what Node keeps an idle connection for.
  test('an open stream ends and its connection with it', { timeout: 4_000 }, async ({ openServer }) => {
    const server = await openServer()
    const headers = { authorization: `Bearer ${sign(actor)}` }
    const stream = await fetch(`http://127.0.0.1:${server.port}/live`, { headers })
    await server[Symbol.asyncDispose]()
    await expect(stream.text()).resolves.toContain('event: open')
  })
})
