import { connect } from '@samkraft/db'
import { layCable } from '@samkraft/db/testing'
import { DomainError } from '@samkraft/kernel'
import { Redis } from 'ioredis'
import { sql } from 'kysely'
import { describe, expect } from 'vitest'
import { jobBackend } from '../src/index.ts'
import { toJob } from '../src/relay.ts'
import { backendKinds } from './backends.ts'
import { aWalker, eventsOf, type Journal, journalling, stepsOf, take, unpublished } from './journal.ts'
import { soon, testOn } from './on-backends.ts'

describe.each(backendKinds)('outages on %s', { timeout: 60_000 }, (kind) => {
  const test = testOn(kind)

  test('a relay is woken by the commit, also after its LISTEN connection was terminated', async ({
    db,
    admin,
    relay,
    worker,
  }) => {
    const walker = aWalker()
    relay() // polls once a minute, so what arrives sooner was announced
    worker()
    await take(db, walker, [1])
    await expect.poll(() => stepsOf(admin, walker), soon).toEqual([1])

    const listeners = sql<{ pid: number }>`select pid from pg_stat_activity
      where application_name = 'listen outbox' and datname = current_database()`
    const { rows: before } = await listeners.execute(admin)
    expect(before).toHaveLength(1)
    await sql`select pg_terminate_backend(${before[0]?.pid})`.execute(admin)
    await take(db, walker, [2])
    await expect.poll(() => stepsOf(admin, walker), soon).toEqual([1, 2])
    await expect.poll(async () => (await listeners.execute(admin)).rows, soon).toHaveLength(1)
    await take(db, walker, [3])
    await expect.poll(() => stepsOf(admin, walker), soon).toEqual([1, 2, 3])
  })

  test('a relay that cannot listen at all finds events by looking', async ({ db, relay }) => {
    relay({ listenUrl: 'postgres://nobody@127.0.0.1:1/nothing', pollMs: 50 })
    await take(db, aWalker(), [1])
    await expect.poll(() => unpublished(db), soon).toBe(0)
  })

  test('while the job backend is away the outbox holds; when it is back everything arrives', async ({
    db,
    admin,
    store,
    relay,
    worker,
    logged,
  }) => {
    const walker = aWalker()
    await using cable = await layCable(store.url)
    await using backend = jobBackend(cable.url)
    await using _relay = relay({ queues: backend, patienceMs: 300 })
    await using _worker = worker({ backend })
    await take(db, walker, [1])
    await expect.poll(() => stepsOf(admin, walker), soon).toEqual([1])
    // A worker may be done before the relay has marked what it sent.
    await expect.poll(() => unpublished(db), soon).toBe(0)

    await cable.cut()
    await take(db, walker, [2, 3])
    await expect(backend.queue('matching').counts()).rejects.toThrow()
    expect(await unpublished(db)).toBe(2)
    const told = () => logged.lines.filter(({ msg }) => /^events wait/.test(String(msg)))
    await expect.poll(() => told().find(({ alert }) => alert), soon).toMatchObject({ level: 50 })
    expect(told()[0]).toMatchObject({ level: 40, msg: 'events wait in the outbox' })
    await cable.mend()
    await expect.poll(() => stepsOf(admin, walker), soon).toEqual([1, 2, 3])
    await expect.poll(() => unpublished(db), soon).toBe(0)
  })

  // Connecting is given up after 5 s in any case: of what was connected before, each call that waits for that would take as long.
  const inTime = { timeout: 10_000 }
  test(
    'while the job backend says nothing the outbox holds; when it speaks again everything arrives',
    inTime,
    async ({ db, admin, store, relay, worker, logged }) => {
      const walker = aWalker()
      await using cable = await layCable(store.url)
      await using backend = jobBackend(cable.url, { answersWithin: 200 })
      await using _relay = relay({ queues: backend })
      worker()
      await take(db, walker, [1])
      await expect.poll(() => unpublished(db), soon).toBe(0)
      await using queue = backend.queue('matching')
      await queue.counts()
      cable.freeze()
      await expect(queue.counts()).rejects.toThrow()
      await take(db, walker, [2, 3])
      await expect.poll(() => logged.lines.map(({ msg }) => msg), soon).toContain('events wait in the outbox')
      expect(await unpublished(db)).toBe(2)
      cable.thaw()
      await expect.poll(() => stepsOf(admin, walker), soon).toEqual([1, 2, 3])
      await expect.poll(() => unpublished(db), soon).toBe(0)
    },
  )

  test.runIf(kind === 'redis')(
    'while Redis is full the outbox holds',
    async ({ db, admin, store, relay, worker, logged }) => {
      const walker = aWalker()
      const redis = new Redis(store.url)
      await redis.config('SET', 'maxmemory', 1)
      relay()
      worker()
      await take(db, walker, [1, 2])
      await expect.poll(() => logged.lines.map(({ msg }) => msg), soon).toContain('events wait in the outbox')
      expect(await unpublished(db)).toBe(2)
      await redis.config('SET', 'maxmemory', 0)
      await expect.poll(() => stepsOf(admin, walker), soon).toEqual([1, 2])
      redis.disconnect()
    },
  )

  test('a relay and a worker that start before the job backend is there wait for it', async ({
    db,
    admin,
    store,
    relay,
    worker,
  }) => {
    const walker = aWalker()
    await using cable = await layCable(store.url)
    await cable.cut()
    await using backend = jobBackend(cable.url)
    await using _relay = relay({ queues: backend })
    await using started = worker({ backend })
    await take(db, walker, [1])
    await cable.mend()
    await started.ready
    await expect.poll(() => stepsOf(admin, walker), soon).toEqual([1])
  })

  test('relay and worker close in good time while the job backend is away', async ({ store, relay, worker }) => {
    await using cable = await layCable(store.url)
    const backend = jobBackend(cable.url)
    const [carrying, working] = [relay({ queues: backend }), worker({ backend })]
    await working.ready
    await cable.cut()
    const began = performance.now()
    await working[Symbol.asyncDispose]()
    await carrying[Symbol.asyncDispose]()
    await backend[Symbol.asyncDispose]()
    expect(performance.now() - began).toBeLessThan(12_000)
  })

  test('events wait, and lose no try, while the listener’s own database is away, however long', async ({
    database,
    db,
    admin,
    relay,
    worker,
    logged,
  }) => {
    const walker = aWalker()
    await using cable = await layCable(database.appUrl)
    const listener = connect<Journal>(cable.url)
    await cable.cut()
    relay()
    const patience = 2
    const working = worker({ db: listener, patience })
    await take(db, walker, [1])
    const waits = () => logged.lines.filter(({ msg }) => msg === 'event waits').length
    await expect.poll(waits, soon).toBeGreaterThan(patience + 2)
    const alerts = logged.lines.filter(({ alert }) => alert)
    expect(alerts).toMatchObject([{ msg: 'jobs wait long for a database that is away or full' }])
    await cable.mend()
    await expect.poll(() => stepsOf(admin, walker), soon).toEqual([1])
    expect(logged.lines.filter(({ msg }) => msg === 'job failed and will be tried again')).toEqual([])
    await working[Symbol.asyncDispose]()
    await listener.destroy()
  })

  test('an event that finds its database too busy for it alone is given up on in the end', async ({
    db,
    admin,
    backend,
    worker,
    logged,
  }) => {
    const [stuck, free] = [aWalker(), aWalker()]
    await take(db, stuck, [13])
    await take(db, free, [1])
    const handler = journalling((step) => {
      if (step === 13) throw new DomainError('unavailable', 'database.unavailable')
    })
    worker({ handlers: [handler], patience: 2 })
    await using queue = backend.queue('matching')
    const hasty = { attempts: 2, backoffMs: 10 }
    for (const event of await eventsOf(admin)) await queue.add([{ ...toJob(event), options: hasty }])
    await expect.poll(() => queue.dead(), soon).toMatchObject([{ triedTimes: 2 }])
    expect(logged.lines.filter(({ msg }) => msg === 'event waits')).toHaveLength(2)
    expect(await stepsOf(admin, free)).toEqual([1])
  })

  test('how long an event waited for the one it follows says nothing of how long it may wait for the database', async ({
    db,
    admin,
    backend,
    worker,
    logged,
  }) => {
    const walker = aWalker()
    await take(db, walker, [1, 2])
    const [first, second] = await eventsOf(admin)
    if (!first || !second) throw new Error('two events were taken')
    const patience = 2
    let busy = 0
    const handler = journalling((step) => {
      if (step === 2 && busy++ < patience) throw new DomainError('unavailable', 'database.unavailable')
    })
    worker({ handlers: [handler], patience })
    await using queue = backend.queue('matching')
    await queue.add([toJob(second)])
    const waits = () => logged.lines.filter(({ msg }) => msg === 'event waits').length
    await expect.poll(waits, soon).toBeGreaterThan(patience)
    await queue.add([toJob(first)])
    await expect.poll(() => stepsOf(admin, walker), soon).toEqual([1, 2])
    expect(logged.lines.filter(({ level }) => Number(level) > 30)).toEqual([])
  })

  test('early events that other processes did take no room from those that wait here', async ({
    db,
    admin,
    backend,
    worker,
    logged,
  }) => {
    const [elsewhere, walker] = [aWalker(), aWalker()]
    await take(db, elsewhere, [1, 2])
    await take(db, walker, [1, 2])
    const [, done] = await eventsOf(admin, elsewhere)
    const [first, second] = await eventsOf(admin, walker)
    if (!done || !first || !second) throw new Error('four events were taken')
    const patience = 2
    let busy = 0
    const handler = journalling((step) => {
      if (step === 2 && busy++ < patience) throw new DomainError('unavailable', 'database.unavailable')
    })
    worker({ handlers: [handler], patience, mostEarly: 1 })
    await using queue = backend.queue('matching')
    const waits = ({ id }: { id: string }) =>
      logged.lines.filter(({ msg, eventId }) => msg === 'event waits' && eventId === id).length
    await queue.add([toJob(done)])
    await expect.poll(() => waits(done), soon).toBeGreaterThan(0)
    const left = async () => (await queue.remove(done.id), await queue.counts())
    await expect.poll(left, soon).toEqual({ waiting: 0, active: 0, delayed: 0, dead: 0 })
    await queue.add([toJob(second)])
    await expect.poll(() => waits(second), soon).toBeGreaterThan(patience)
    await queue.add([toJob(first)])
    await expect.poll(() => stepsOf(admin, walker), soon).toEqual([1, 2])
    expect(logged.lines.filter(({ level }) => Number(level) > 30)).toEqual([])
  })

  test.runIf(kind === 'postgres')(
    'a worker whose job tables are of no use asks for jobs once in a while, and not as fast as it can',
    async ({ store, backend }) => {
      await using jobs = connect(store.url, { max: 1 })
      await sql`alter table bullmq.job rename to gone`.execute(jobs)
      const told = Promise.withResolvers<undefined>()
      let times = 0
      const calls = {
        work: () => Promise.resolve({ kind: 'done' } as const),
        failed: () => {},
        trouble() {
          times += 1
          if (times === 3) told.resolve(undefined)
        },
      }
      const began = performance.now()
      await using _worker = backend.worker('matching', calls, { concurrency: 1, lockMs: 15_000 })
      await told.promise
      expect(performance.now() - began).toBeGreaterThan(900)
    },
  )
})
