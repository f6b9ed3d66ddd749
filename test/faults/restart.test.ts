import { randomUUID } from 'node:crypto'
import { services } from '@samkraft/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openCallers, unfit } from './callers.ts'
import { people } from './journey.ts'
import { openSystem, type System, until } from './system.ts'

let system: System
beforeAll(async () => {
  system = await openSystem()
  await system.quiet()
})
afterAll(() => system[Symbol.asyncDispose]())

test('while every service is restarted in turn under load, no call fails but for want of somebody to answer, and calling again is enough', async () => {
  const { constellation, quiet, told } = system
  const callers = await openCallers(system)
  for (const service of services) {
    await callers.hear(200)
    const leaving = await constellation.pid(service)
    await constellation.kill(service, 'SIGTERM')
    await until(`${service} has left`, async () => (await constellation.pid(service)) !== leaving)
    await constellation.ready(service)
    // One that had not stopped in time would have left with code 1.
    expect(told.at(-1)).toContain(`${service} stopped (code 0)`)
  }
  await callers.hear(200)
  await quiet()
  const { answers, kept, acknowledged } = await callers.close()
  expect(unfit(answers).filter(({ status }) => status !== 'unreachable')).toEqual([])
  expect(kept).toEqual(acknowledged)
})

test('a service that is told to stop takes no new calls and finishes those it has', async () => {
  const { constellation, books, as } = system
  const { marketplace } = await as(people.lendingOfficer)
  const live = () =>
    fetch(`${constellation.urls.marketplace}/health/live`).then(
      () => true,
      () => false,
    )
  const leaving = await constellation.pid('marketplace')
  const holder = await books.marketplace.connect()
  try {
    await holder.query('begin')
    await holder.query('lock table offer in share mode')
    const saved = marketplace.offer.saveDraft.mutate({ commandKey: randomUUID(), details: {} })
    await until('the call is under way', async () => {
      const { rowCount } = await books.identity.query(
        `select from pg_stat_activity where datname = 'samkraft_marketplace' and wait_event_type = 'Lock'`,
      )
      return rowCount !== 0
    })
    await constellation.kill('marketplace', 'SIGTERM')
    await until('no new call is taken', async () => !(await live()))
    expect(await constellation.pid('marketplace')).toBe(leaving)
    await holder.query('rollback')
    await expect(saved).resolves.toMatchObject({ status: 'draft' })
  } finally {
    holder.release(true)
  }
  await until('it has left', async () => (await constellation.pid('marketplace')) !== leaving)
  await constellation.ready('marketplace')
})
