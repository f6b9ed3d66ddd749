import { randomUUID } from 'node:crypto'
import { identityPermissions } from '@samkraft/contracts/identity'
import { armFailpoints, connect, forgetCommands } from '@samkraft/db'
import { createLog, lifecycle, readPrivateKey, serve } from '@samkraft/http'
import { jobBackend, startRelay, startSweep } from '@samkraft/jobs'
import { router } from './api/router.ts'
import { forgetExpired } from './app/forget-expired.ts'
import { loadDemoAccounts } from './app/load-demo-accounts.ts'
import { loadReferenceData } from './app/load-reference-data.ts'
import { readConfig } from './config.ts'
import type { Services } from './context.ts'
import type { Schema } from './db/schema.ts'
import { createPasswords } from './domain/password-hash.ts'
import { deriveKey } from './domain/secret.ts'

const config = readConfig()
armFailpoints(config.failpointFile)
const log = createLog('identity', config.logLevel)
const db = connect<Schema>(config.databaseUrl, {
  name: 'identity',
  onError: (error) => log.warn({ err: error }, 'lost an idle connection'),
})
const actorPrivateKey = readPrivateKey(config.actorPrivateKey)
const services: Services = {
  db,
  passwords: await createPasswords(),
  actorPrivateKey,
  derivationKey: deriveKey(actorPrivateKey),
  demo: config.demo,
}

const requestId = randomUUID()
const organisations = await loadReferenceData(db, requestId)
if (organisations > 0) log.info({ requestId, organisations }, 'the register has been taken over')
if (config.demo) {
  const accounts = await loadDemoAccounts(services, requestId)
  if (accounts > 0) log.info({ requestId, accounts }, 'the accounts of the demonstration have been made')
}

const queues = jobBackend(config.jobsUrl)
const server = await serve({
  service: 'identity',
  host: config.host,
  port: config.port,
  router,
  permissions: identityPermissions,
  context: services,
  db,
  databaseUrl: config.databaseUrl,
  actorPublicKey: config.actorPublicKey,
  recognises: 'session.enter',
  log,
})
lifecycle(log, [
  server,
  startSweep({ every: config.sweepMilliseconds, run: () => forgetExpired(services), log }),
  startSweep({ every: config.sweepMilliseconds, run: () => forgetCommands(db), log }),
  startRelay({ db, listenUrl: config.databaseUrl, queues, log }),
  queues,
  { [Symbol.asyncDispose]: () => db.destroy() },
])
