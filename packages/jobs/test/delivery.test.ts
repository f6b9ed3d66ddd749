import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { sql } from 'kysely'
import { describe, expect, vi } from 'vitest'
import { listenersOf } from '@samkraft/contracts'
import { queueCounts } from '../src/index.ts'
import { toJob } from '../src/relay.ts'
import { backendKinds } from './backends.ts'
import { eventsOf } from './journal.ts'
import { aWalker, journalling, stepIgnored, stepsOf, stepTaken, take, unpublished } from './journal.ts'
import { testOn } from './on-backends.ts'

const soon = { timeout: 30_000, interval: 10 }

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
      await vi.waitFor(async () => expect(await stepsOf(admin, walker)).toHaveLength(10), soon)
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
    await vi.waitFor(async () => expect(await unpublished(db)).toBe(0), soon)
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
    await vi.waitFor(async () => expect(await stepsOf(admin, walker)).toEqual([1]), soon)
    relay() // the first copy is done and forgotten by now, so this one is a new job
    await vi.waitFor(async () => expect(await unpublished(db)).toBe(0), soon)
    await take(db, walker, [2])
    await vi.waitFor(async () => expect(await stepsOf(admin, walker)).toEqual([1, 2]), soon)
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
    await vi.waitFor(async () => expect(await stepsOf(admin, walker)).toEqual([1, 2, 3, 4, 5]), soon)
    expect(logged.lines.filter(({ level }) => Number(level) > 30)).toEqual([])
    await vi.waitFor(
      async () => expect(await queue.counts()).toEqual({ waiting: 0, active: 0, delayed: 0, dead: 0 }),
      soon,
    )
  })

  test('a type nobody handles only moves the inbox on', async ({ db, admin, relay, worker }) => {
    const walker = aWalker()
    relay()
    worker()
    await take(db, walker, [1])
    await take(db, walker, [2], stepIgnored)
    await take(db, walker, [3])
    await vi.waitFor(async () => expect(await stepsOf(admin, walker)).toEqual([1, 3]), soon)
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
    await vi.waitFor(async () => expect(await stepsOf(admin, walker)).toEqual([1]), soon)
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
    await vi.waitFor(async () => {
      const { rows } =
        await sql`select from pg_stat_activity where wait_event_type = 'Lock' and query like '%insert into inbox%'
        and datname = current_database()`.execute(admin)
      expect(rows).toHaveLength(1)
    }, soon)
    zombie.kill('SIGCONT')
    await vi.waitFor(async () => {
      expect(logged.lines).toContainEqual(expect.objectContaining({ msg: 'event consumed', outcome: 'repeated' }))
    }, soon)
    expect(await stepsOf(admin, walker)).toEqual([1])
    await vi.waitFor(
      async () => expect((await queueCounts(backend, ['matching'])).matching).toMatchObject({ active: 0, dead: 0 }),
      soon,
    )
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
    for (const walker of walkers)
      await vi.waitFor(async () => expect(await stepsOf(admin, walker)).toEqual(steps), soon)
    await vi.waitFor(
      async () =>
        expect((await queueCounts(backend, ['matching'])).matching).toEqual({
          waiting: 0,
          active: 0,
          delayed: 0,
          dead: 0,
        }),
      soon,
    )
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
    await vi.waitFor(async () => expect(await stepsOf(admin, walker)).toEqual([424242]), soon)
    const about = logged.lines.filter(({ event }) => event === stepTaken.type)
    expect(about.map(({ msg, requestId }) => [msg, requestId])).toContainEqual(['event consumed', 'request-424242'])
    expect(JSON.stringify(about.map((line) => ({ ...line, requestId: '' })))).not.toContain('424242')
  })
})
