import { setTimeout as pause } from 'node:timers/promises'
import { type Service, services } from '@samkraft/contracts'
import { jobBackend } from '@samkraft/jobs'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { backendKinds, type JobStore, openJobStore } from '../../packages/jobs/test/backends.ts'
import { faultsIn } from '../booking/checker.ts'
import { replay } from '../world/replay.ts'
import { dieAtEach, openTrace, type Passes } from './failpoints.ts'
import { acts, travel, type Travelled } from './journey.ts'
import { snapshotOf } from './snapshot.ts'
import { openSystem, type System, until } from './system.ts'

/** Points that touch the queue; what is before and after them does not know which backend there is. */
const onQueue = /^(relay|worker)\./

/** Who is killed during each act, and how long after it began: every service in turn, again and again. */
type Killings = readonly Readonly<{ victim: Service; afterMilliseconds: number }>[]

const killings: fc.Arbitrary<Killings> = fc
  .tuple(
    fc.shuffledSubarray([...services], { minLength: services.length }),
    fc.tuple(...acts.map(() => fc.nat({ max: 150 }))),
  )
  .map(([order, moments]) =>
    moments.flatMap((afterMilliseconds, index) => {
      const victim = order[index % order.length]
      return victim ? [{ victim, afterMilliseconds }] : []
    }),
  )

// Bounds for a machine that has much else to do; on two free cores the whole file takes about a minute.
describe.each(backendKinds)('nothing is lost, with the queues on %s', { timeout: 400_000 }, (kind) => {
  let store: JobStore
  let system: System
  /** What each act of the undisturbed journey passes, and what that journey left behind. */
  const passes = new Map<string, Passes>()
  let calm: Awaited<ReturnType<typeof snapshotOf>>
  const offers: string[] = []

  beforeAll(async () => {
    store = await openJobStore(kind, inject('adminUrl'))
    system = await openSystem({ jobsUrl: store.url })
    await system.quiet()
    const trace = await openTrace(system)
    const travelled = await travel(system, async ({ name, take }) => {
      await take()
      await system.quiet()
      passes.set(name, await trace())
    })
    calm = await endOf(travelled)
  })
  afterAll(async () => {
    await system[Symbol.asyncDispose]()
    await store[Symbol.asyncDispose]()
  })

  /** Where who dies in each act: on Postgres everywhere, on Redis once at each point that its queue can matter to. */
  function deadly(): ReadonlyMap<string, Passes> {
    if (kind === 'postgres') return passes
    const met = new Set<string>()
    const isNew = (death: string) => met.size < met.add(death).size
    return new Map(
      [...passes].map(([act, passed]) => {
        const some = services.map(
          (service) =>
            [service, passed[service].filter((point) => onQueue.test(point) && isNew(`${service} ${point}`))] as const,
        )
        return [act, Object.fromEntries(some) as { [service in Service]: string[] }]
      }),
    )
  }

  function endOf(travelled: Travelled) {
    offers.push(travelled.offerId)
    return snapshotOf(system, travelled)
  }

  test('undisturbed, the journey ends active, with 6 hours held and 10 of 16 left', () => {
    expect(calm.arrangements.arrangement).toMatchObject([{ status: 'active', hours_per_week: 6 }])
    expect(calm.marketplace.holds).toMatchObject([{ state: 'agreed', hours_per_week: 6 }])
    expect(calm.marketplace.published).toMatchObject([{ most_left: 10 }, { most_left: 2 }])
  })

  test('killed at every failpoint that every act passes, the journey ends as if nothing had happened', async ({
    annotate,
  }) => {
    const where = deadly()
    const travelled = await travel(system, async (act) => {
      const passed = where.get(act.name)
      if (!passed) throw new Error(`nothing is known of "${act.name}"`)
      await dieAtEach(system, passed, act)
    })
    expect(await endOf(travelled)).toEqual(calm)

    const both = (...commands: string[]) =>
      commands.flatMap((name) => [`${name}.before-commit`, `${name}.after-commit`])
    const deaths = (service: Service) => [...where.values()].flatMap((passed) => passed[service])
    await annotate(`${services.flatMap(deaths).length} deaths`)
    if (kind === 'redis') {
      expect(new Set(services.flatMap(deaths))).toEqual(new Set(['relay.enqueued', 'worker.mid-job']))
      return
    }
    expect(new Set(deaths('marketplace'))).toEqual(
      new Set([...both('offer.publish', 'request.publish'), 'relay.enqueued', 'worker.mid-job']),
    )
    expect(new Set(deaths('matching'))).toEqual(new Set([...both('match.seen', 'match'), 'worker.mid-job']))
    const moves = ['propose', 'revise', 'accept', 'decide', 'approve'].map((move) => `arrangement.${move}`)
    expect(new Set(deaths('arrangements'))).toEqual(new Set([...both(...moves), 'relay.enqueued', 'worker.mid-job']))
  })

  test(`with every service killed in turn at any moment, it ends the same (seed ${replay.seed})`, async () => {
    const { constellation } = system
    const [plan = []] = fc.sample(killings, { seed: replay.seed, numRuns: 1 })
    const travelled = await travel(system, async ({ name, take }) => {
      const killing = plan[acts.indexOf(name)]
      if (!killing) throw new Error(`nobody is killed during "${name}"`)
      const { victim, afterMilliseconds } = killing
      await constellation.ready(victim)
      const doomed = await constellation.pid(victim)
      const kill = async () => {
        await pause(afterMilliseconds)
        await constellation.kill(victim)
        await until(`${victim} is gone`, async () => (await constellation.pid(victim)) !== doomed)
      }
      await Promise.all([take(), kill()])
    })
    expect(await endOf(travelled)).toEqual(calm)
  })

  test('afterwards the books are in order, every audit chain is whole, and no job is left', async () => {
    const { books } = system
    expect(faultsIn(await books.history(offers), new Map(offers.map((id) => [id, 0])))).toEqual([])
    expect(await books.auditFaults()).toEqual([])
    await using queues = jobBackend(store.url)
    for (const service of services) {
      await using queue = queues.queue(service)
      await expect
        .poll(() => queue.counts(), { timeout: 30_000 })
        .toEqual({ waiting: 0, active: 0, delayed: 0, dead: 0 })
    }
  })
})
