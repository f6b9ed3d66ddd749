import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestProject } from 'vitest/node'
import { findBinaries, ownDirectory } from '../local/postgres-binaries.ts'
import { clearAway, initialise, newPassword, reachable, spawnPostgres, unsafeSettings } from '../local/postgres.ts'
import { freePort } from '../local/ports.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Superuser URL of the Postgres the tests may create and drop databases in. */
    adminUrl: string
  }
}

/**
 * One throwaway Postgres for the whole run. With TEST_POSTGRES_URL set, the tests use that server instead, so that one
 * can be kept running between runs.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const kept = process.env.TEST_POSTGRES_URL
  if (kept) {
    project.provide('adminUrl', kept)
    return async () => undefined
  }
  const server = await startThrowawayPostgres()
  project.provide('adminUrl', server.adminUrl)
  return server.stop
}

export async function startThrowawayPostgres() {
  const binaries = await findBinaries()
  const home = await mkdtemp(join(tmpdir(), 'samkraft-test-'))
  await ownDirectory(home, binaries.account)
  const dataDir = join(home, 'data')
  const [port, password] = [await freePort(), newPassword()]
  await initialise(dataDir, password, binaries)
  const child = spawnPostgres(
    dataDir,
    port,
    { ...unsafeSettings, max_connections: 300 },
    binaries,
    join(home, 'postgres.log'),
  )
  const gone = once(child, 'exit')
  const adminUrl = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`
  await reachable(adminUrl, gone)
  return {
    adminUrl,
    async stop() {
      child.kill('SIGINT')
      await gone
      await clearAway(dataDir)
      await rm(home, { recursive: true, force: true })
    },
  }
}
