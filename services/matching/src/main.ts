import { matchingPermissions } from '@samkraft/contracts/matching'
import { armFailpoints, connect, forgetCommands } from '@samkraft/db'
import { createLog, lifecycle, serve } from '@samkraft/http'
import { jobBackend, startSweep, startWorker } from '@samkraft/jobs'
import { router } from './api/router.ts'
import { startNewWeek } from './app/start-new-week.ts'
import { loadRelations } from './competence-relations.ts'
import { readConfig } from './config.ts'
import type { Services } from './context.ts'
import { forgetPlans } from './db/plans.ts'
import type { Schema } from './db/schema.ts'
import { handlers } from './jobs/handlers.ts'
import { startMatching } from './jobs/match-worker.ts'
import { startPlanning } from './jobs/plan-worker.ts'

const config = readConfig()
armFailpoints(config.failpointFile)
const log = createLog('matching', config.logLevel)
const db = connect<Schema>(config.databaseUrl, {
  name: 'matching',
  onError: (error) => log.warn({ err: error }, 'lost an idle connection'),
})
const services: Services = { db, relations: loadRelations() }

const queues = jobBackend(config.jobsUrl)
const server = await serve({
  service: 'matching',
  host: config.host,
  port: config.port,
  router,
  permissions: matchingPermissions,
  context: services,
  db,
  databaseUrl: config.databaseUrl,
  actorPublicKey: config.actorPublicKey,
  log,
})
// Matching publishes no events, so it has no relay.
lifecycle(log, [
  server,
  startWorker({ service: 'matching', backend: queues, db, handlers, log, lockMs: config.jobLockMilliseconds }),
  startMatching(services, { listenUrl: config.databaseUrl, every: config.sweepMilliseconds, log }),
  startPlanning(services, {
    listenUrl: config.databaseUrl,
    every: config.sweepMilliseconds,
    leaseMs: 3 * config.jobLockMilliseconds,
    log,
  }),
  startSweep({ every: config.sweepMilliseconds, run: () => startNewWeek(services), log }),
  startSweep({ every: config.sweepMilliseconds, run: () => forgetPlans(db), log }),
  startSweep({ every: config.sweepMilliseconds, run: () => forgetCommands(db), log }),
  queues,
  { [Symbol.asyncDispose]: () => db.destroy() },
])
