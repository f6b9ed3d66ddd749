import { randomUUID } from 'node:crypto'
import { services } from '@samkraft/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openCallers, unfit } from './callers.ts'
import { offered, people } from './journey.ts'
import { openSystem, type System, untilAnswered } from './system.ts'

let system: System
beforeAll(async () => {
  system = await openSystem()
  await system.quiet()
})
afterAll(() => system[Symbol.asyncDispose]())

const pids = () => Promise.all(services.map((service) => system.constellation.pid(service)))
const healthOf = (kind: 'live' | 'ready') =>
  Promise.all(services.map((service) => fetch(`${system.constellation.urls[service]}/health/${kind}`)))

test('while the database is away after kill -9, every service says 503 and when to come back; then all goes on by itself', async () => {
  const { constellation, books, as, quiet } = system
  const before = await pids()
  const officer = await as(people.lendingOfficer)
  const callers = await openCallers(system)
  await callers.hear(200)

  await constellation.kill('postgres')
  await constellation.stop('postgres') // it would be back before everybody has asked
  await callers.hear(503)
  for (const { status } of await healthOf('live')) expect(status).toBe(200)
  for (const { status, headers } of await healthOf('ready')) {
    expect(status).toBe(503)
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
  }
  const command = { commandKey: randomUUID(), details: offered }
  const publish = () => officer.marketplace.offer.publish.mutate(command)
  await expect(publish()).rejects.toMatchObject({ data: { httpStatus: 503 } })
  const published = untilAnswered(publish)

  await constellation.start('postgres')
  await callers.hear(200)
  const { id } = await published
  await quiet()
  const { answers, kept, acknowledged } = await callers.close()
  expect(unfit(answers)).toEqual([])
  expect(kept).toEqual(acknowledged)
  expect(await publish()).toMatchObject({ id })
  const { rows } = await books.marketplace.query('select type from outbox where aggregate_id = $1', [id])
  expect(rows).toEqual([{ type: 'marketplace.offer_published.v1' }])
  expect(await pids()).toEqual(before)
})

test('three times killed with kill -9 and started again by its supervisor, the database is found by every service within 30 s', async () => {
  const { constellation, quiet } = system
  const before = await pids()
  const callers = await openCallers(system)
  for (let times = 0; times < 3; times += 1) {
    await callers.hear(200)
    const postmaster = await constellation.pid('postgres')
    await constellation.kill('postgres')
    const killedAt = Date.now()
    await expect.poll(() => constellation.pid('postgres'), { timeout: 30_000 }).not.toBe(postmaster)
    await constellation.ready('postgres')
    await callers.hear(200)
    expect(Date.now() - killedAt).toBeLessThan(30_000)
  }
  await quiet()
  const { answers, kept, acknowledged } = await callers.close()
  expect(unfit(answers)).toEqual([])
  expect(kept).toEqual(acknowledged)
  expect(await pids()).toEqual(before)
})

test('with all database sessions cut again and again under load, calls are answered or told to come back, and no service dies', async () => {
  const { books, quiet } = system
  const before = await pids()
  const callers = await openCallers(system)
  for (let times = 0; times < 5; times += 1) {
    await callers.hear(200)
    const { rowCount } = await books.identity.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where usename like '%\\_app'`,
    )
    expect(rowCount).toBeGreaterThanOrEqual(services.length)
  }
  await callers.hear(200)
  await quiet()
  const { answers, kept, acknowledged } = await callers.close()
  expect(unfit(answers)).toEqual([])
  expect(kept).toEqual(acknowledged)
  expect(await pids()).toEqual(before)
})

test('with every connection of a service taken, further calls are soon told to come back, and it still says that it lives', async () => {
  const { constellation, books, as } = system
  const { arrangements } = await as(people.lendingOfficer)
  const list = () =>
    arrangements.arrangement.list.query({}, { signal: AbortSignal.timeout(10_000) }).then(
      () => 200,
      (error: unknown) => Object(error).data?.httpStatus,
    )
  const holder = await books.arrangements.connect()
  try {
    await holder.query('begin')
    await holder.query('lock table arrangement in access exclusive mode')
    const calls = Array.from({ length: 30 }, list)
    expect(await Promise.race(calls)).toBe(503)
    const live = await fetch(`${constellation.urls.arrangements}/health/live`, { signal: AbortSignal.timeout(1_000) })
    expect(live.status).toBe(200)
    await holder.query('rollback')
    const statuses = await Promise.all(calls)
    expect(new Set(statuses)).toEqual(new Set([503, 200]))
    expect(await list()).toBe(200)
  } finally {
    holder.release(true)
  }
})
