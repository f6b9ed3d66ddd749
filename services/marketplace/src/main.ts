import { marketplacePermissions } from '@samkraft/contracts/marketplace'
import { armFailpoints, connect, forgetCommands } from '@samkraft/db'
import { createLog, lifecycle, serve } from '@samkraft/http'
import { jobBackend, startRelay, startSweep, startWorker } from '@samkraft/jobs'
import { router } from './api/router.ts'
import { closeWhatIsOver } from './app/close-what-is-over.ts'
import { loadVocabulary, openResolver } from './app/load-vocabulary.ts'
import { createTextQueries } from './app/text-query.ts'
import { readConfig } from './config.ts'
import type { Services } from './context.ts'
import type { Schema } from './db/schema.ts'
import { eventHandlers } from './jobs/handlers.ts'

const config = readConfig()
armFailpoints(config.failpointFile)
const log = createLog('marketplace', config.logLevel)
const db = connect<Schema>(config.databaseUrl, {
  name: 'marketplace',
  onError: (error) => log.warn({ err: error }, 'lost an idle connection'),
})
const resolver = openResolver()
const services: Services = {
  db,
  vocabulary: await loadVocabulary(db),
  resolver,
  textQueries: createTextQueries(db, resolver),
}

const queues = jobBackend(config.jobsUrl)
const server = await serve({
  service: 'marketplace',
  host: config.host,
  port: config.port,
  router,
  permissions: marketplacePermissions,
  context: services,
  db,
  databaseUrl: config.databaseUrl,
  actorPublicKey: config.actorPublicKey,
  log,
})
lifecycle(log, [
  server,
  startSweep({ every: config.sweepMilliseconds, run: (signal) => closeWhatIsOver(services, signal), log }),
  startSweep({ every: config.sweepMilliseconds, run: () => forgetCommands(db), log }),
  startWorker({
    service: 'marketplace',
    backend: queues,
    db,
    handlers: eventHandlers(services),
    log,
    lockMs: config.jobLockMilliseconds,
  }),
  startRelay({ db, listenUrl: config.databaseUrl, queues, log }),
  queues,
  { [Symbol.asyncDispose]: () => db.destroy() },
])
// Nobody's first word should wait for it, nor those who have waited for the service: it keeps the process for a second.
setTimeout(() => void resolver(), 3_000).unref()
