import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Service, services } from '@samkraft/contracts'
import { readPrivateKey, signActorToken } from '@samkraft/http'
import type { Actor } from '@samkraft/kernel'
import { startConstellation } from '../../infra/local/constellation.ts'
import { openHome } from '../../infra/local/home.ts'
import { processes } from '../../infra/local/services.ts'
import { temporaryHome } from '../../infra/testing/temporary-home.ts'
import { openAllBooks } from '../booking/books.ts'
import { matched } from '../world/matched.ts'
import { readTraces } from '../world/traces.ts'
import type { Callers, World } from '../world/world.ts'
import { send } from './send.ts'

/** How long a signed token is sent again before a new one is signed; it is good for a minute. */
const tokenMilliseconds = 20_000

/** The whole of Samkraft in its own processes, with everything a test may look at from outside. */
export type House = Awaited<ReturnType<typeof openHouse>>

export async function openHouse() {
  await using parts = new AsyncDisposableStack()
  const home = parts.use(await temporaryHome())
  const constellation = parts.use(
    await startConstellation({
      dataDir: home.path,
      ports: 'random',
      demo: true,
      fsync: false,
      // What sweeps do by themselves is no part of this; each has run once at the start.
      env: { SWEEP_SECONDS: '3600' },
    }),
  )
  const { urls } = constellation
  const books = parts.use(await openAllBooks(constellation.adminUrl))

  const { secrets } = await openHome(home.path)
  const key = readPrivateKey(secrets.actorPrivateKey)
  const known = new Map<string, { token: string; at: number }>()

  /** A token as identity would give this actor for a service. */
  function tokenOf(actor: Actor, service: Service): string {
    const name = [service, actor.personId, actor.organisationId, ...actor.roles].join()
    const seen = known.get(name)
    if (seen && Date.now() - seen.at < tokenMilliseconds) return seen.token
    const token = signActorToken(key, actor, service, Date.now())
    known.set(name, { token, at: Date.now() })
    return token
  }

  async function settled(): Promise<void> {
    await books.settled()
    await matched(books.matching)
  }

  const moved = parts.move()
  return {
    urls,
    databases: books,
    jobsUrl: constellation.jobsUrl,
    signingKey: key,
    tokenOf,
    settled,
    as: overHttp(urls, tokenOf),
    /** All that is written once everything has come to rest. */
    async traces() {
      await settled()
      return readTraces(books)
    },
    /** What all processes have logged until now. */
    async logs(): Promise<string> {
      const files = processes.map((name) => readFile(join(home.path, 'logs', `${name}.log`), 'utf8'))
      return (await Promise.all(files)).join('\n')
    },
    /** What may be seen nowhere: the keys and passwords of this house. */
    secrets: [secrets.actorPrivateKey, secrets.superuser, ...Object.values(secrets.roles)],
    tokens: () => [...known.values()].map(({ token }) => token),
    [Symbol.asyncDispose]: () => moved.disposeAsync(),
  }
}

/** The services as `World.as` gives them, each call through its service's real door. */
function overHttp(
  urls: Readonly<Record<Service, string>>,
  tokenOf: (actor: Actor, service: Service) => string,
): World['as'] {
  return (actor) => {
    const callers = services.map((service) => [
      service,
      along([], async (path, input) => {
        const authorization: Record<string, string> = actor
          ? { authorization: `Bearer ${tokenOf(actor, service)}` }
          : {}
        const headers = { 'content-type': 'application/json', 'x-client-address': randomUUID(), ...authorization }
        const url = `${urls[service]}/trpc/${path}`
        const { status, text } = await send({ url, method: 'POST', headers, body: JSON.stringify(input ?? {}) })
        if (status !== 200) throw new Error(`${path} was answered ${status}: ${text}`)
        return (JSON.parse(text) as { result: { data: unknown } }).result.data
      }),
    ])
    // Calls go along the same paths as the routers' own callers, whose types these are.
    return Object.fromEntries(callers) as Callers
  }
}

/** A function at the end of every path: `along([], run).offer.list(input)` runs `offer.list`. */
function along(path: readonly string[], run: (path: string, input: unknown) => Promise<unknown>): unknown {
  return new Proxy(() => undefined, {
    get: (_target, name) => along([...path, String(name)], run),
    apply: (_target, _self, [input]: unknown[]) => run(path.join('.'), input),
  })
}
