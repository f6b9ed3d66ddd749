import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { backendKinds, type JobStore, openJobStore } from '../../packages/jobs/test/backends.ts'
import { actorOf } from '../world/cast.ts'
import { openWorld, type World } from '../world/world.ts'
import { type Books, openBooks } from './books.ts'
import { faultsIn } from './checker.ts'
import type { History } from './history.ts'
import { interleaving, play } from './interleaving.ts'
import { type Arranged, borrowers, type Market, type Offer, onIt, openMarket, weeks } from './market.ts'
import { plants } from './plants.ts'
import { replay } from '../world/replay.ts'
import { interleavings } from './seed.ts'

// Bounds for a machine that has much else to do; on two free cores the whole file takes about a minute and a half.
describe.each(backendKinds)('no double booking, with the queues on %s', { timeout: 400_000 }, (kind) => {
  let store: JobStore
  let world: World
  let books: Books
  let market: Market
  /** All offers of this file, for the last look at everything. */
  const floors = new Map<string, number>()

  beforeAll(async () => {
    store = await openJobStore(kind, inject('adminUrl'))
    world = await openWorld({ jobsUrl: store.url, matching: false })
    const { identity, marketplace, arrangements } = world.databases
    books = await openBooks({
      identity: identity.adminUrl,
      marketplace: marketplace.adminUrl,
      arrangements: arrangements.adminUrl,
    })
    market = openMarket(world)
    await books.settled()
  })
  afterAll(async () => {
    await books[Symbol.asyncDispose]()
    await world[Symbol.asyncDispose]()
    await store[Symbol.asyncDispose]()
  })

  async function faultsAbout(offers: readonly Offer[]): Promise<string[]> {
    for (const { id, floor } of offers) floors.set(id, floor)
    return faultsIn(
      await books.history(offers.map(({ id }) => id)),
      new Map(offers.map(({ id, floor }) => [id, floor])),
    )
  }

  /** An offer and everybody who may want it, each with so many requests. */
  async function lay(capacity: { hours: number; floor: number }, requests = 1) {
    const offer = await market.publishOffer(capacity)
    const turns = Array.from({ length: requests }, (_, turn) => borrowers.map((name) => market.borrower(name, turn)))
    const parties = await Promise.all(turns.flat())
    await books.settled()
    return { offer, parties }
  }

  async function approve({ id }: Arranged): Promise<unknown> {
    const version = (await books.standing('arrangement', [id])).get(id)?.version ?? 0
    return market.coordinator().arrangements.arrangement.approve(onIt({ arrangementId: id, version }))
  }

  async function statuses(all: readonly Arranged[]): Promise<string[]> {
    const standing = await books.standing(
      'arrangement',
      all.map(({ id }) => id),
    )
    return [...standing.values()].map(({ status }) => status)
  }

  test('50 approvals in parallel for the last 6 hours of an offer: never more, and each loser is told week, left and asked', async () => {
    const { offer, parties } = await lay({ hours: 16, floor: 2 }, 7)
    const term = weeks(1, 12)
    const halves = [term, weeks(1, 6), weeks(7, 6)]
    const first = await market.arrange(offer, { borrowers: parties.slice(0, 1), hours: 8, period: term })
    const rest = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        market.arrange(offer, {
          borrowers: parties.slice(index + 1, index + 2),
          hours: 2,
          period: halves[index % halves.length] ?? term,
        }),
      ),
    )
    await approve(first)
    await books.settled()
    await Promise.all(rest.map(approve))
    await books.settled()

    expect(await faultsAbout([offer])).toEqual([])
    const won = (await statuses(rest)).filter((status) => status === 'approved').length
    // Three a week: from three whole terms to three of each half.
    expect(won).toBeGreaterThanOrEqual(3)
    expect(won).toBeLessThanOrEqual(6)
    const views = await Promise.all(
      rest.map(({ id, ask: { borrowers } }) =>
        market.officer(borrowers[0]?.name ?? '').arrangements.arrangement.get({ arrangementId: id }),
      ),
    )
    const losers = views.filter(({ status }) => status === 'proposed')
    expect(losers).toHaveLength(50 - won)
    for (const { reason } of losers) {
      expect(reason).toMatchObject({ code: 'capacity_not_enough', shortfall: { left: 0, asked: 2 } })
      expect(reason?.shortfall?.week).toMatch(/^\d{4}-\d\d-\d\d$/)
    }
  })

  test('two coordinators approve the same arrangement, ten times at once: one does, the others get a conflict, the hours are held once', async () => {
    const { offer, parties } = await lay({ hours: 8, floor: 0 })
    const one = await market.arrange(offer, { borrowers: parties.slice(0, 2), hours: 2, period: weeks(2, 8) })
    const { version = 0 } = (await books.standing('arrangement', [one.id])).get(one.id) ?? {}
    const colleague = { ...actorOf('administrator@regionvastmanland.example'), roles: ['coordinator'] as const }
    const outcomes = await Promise.allSettled(
      Array.from({ length: 10 }, (_, index) => {
        const region = index % 2 ? world.as(colleague) : market.coordinator()
        return region.arrangements.arrangement.approve(onIt({ arrangementId: one.id, version }))
      }),
    )
    await books.settled()
    const refusals = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [String(outcome.reason.message)] : [],
    )
    expect(refusals).toEqual(Array.from({ length: 9 }, () => 'arrangement.stale'))
    expect(await faultsAbout([offer])).toEqual([])
  })

  test(`${interleavings} random interleavings of approvals, returns, withdrawals, early ends and changing offers (seed ${replay.seed})`, async () => {
    await fc.assert(
      fc.asyncProperty(interleaving, async (plan) => {
        expect(await faultsAbout(await play(market, books, plan))).toEqual([])
      }),
      // What runs in parallel does not run the same twice, so a smaller case may pass by luck: the first failure is the report.
      { numRuns: interleavings, ...replay, endOnFailure: true },
    )
  })

  test('afterwards, and when all terms are over, the books are in order and every audit chain is whole', async () => {
    await books.passTime('200 days', world.databases.arrangements.appUrl)
    await books.settled()
    const history = await books.history([...floors.keys()])
    expect(faultsIn(history, floors)).toEqual([])
    expect(history.steps.filter(({ move }) => move === 'finish').length).toBeGreaterThan(0)
    expect(await books.auditFaults()).toEqual([])
    expect(blindSpots(history, floors)).toEqual([])
  })
})

/** Plants of which the checker says nothing in this history; it has to see all of them. */
function blindSpots(history: History, floors: ReadonlyMap<string, number>): string[] {
  return Object.entries(plants)
    .filter(([, plant]) => faultsIn(plant(history), floors).length === 0)
    .map(([name]) => name)
}
