import { randomUUID } from 'node:crypto'
import { type AddressInfo } from 'node:net'
import { type HttpBindings, serve as listenOn } from '@hono/node-server'
import type { Permissions, Service } from '@samkraft/contracts'
import { type Base } from '@samkraft/db'
import type { AnyRouter } from '@trpc/server'
import { type Context, Hono, type Next } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { secureHeaders } from 'hono/secure-headers'
import { type Kysely, sql } from 'kysely'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { createAuthenticator, readPublicKey } from './actor-token.ts'
import { openLive } from './live.ts'
import type { Log } from './log.ts'
import { assertPolicies } from './policy.ts'
import { answerCalls } from './trpc.ts'

const bodyBytes = 256 * 1_024
const requestIdPattern = /^[\w-]{8,64}$/

export type ServeOptions<Services extends object, Schema extends Base> = Readonly<{
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
}>

export type RunningServer = AsyncDisposable & Readonly<{ port: number }>

/** A service's HTTP door: `/trpc`, `/live` (server-sent events) and `/health`. Refuses to open when a procedure has no policy. */
export async function serve<Services extends object, Schema extends Base>(
  options: ServeOptions<Services, Schema>,
): Promise<RunningServer> {
  const { service, host, port, router, permissions, context, db, log, callsPerMinute = 3_000 } = options
  assertPolicies(router, permissions)
  const authenticate = createAuthenticator(readPublicKey(options.actorPublicKey), service)
  const limiter = new RateLimiterMemory({ points: callsPerMinute, duration: 60 })
  const live = await openLive(options.databaseUrl)

  const app = new Hono<{ Bindings: HttpBindings }>()
  app.use(secureHeaders())
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
    const actor = actorOf(c)
    return actor ? live.stream(c, actor) : c.text('', 401)
  })
  app.use(
    '/trpc/*',
    closeUnread,
    bodyLimit({ maxSize: bodyBytes, onError: (c) => c.json({ error: { message: 'input.too_large' } }, 413) }),
    async (c, next) => {
      const who = actorOf(c)?.personId ?? addressOf(c)
      const allowed = await limiter.consume(who).then(
        () => true,
        () => false,
      )
      if (!allowed) return c.json({ error: { message: 'auth.too_many_calls' } }, 429, { 'retry-after': '60' })
      return next()
    },
    answerCalls(router, '/trpc/', (c) => ({
      ...context,
      log,
      actor: actorOf(c),
      requestId: requestIdOf(c),
      address: addressOf(c),
    })),
  )
  app.onError((error, c) => {
    log.error({ err: error }, 'failed outside a procedure')
    return c.json({ error: { message: 'internal' } }, 500)
  })

  function actorOf(c: Context) {
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
      await live[Symbol.asyncDispose]()
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        if ('closeIdleConnections' in server) server.closeIdleConnections()
      })
    },
  }
}

/**
 * Who is answered before all they sent is read may not send more on that connection: a body too large to be kept waiting
 * stands in the way, and the call behind it is cut off.
 */
async function closeUnread(c: Context<{ Bindings: HttpBindings }>, next: Next): Promise<void> {
  await next()
  if (c.req.raw.body && !c.env.incoming.complete) c.header('connection', 'close')
}

function requestIdOf(c: Context): string {
  const given = c.req.header('x-request-id') ?? ''
  return requestIdPattern.test(given) ? given : randomUUID()
}

/** The socket's own address. Web, the only caller, says whose browser it serves in `x-client-address`; nobody else reaches this port. */
function addressOf(c: Context<{ Bindings: HttpBindings }>): string {
  return c.req.header('x-client-address') ?? c.env.incoming.socket.remoteAddress ?? 'unknown'
}
