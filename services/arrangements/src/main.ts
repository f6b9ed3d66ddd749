import { arrangementsPermissions } from '@samkraft/contracts/arrangements'
import { armFailpoints, connect, forgetCommands } from '@samkraft/db'
import { createLog, lifecycle, serve } from '@samkraft/http'
import { jobBackend, startRelay, startSweep, startWorker } from '@samkraft/jobs'
import { router } from './api/router.ts'
import { runClock } from './app/run-clock.ts'
import { readConfig } from './config.ts'
import type { Services } from './context.ts'
import type { Schema } from './db/schema.ts'
import { handlers } from './jobs/handlers.ts'

const config = readConfig()
armFailpoints(config.failpointFile)
const log = createLog('arrangements', config.logLevel)
const db = connect<Schema>(config.databaseUrl, {
  name: 'arrangements',
  onError: (error) => log.warn({ err: error }, 'lost an idle connection'),
})
const services: Services = { db }

const queues = jobBackend(config.jobsUrl)
const server = await serve({
  service: 'arrangements',
  host: config.host,
  port: config.port,
  router,
  permissions: arrangementsPermissions,
  context: services,
  db,
  databaseUrl: config.databaseUrl,
  actorPublicKey: config.actorPublicKey,
  log,
})
lifecycle(log, [
  server,
  startSweep({ every: config.sweepMilliseconds, run: (signal) => runClock(services, signal), log }),
  startSweep({ every: config.sweepMilliseconds, run: () => forgetCommands(db), log }),
  startWorker({ service: 'arrangements', backend: queues, db, handlers, log, lockMs: config.jobLockMilliseconds }),
  startRelay({ db, listenUrl: config.databaseUrl, queues, log }),
  queues,
  { [Symbol.asyncDispose]: () => db.destroy() },
])
