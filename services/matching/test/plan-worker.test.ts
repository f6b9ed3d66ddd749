import { sql } from 'kysely'
import { describe, expect } from 'vitest'
import { takePlanWork } from '../src/db/plan-work.ts'
import { workOff } from '../src/jobs/plan-worker.ts'
import { id, kungsor, norberg, vasteras } from './builders.ts'
import { key, leaseMs, policy, test } from './coordinating.ts'
import { log } from './feed.ts'

describe('the workers', () => {
  test('a plan that is asked to stop keeps what was found by then', async ({ market, feed }) => {
    const { plan, workAll } = market
    const { planId } = await plan.compute(key())
    expect(await plan.get({ planId })).toMatchObject({ state: 'waiting', progress: 0, alternatives: [] })
    await plan.stop({ ...key(), planId })
    await workAll()
    const stopped = await plan.get({ planId })
    expect(stopped.state).toBe('stopped')
    expect(stopped.alternatives).toHaveLength(3)
    expect(feed).toBeDefined()
  })

  test('nobody takes what another one holds, and a result counts only while its lease does', async ({
    market,
    feed,
  }) => {
    const { plan } = market
    const { db } = feed.services
    const { planId } = await plan.compute(key())
    const first = await takePlanWork(db, leaseMs)
    expect(await takePlanWork(db, leaseMs)).toBeUndefined()
    await sql`update plan_work set taken_until = now() - interval '1 second'`.execute(db)
    const second = await takePlanWork(db, leaseMs)
    expect(second?.planId).toBe(planId)
    if (!first || !second) throw new Error('nobody took it')
    const errors: unknown[] = []
    const heard = {
      info: () => undefined,
      warn: () => undefined,
      error: (...told: unknown[]) => void errors.push(told),
    }
    await workOff(feed.services, first, { leaseMs, log: heard, stopping: new AbortController().signal })
    expect((await plan.get({ planId })).state).toBe('computing')
    // Nor is one that was thrown away meanwhile anything for an operator to look into.
    expect(errors).toEqual([])
    await workOff(feed.services, second, { leaseMs, log, stopping: new AbortController().signal })
    expect((await plan.get({ planId })).state).toBe('ready')
  })

  test('a lease that could not be renewed once is renewed the next time, and a wish to stop is heard', async ({
    market,
    feed,
    admin,
  }) => {
    // So much that it takes longer to compute than until the next time.
    for (let number = 0; number < 40; number += 1) {
      if (number < 20) await feed.offer(vasteras, { offerId: id(200 + number), hoursPerWeek: 10 + (number % 7) })
      await feed.request(number % 2 ? norberg : kungsor, {
        requestId: id(300 + number),
        hoursPerWeek: 5 + (number % 9),
      })
    }
    await feed.match()
    const { plan } = market
    const { planId } = await plan.compute(key())
    await plan.stop({ ...key(), planId })
    const work = await takePlanWork(feed.services.db, leaseMs)
    if (!work) throw new Error('nothing is to be computed')
    const computed = await admin.transaction().execute(async (tx) => {
      await sql`select from plan_work for update`.execute(tx)
      const computing = workOff(feed.services, work, { leaseMs, log, stopping: new AbortController().signal })
      // The renewal waits for the row that is held here, and its connection is lost.
      await expect
        .poll(async () => {
          const { rows } = await sql`
            select pg_terminate_backend(pid) from pg_stat_activity
            where datname = current_database() and wait_event_type = 'Lock' and query like '%update plan_work%'`.execute(
            admin,
          )
          return rows.length
        })
        .toBe(1)
      return { computing }
    })
    await computed.computing
    expect((await plan.get({ planId })).state).toBe('stopped')
  })

  test('one that is complete when a wish to stop is heard is not said to be stopped', async ({
    market,
    feed,
    admin,
  }) => {
    const { plan } = market
    const { planId } = await plan.compute(key())
    await plan.stop({ ...key(), planId })
    const work = await takePlanWork(feed.services.db, leaseMs)
    if (!work) throw new Error('nothing is to be computed')
    const finished = Promise.withResolvers<unknown>()
    process.once('worker', (thread) => thread.once('exit', finished.resolve))
    const { computing } = await admin.transaction().execute(async (tx) => {
      // The wish is heard as the lease is renewed, which waits for this row.
      await sql`select from plan_work for update`.execute(tx)
      const computing = workOff(feed.services, work, { leaseMs, log, stopping: new AbortController().signal })
      await finished.promise
      return { computing }
    })
    await computing
    expect((await plan.get({ planId })).state).toBe('ready')
  })

  test('one whose worker stops is taken by another at once, however often', async ({ market, feed }) => {
    const { plan, workAll } = market
    const { planId } = await plan.compute(key())
    for (let stops = 0; stops < 4; stops += 1) {
      const work = await takePlanWork(feed.services.db, leaseMs)
      if (!work) throw new Error('nothing is to be computed')
      await workOff(feed.services, work, { leaseMs, log, stopping: AbortSignal.abort() })
    }
    await workAll()
    expect((await plan.get({ planId })).state).toBe('ready')
  })

  test('one that kills its worker again and again is given up', async ({ market, feed }) => {
    const { plan, workAll } = market
    const { planId } = await plan.compute(key())
    await sql`update plan_work set tries = 3`.execute(feed.services.db)
    await workAll()
    expect((await plan.get({ planId })).state).toBe('failed')
    await expect(plan.assignments({ planId, policy })).rejects.toMatchObject({ cause: { code: 'plan.not_ready' } })
  })
})
