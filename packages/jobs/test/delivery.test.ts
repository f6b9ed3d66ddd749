import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { sql } from 'kysely'
import { describe, expect } from 'vitest'
import { listenersOf } from '@samkraft/contracts'
import { connect } from '@samkraft/db'
import { queueCounts } from '../src/index.ts'
import { toJob } from '../src/relay.ts'
import { backendKinds } from './backends.ts'
import { aWalker, eventsOf, journalling, stepIgnored, stepsOf, stepTaken, take, unpublished } from './journal.ts'
import { soon, testOn } from './on-backends.ts'

describe.each(backendKinds)('jobs on %s', { timeout: 60_000 }, (kind) => {
  const test = testOn(kind)

  test('every event reaches its listener once and in the order of its aggregate', async ({
    db,
    admin,
    relay,
    worker,
  }) => {
    const walkers = [aWalker(), aWalker(), aWalker()]
    relay()
    worker()
    await Promise.all(walkers.map((walker) => take(db, walker, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10])))
    for (const walker of walkers) {
      await expect.poll(() => stepsOf(admin, walker), soon).toHaveLength(10)
      expect(await stepsOf(admin, walker)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    }
    expect(await unpublished(db)).toBe(0)
  })

  test('a backlog is published in batches, to every service that listens', async ({ db, relay, backend }) => {
    const walker = aWalker()
    await take(
      db,
      walker,
      Array.from({ length: 130 }, (_, step) => step),
    )
    relay()
    await expect.poll(() => unpublished(db), soon).toBe(0)
    const counts = await queueCounts(backend, ['marketplace', ...listenersOf('offer')])
    expect(counts).toEqual({
      marketplace: { waiting: 0, active: 0, delayed: 0, dead: 0 },
      matching: { waiting: 130, active: 0, delayed: 0, dead: 0 },
      arrangements: { waiting: 130, active: 0, delayed: 0, dead: 0 },
    })
  })

  test('a relay killed between enqueue and mark delivers twice, with one effect', async ({
    db,
    admin,
    child,
    relay,
    worker,
  }) => {
    const walker = aWalker()
    const doomed = await child('relay', { failpoint: 'relay.enqueued' })
    const gone = once(doomed, 'exit')
    await take(db, walker, [1])
    expect(await gone).toEqual([null, 'SIGKILL'])
    expect(await unpublished(db)).toBe(1)

    worker()
    await expect.poll(() => stepsOf(admin, walker), soon).toEqual([1])
    relay() // the first copy is done and forgotten by now, so this one is a new job
    await expect.poll(() => unpublished(db), soon).toBe(0)
    await take(db, walker, [2])
    await expect.poll(() => stepsOf(admin, walker), soon).toEqual([1, 2])
  })

  test('events that arrive out of order have their effect in order and use up no tries', async ({
    db,
    admin,
    backend,
    worker,
    logged,
  }) => {
    const walker = aWalker()
    await take(db, walker, [1, 2, 3, 4, 5])
    await using queue = backend.queue('matching')
    worker()
    for (const event of (await eventsOf(admin, walker)).toReversed()) await queue.add([toJob(event)])
    await expect.poll(() => stepsOf(admin, walker), soon).toEqual([1, 2, 3, 4, 5])
    expect(logged.lines.filter(({ level }) => Number(level) > 30)).toEqual([])
    await expect.poll(() => queue.counts(), soon).toEqual({ waiting: 0, active: 0, delayed: 0, dead: 0 })
  })

  test.runIf(kind === 'postgres')(
    'a job that a worker takes at the moment it is hurried stays with that worker',
    async ({ db, admin, store, backend }) => {
      await take(db, aWalker(), [1])
      const [event] = await eventsOf(admin)
      if (!event) throw new Error('an event was taken')
      await using queue = backend.queue('matching')
      const job = toJob(event)
      await queue.add([job])
      const calls = {
        work: () => Promise.resolve({ kind: 'postpone', milliseconds: 60_000 } as const),
        failed: () => {},
        trouble: () => {},
      }
      await using worker = backend.worker('matching', calls, { concurrency: 1, lockMs: 60_000 })
      await expect.poll(() => queue.counts(), soon).toMatchObject({ delayed: 1 })
      await using jobs = connect(store.url)
      const waiting = sql`select from pg_stat_activity where wait_event_type = 'Lock' and query ~ 'promote'
        and datname = current_database()`
      let isOver = false
      const { hurried } = await jobs.transaction().execute(async (tx) => {
        await sql`update bullmq.job set state = 'active', locked_until_ms = 1e15, lock_token = 'another'`.execute(tx)
        const hurried = worker.hurry(job.id).finally(() => (isOver = true))
        await expect.poll(async () => isOver || (await waiting.execute(jobs)).rows.length > 0, soon).toBe(true)
        return { hurried }
      })
      await hurried
      const { rows } = await sql`select state, lock_token from bullmq.job`.execute(jobs)
      expect(rows).toEqual([{ state: 'active', lock_token: 'another' }])
    },
  )

  test('an event that is added again is one job for as long as the first is there', async ({ db, admin, backend }) => {
    await take(db, aWalker(), [1])
    const jobs = (await eventsOf(admin)).map(toJob)
    await using queue = backend.queue('matching')
    await queue.add(jobs)
    await queue.add(jobs)
    expect(await queue.counts()).toMatchObject({ waiting: 1 })
  })

  test('two handlers for one type stop the boot', ({ worker }) => {
    expect(() => worker({ handlers: [journalling(), journalling()] })).toThrow('two handlers for test.step_taken.v1')
  })

  test('a type nobody handles only moves the inbox on', async ({ db, admin, relay, worker }) => {
    const walker = aWalker()
    relay()
    worker()
    await take(db, walker, [1])
    await take(db, walker, [2], stepIgnored)
    await take(db, walker, [3])
    await expect.poll(() => stepsOf(admin, walker), soon).toEqual([1, 3])
  })

  test('a worker killed inside a job leaves it to another one, with one effect', async ({
    db,
    admin,
    child,
    relay,
    worker,
  }) => {
    const walker = aWalker()
    relay()
    const doomed = await child('worker', { failpoint: 'worker.mid-job' })
    const gone = once(doomed, 'exit')
    await take(db, walker, [1])
    expect(await gone).toEqual([null, 'SIGKILL'])
    expect(await stepsOf(admin, walker)).toEqual([])
    worker({ lockMs: 1_000 })
    await expect.poll(() => stepsOf(admin, walker), soon).toEqual([1])
  })

  test('a worker paused past its lock finds the inbox moved on or holds it: one effect', async ({
    db,
    admin,
    child,
    relay,
    worker,
    backend,
    logged,
  }) => {
    const walker = aWalker()
    relay()
    const zombie = await child('worker', { milliseconds: 300 })
    const inside = once(zombie.stdout ?? zombie, 'data')
    await take(db, walker, [1])
    await inside
    zombie.kill('SIGSTOP')
    // The other worker is given the job and waits for the inbox row that the zombie's transaction holds.
    worker({ lockMs: 1_000 })
    const waiting = sql`select from pg_stat_activity where wait_event_type = 'Lock' and query like '%insert into inbox%'
      and datname = current_database()`
    await expect.poll(() => waiting.execute(admin), soon).toMatchObject({ rows: [{}] })
    zombie.kill('SIGCONT')
    const repeated = expect.objectContaining({ msg: 'event consumed', outcome: 'repeated' })
    await expect.poll(() => logged.lines, soon).toContainEqual(repeated)
    expect(await stepsOf(admin, walker)).toEqual([1])
    await using queue = backend.queue('matching')
    await expect.poll(() => queue.counts(), soon).toMatchObject({ active: 0, dead: 0 })
  })

  test('workers whose clocks are two minutes wrong, ahead and behind, have each effect once and give up on nothing', async ({
    db,
    admin,
    child,
    relay,
    worker,
    backend,
  }) => {
    const walkers = [aWalker(), aWalker(), aWalker(), aWalker()]
    const steps = [1, 2, 3, 4, 5, 6]
    relay()
    worker({ lockMs: 1_000, handlers: [journalling(() => setTimeout(100))] })
    await Promise.all([-120, 120].map((ahead) => child('worker', { milliseconds: 100, ahead })))
    await Promise.all(walkers.map((walker) => take(db, walker, steps)))
    for (const walker of walkers) await expect.poll(() => stepsOf(admin, walker), soon).toEqual(steps)
    await using queue = backend.queue('matching')
    await expect.poll(() => queue.counts(), soon).toEqual({ waiting: 0, active: 0, delayed: 0, dead: 0 })
  })

  test('the request id is in every log line about an event, its data in none', async ({
    db,
    admin,
    relay,
    worker,
    logged,
  }) => {
    const walker = aWalker()
    relay()
    worker()
    await take(db, walker, [424242])
    await expect.poll(() => stepsOf(admin, walker), soon).toEqual([424242])
    const about = logged.lines.filter(({ event }) => event === stepTaken.type)
    expect(about.map(({ msg, requestId }) => [msg, requestId])).toContainEqual(['event consumed', 'request-424242'])
    expect(JSON.stringify(about.map((line) => ({ ...line, requestId: '' })))).not.toContain('424242')
  })
})
