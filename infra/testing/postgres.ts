import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestProject } from 'vitest/node'
import { findBinaries, ownDirectory } from '../local/postgres-binaries.ts'
import { answers, clearAway, initialise, newPassword, spawnPostgres, unsafeSettings } from '../local/postgres.ts'
import { freePort } from '../local/ports.ts'
import { supervise } from '../local/supervisor.ts'

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

/** A Postgres of its own on a free port, gone with all it held once `stop` has been awaited. `within`: where it keeps that. */
export async function startThrowawayPostgres({ within = tmpdir() } = {}): Promise<{
  adminUrl: string
  stop(): Promise<void>
}> {
  const binaries = await findBinaries()
  const home = await mkdtemp(join(within, 'samkraft-test-'))
  await ownDirectory(home, binaries.account)
  const dataDir = join(home, 'data')
  const [port, password] = [await freePort(), newPassword()]
  await initialise(dataDir, password, binaries)
  const adminUrl = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`
  const settings = { ...unsafeSettings, max_connections: 400 }
  const server = supervise(
    {
      name: 'postgres',
      prepare: () => clearAway(dataDir),
      spawn: () => spawnPostgres(dataDir, port, settings, binaries, join(home, 'postgres.log')),
      isReady: async () => (await answers(adminUrl)) === 'yes',
      stopSignal: 'SIGINT',
    },
    console.error,
  )
  await server.ready()
  return {
    adminUrl,
    async stop() {
      await server.stop()
      await rm(home, { recursive: true, force: true })
    },
  }
}
