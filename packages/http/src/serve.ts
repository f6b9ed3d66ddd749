import { randomUUID } from 'node:crypto'
import { type AddressInfo } from 'node:net'
import { type HttpBindings, serve as listenOn } from '@hono/node-server'
import type { Permissions, Service } from '@samkraft/contracts'
import { type Base } from '@samkraft/db'
import { isRequestId } from '@samkraft/kernel'
import type { AnyRouter } from '@trpc/server'
import { type Context, Hono } from 'hono'
import { type Kysely, sql } from 'kysely'
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible'
import { createAuthenticator, readPublicKey } from './actor-token.ts'
import type { Request } from './api.ts'
import { openLive } from './live.ts'
import type { Log } from './log.ts'
import { assertPolicies } from './policy.ts'
import { answerCall, jsonAnswer } from './trpc.ts'

/** The largest input there is, with room to spare. */
const bodyBytes = 256 * 1_024

type ServeOptions<Services extends object, Schema extends Base> = Readonly<{
  service: Service
  host: string
  port: number
  router: AnyRouter
  permissions: Permissions
  /** What use cases may use; each call adds its actor and request id. */
  context: Services
  db: Kysely<Schema>
  /** For the connection that hears announcements. */
  databaseUrl: string
  /** Identity's public key, base64 SPKI DER. */
  actorPublicKey: string
  log: Log
  /** Calls per person (per address before sign-in) and minute. */
  callsPerMinute?: number
  /**
   * The call by which somebody is found to be who they are. When it is answered it does not count: a whole town hall may come
   * from one address, and each of its people is counted where they go on to.
   */
  recognises?: string
}>

type Call = Context<{ Bindings: HttpBindings }>

type RunningServer = AsyncDisposable & Readonly<{ port: number }>

/** A service's HTTP door: `/trpc`, `/live` (server-sent events) and `/health`. Refuses to open when a procedure has no policy. */
export async function serve<Services extends object, Schema extends Base>(
  options: ServeOptions<Services, Schema>,
): Promise<RunningServer> {
  const { service, host, port, router, permissions, context, db, log, callsPerMinute = 3_000, recognises } = options
  assertPolicies(router, permissions)
  const authenticate = createAuthenticator(readPublicKey(options.actorPublicKey), service)
  const limiter = new RateLimiterMemory({ points: callsPerMinute, duration: 60 })
  const live = await openLive(options.databaseUrl)

  let stopping = false
  const app = new Hono<{ Bindings: HttpBindings }>()
  app.get('/health/live', (c) => c.json({ service, live: true }))
  app.get('/health/ready', async (c) => {
    try {
      await sql`select 1`.execute(db)
      return c.json({ service, ready: true })
    } catch {
      return c.json({ service, ready: false }, 503, { 'retry-after': '2' })
    }
  })
  app.get('/live', async (c) => {
    const caller = callerOf(c)
    if (caller.actor) return live.stream(c, caller.actor)
    logRefusal(caller, 'live', 'auth.required')
    return c.text('', 401)
  })
  app.get('/trpc/*', async (c) => parting(c, await answer(c)))
  app.post('/trpc/*', async (c) => parting(c, isTooLarge(c) ? refuse('input.too_large', 413) : await answer(c)))
  app.all('/trpc/*', (c) => parting(c, refuse('input.unreadable', 405, { allow: 'GET, POST' })))
  app.onError((error, c) => {
    log.error({ err: error }, 'failed outside a procedure')
    return c.json({ error: { message: 'internal' } }, 500)
  })

  /** Says when this was the last call on its connection. */
  function parting(c: Call, answered: Response): Response {
    // Who is answered before all they sent is read may not send more: what is left of it stands in the way, and the call
    // behind it is cut off. And whoever calls again and again would never let us stop; told so, they call somebody else.
    if (stopping || !c.env.incoming.complete) answered.headers.set('connection', 'close')
    return answered
  }

  async function answer(c: Call): Promise<Response> {
    const caller = callerOf(c)
    const path = c.req.path.slice('/trpc/'.length)
    const counted = caller.actor?.personId ?? caller.address
    const { consumedPoints } = await limiter.consume(counted).catch((spent: RateLimiterRes) => spent)
    if (consumedPoints <= callsPerMinute) {
      const answered = await answerCall(router, c, path, { ...context, log, ...caller })
      if (path === recognises && answered.ok) await limiter.reward(counted)
      return answered
    }
    // Once in the minute: whoever calls without end is not to fill the log either.
    if (consumedPoints === callsPerMinute + 1) logRefusal(caller, path, 'auth.too_many_calls')
    return refuse('auth.too_many_calls', 429, { 'retry-after': '60' })
  }

  function logRefusal({ requestId, actor }: Request, path: string, code: string): void {
    log.info({ requestId, path, personId: actor?.personId, organisationId: actor?.organisationId, code }, 'refused')
  }

  function callerOf(c: Call): Request {
    return { actor: actorOf(c), requestId: requestIdOf(c), address: addressOf(c) }
  }

  function actorOf(c: Call) {
    const [scheme, token] = c.req.header('authorization')?.split(' ') ?? []
    try {
      return scheme === 'Bearer' ? authenticate(token) : null
    } catch {
      // Not a token of ours: the caller is nobody, and each procedure's policy says what nobody may do.
      return null
    }
  }

  const server = listenOn({ fetch: app.fetch, hostname: host, port })
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve)
    server.once('error', reject)
  })
  // TCP sockets only here, so the address is never a pipe's name.
  const address = server.address() as AddressInfo
  log.info({ host, port: address.port }, 'listening')
  return {
    port: address.port,
    async [Symbol.asyncDispose]() {
      stopping = true
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      // A stream that has ended leaves its connection open for the next call.
      const letGo = setInterval(() => {
        if ('closeIdleConnections' in server) server.closeIdleConnections()
      }, 20)
      await live[Symbol.asyncDispose]()
      await closed
      clearInterval(letGo)
    },
  }
}

/** By what it says of itself, which Node holds it to; a body that does not say is not read. */
function isTooLarge(c: Call): boolean {
  const length = c.req.header('content-length')
  return length === undefined ? c.req.header('transfer-encoding') !== undefined : Number(length) > bodyBytes
}

function refuse(reason: string, status: number, headers: Readonly<Record<string, string>> = {}): Response {
  return jsonAnswer({ error: { message: reason } }, status, headers)
}

function requestIdOf(c: Call): string {
  const given = c.req.header('x-request-id') ?? ''
  return isRequestId(given) ? given : randomUUID()
}

/** The socket's own address. Web, the only caller, says whose browser it serves in `x-client-address`; nobody else reaches this port. */
function addressOf(c: Call): string {
  return c.req.header('x-client-address') ?? c.env.incoming.socket.remoteAddress ?? 'unknown'
}
