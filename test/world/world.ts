import { generateKeyPairSync, randomUUID } from 'node:crypto'
import type { Service } from '@samkraft/contracts'
import { connect, createPool, type Migrations } from '@samkraft/db'
import { createTestDatabase, type TestDatabase } from '@samkraft/db/testing'
import { createLog } from '@samkraft/http'
import { jobBackend, migrateJobs, startRelay, startWorker } from '@samkraft/jobs'
import type { Actor } from '@samkraft/kernel'
import { createCallerFactory as arrangementsCaller } from '../../services/arrangements/src/api/trpc.ts'
import { router as arrangements } from '../../services/arrangements/src/api/router.ts'
import { migrations as arrangementsMigrations } from '../../services/arrangements/src/db/migrations/index.ts'
import type { Schema as ArrangementsSchema } from '../../services/arrangements/src/db/schema.ts'
import { handlers as arrangementsHandlers } from '../../services/arrangements/src/jobs/handlers.ts'
import { createCallerFactory as identityCaller } from '../../services/identity/src/api/trpc.ts'
import { router as identity } from '../../services/identity/src/api/router.ts'
import { loadDemoAccounts } from '../../services/identity/src/app/load-demo-accounts.ts'
import { loadReferenceData } from '../../services/identity/src/app/load-reference-data.ts'
import { migrations as identityMigrations } from '../../services/identity/src/db/migrations/index.ts'
import type { Schema as IdentitySchema } from '../../services/identity/src/db/schema.ts'
import { createPasswords } from '../../services/identity/src/domain/password-hash.ts'
import { deriveKey } from '../../services/identity/src/domain/secret.ts'
import { createCallerFactory as marketplaceCaller } from '../../services/marketplace/src/api/trpc.ts'
import { router as marketplace } from '../../services/marketplace/src/api/router.ts'
import { loadVocabulary, openResolver } from '../../services/marketplace/src/app/load-vocabulary.ts'
import { createTextQueries } from '../../services/marketplace/src/app/text-query.ts'
import { migrations as marketplaceMigrations } from '../../services/marketplace/src/db/migrations/index.ts'
import type { Schema as MarketplaceSchema } from '../../services/marketplace/src/db/schema.ts'
import { eventHandlers as marketplaceHandlers } from '../../services/marketplace/src/jobs/handlers.ts'
import { createCallerFactory as matchingCaller } from '../../services/matching/src/api/trpc.ts'
import { router as matching } from '../../services/matching/src/api/router.ts'
import { loadRelations } from '../../services/matching/src/competence-relations.ts'
import { migrations as matchingMigrations } from '../../services/matching/src/db/migrations/index.ts'
import type { Schema as MatchingSchema } from '../../services/matching/src/db/schema.ts'
import { handlers as matchingHandlers } from '../../services/matching/src/jobs/handlers.ts'
import { startMatching } from '../../services/matching/src/jobs/match-worker.ts'
import { startPlanning } from '../../services/matching/src/jobs/plan-worker.ts'
import type { Databases } from './traces.ts'

export const migrations: Readonly<Record<Service, Migrations>> = {
  identity: identityMigrations,
  marketplace: marketplaceMigrations,
  matching: matchingMigrations,
  arrangements: arrangementsMigrations,
}

export type World = AsyncDisposable &
  Readonly<{
    databases: Readonly<Record<Service, TestDatabase>>
    /** The same as superuser, for assertions and for breaking things. */
    superuser: Databases
    routers: typeof routers
    /** The four services as somebody meets them; null is a stranger. */
    as(actor: Actor | null): Callers
  }>
export type Callers = ReturnType<typeof callersFor>

export type WorldOptions = Readonly<{ jobsUrl?: string; matching?: boolean }>

/** What each service answers with. */
export const routers = { identity, marketplace, matching, arrangements }

/**
 * The four services in one process, each with a database of its own and real queues between them: what `main.ts` of each
 * builds, less the HTTP. Calls go through the real routers and their policies. `jobsUrl` chooses the queues' backend.
 * Without `matching` nobody computes matches: what it should hear waits in its queue, and everything else has the machine.
 */
export async function openWorld({ jobsUrl, matching = true }: WorldOptions = {}): Promise<World> {
  await using parts = new AsyncDisposableStack()
  const database = async (service: Service) => {
    const made = await createTestDatabase(migrations[service])
    parts.defer(() => made.drop())
    return made
  }
  const databases = {
    identity: await database('identity'),
    marketplace: await database('marketplace'),
    matching: await database('matching'),
    arrangements: await database('arrangements'),
  }
  const asSuperuser = (service: Service) => {
    const pool = createPool(databases[service].adminUrl, { max: 2, name: 'superuser' })
    parts.defer(() => pool.end())
    return pool
  }
  const superuser: Databases = {
    identity: asSuperuser('identity'),
    marketplace: asSuperuser('marketplace'),
    matching: asSuperuser('matching'),
    arrangements: asSuperuser('arrangements'),
  }
  const queueDatabase = await createTestDatabase({})
  parts.defer(() => queueDatabase.drop())

  const open = <Schema>(service: Service) => {
    const db = connect<Schema>(databases[service].appUrl, { max: 10, name: service })
    parts.defer(() => db.destroy())
    return db
  }
  const services = await contexts({
    identity: open<IdentitySchema>('identity'),
    marketplace: open<MarketplaceSchema>('marketplace'),
    matching: open<MatchingSchema>('matching'),
    arrangements: open<ArrangementsSchema>('arrangements'),
  })

  const log = createLog('world', 'silent')
  const queues = jobBackend(jobsUrl ?? queueDatabase.adminUrl)
  parts.use(queues)
  await migrateJobs(jobsUrl ?? queueDatabase.adminUrl)
  const common = { backend: queues, log }
  parts.use(
    startWorker({
      ...common,
      service: 'marketplace',
      db: services.marketplace.db,
      handlers: marketplaceHandlers(services.marketplace),
    }),
  )
  parts.use(
    startWorker({ ...common, service: 'arrangements', db: services.arrangements.db, handlers: arrangementsHandlers }),
  )
  if (matching) {
    parts.use(startWorker({ ...common, service: 'matching', db: services.matching.db, handlers: matchingHandlers }))
    const worker = { listenUrl: databases.matching.appUrl, every: 1_000, log }
    parts.use(startMatching(services.matching, worker))
    parts.use(startPlanning(services.matching, { ...worker, leaseMs: 15_000 }))
  }
  parts.use(startRelay({ db: services.identity.db, listenUrl: databases.identity.appUrl, queues, log }))
  parts.use(
    startRelay({
      db: services.marketplace.db,
      listenUrl: databases.marketplace.appUrl,
      queues,
      log,
    }),
  )
  parts.use(
    startRelay({
      db: services.arrangements.db,
      listenUrl: databases.arrangements.appUrl,
      queues,
      log,
    }),
  )

  await loadReferenceData(services.identity.db, 'world')
  await loadDemoAccounts(services.identity, 'world')

  const moved = parts.move()
  return {
    databases,
    superuser,
    routers,
    as: (actor) => callersFor(services, actor),
    [Symbol.asyncDispose]: () => moved.disposeAsync(),
  }
}

async function contexts(db: {
  identity: ReturnType<typeof connect<IdentitySchema>>
  marketplace: ReturnType<typeof connect<MarketplaceSchema>>
  matching: ReturnType<typeof connect<MatchingSchema>>
  arrangements: ReturnType<typeof connect<ArrangementsSchema>>
}) {
  const actorPrivateKey = generateKeyPairSync('ed25519').privateKey
  const resolver = openResolver()
  return {
    identity: {
      db: db.identity,
      passwords: await createPasswords(),
      actorPrivateKey,
      derivationKey: deriveKey(actorPrivateKey),
      demo: true,
    },
    marketplace: {
      db: db.marketplace,
      vocabulary: await loadVocabulary(db.marketplace),
      resolver,
      textQueries: createTextQueries(db.marketplace, resolver),
    },
    matching: { db: db.matching, relations: loadRelations() },
    arrangements: { db: db.arrangements },
  }
}

function callersFor(services: Awaited<ReturnType<typeof contexts>>, actor: Actor | null) {
  const request = { actor, requestId: randomUUID(), address: randomUUID(), log: createLog('world', 'silent') }
  return {
    identity: identityCaller(identity)({ ...services.identity, ...request }),
    marketplace: marketplaceCaller(marketplace)({ ...services.marketplace, ...request }),
    matching: matchingCaller(matching)({ ...services.matching, ...request }),
    arrangements: arrangementsCaller(arrangements)({ ...services.arrangements, ...request }),
  }
}
