import { execFile, spawn } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { open, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { asOrganisation, type Base, connect, migrate, recordAudit, verifyAudit } from '@samkraft/db'
import { temporaryHome } from '@samkraft/infra/temporary-home'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startThrowawayPostgres } from '../../infra/testing/postgres.ts'

const run = promisify(execFile)
const megabyte = 2 ** 20

/** A file system with so little room; null where this account may not make one. */
async function openSmallDisk(megabytes: number) {
  const home = await temporaryHome()
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=711`, 'tmpfs', home.path])
  } catch {
    await home[Symbol.asyncDispose]()
    return null
  }
  return {
    path: home.path,
    async [Symbol.asyncDispose]() {
      await run('umount', [home.path])
      await home[Symbol.asyncDispose]()
    },
  }
}

test.each([
  ['a service', 'packages/http/src/log.ts', `createLog('service').info('lost')`],
  ['the web', 'web/src/lib/server/log.ts', `log('info', 'lost')`],
])(
  'on a full disk %s goes on without its log, and ends when it is told to',
  { timeout: 15_000 },
  async (_, file, say) => {
    const module = JSON.stringify(new URL(`../../${file}`, import.meta.url).href)
    const program = `const { createLog, log } = await import(${module}); ${say}; setTimeout(() => { ${say}; console.error('goes on') })`
    await using full = await open('/dev/full', 'w').catch(() => open('/dev/null', 'w'))
    const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
      stdio: ['ignore', full.fd, 'pipe'],
      timeout: 10_000,
      killSignal: 'SIGKILL',
    })
    let said = ''
    child.stderr?.on('data', (chunk) => (said += String(chunk)))
    expect(await once(child, 'close'), said).toEqual([0, null])
    expect(said).toBe('goes on\n')
  },
)

test('on a full disk writes are refused, and nothing acknowledged is lost: with room again it goes on by itself', async ({
  skip,
}) => {
  await using disk = await openSmallDisk(220)
  if (!disk) return skip('only root can mount a small disk')
  await using parts = new AsyncDisposableStack()
  const server = await startThrowawayPostgres({ within: disk.path })
  parts.defer(() => server.stop())
  const url = server.adminUrl
  const db = connect<Base>(url)
  parts.defer(() => db.destroy())
  await sql`create role service`.execute(db)
  await migrate(url, {}, { appRole: 'service' })

  const organisationId = randomUUID()
  const acknowledged: string[] = []
  const write = async (bytes: number) => {
    const requestId = randomUUID()
    const after = randomBytes(bytes).toString('base64')
    await asOrganisation(db, organisationId, (tx) =>
      recordAudit(tx, {
        organisationId,
        personId: null,
        requestId,
        command: 'test.write',
        subjectType: 'test',
        subjectId: requestId,
        before: null,
        after,
      }),
    )
    acknowledged.push(requestId)
  }
  const refusal = (bytes: number) =>
    write(bytes).then(
      () => null,
      (error: unknown) => error,
    )
  const unavailable = expect.objectContaining({ kind: 'unavailable', code: expect.stringMatching(/^database[.]/) })

  const inTheWay = join(disk.path, 'in the way')
  await writeFile(inTheWay, Buffer.alloc(60 * megabyte))
  await write(100)
  let refused: unknown
  do refused = await refusal(megabyte)
  while (refused === null)
  expect(refused).toEqual(unavailable)
  // What is small may still find room in a page that there is.
  expect([null, unavailable]).toContainEqual(await refusal(100))
  expect(await refusal(megabyte)).toEqual(unavailable)
  await rm(inTheWay)
  await expect.poll(() => refusal(100), { timeout: 30_000 }).toBeNull()

  const { rows } = await sql<{ request_id: string }>`select request_id from audit`.execute(db)
  const kept = new Set(rows.map(({ request_id }) => request_id))
  expect(acknowledged.filter((id) => !kept.has(id))).toEqual([])
  expect(await verifyAudit(db, { organisationId })).toEqual({ entries: rows.length, brokenAt: null })
})
