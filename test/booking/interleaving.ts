import { moveObstacles } from '@samkraft/contracts/arrangements'
import { addDays } from '@samkraft/kernel'
import { TRPCError } from '@trpc/server'
import fc from 'fast-check'
import type { Books, Standing } from './books.ts'
import { type Arranged, borrowers, key, lender, type Market, type Offer, onIt, weeks, weeksOffered } from './market.ts'

/** What somebody does. `on` picks the arrangement or the offer, whatever number of them there is. */
type Act =
  | Readonly<{ kind: 'approve' | 'return'; on: number }>
  | Readonly<{ kind: 'withdraw'; on: number; by: 'lender' | 'borrower' }>
  | Readonly<{ kind: 'end'; on: number; by: 'lender' | 'borrower'; days: number }>
  | Readonly<{ kind: 'again'; on: number; hours: number }>
  | Readonly<{ kind: 'change'; on: number; hours: number }>
  | Readonly<{ kind: 'pause' | 'resume' | 'close'; on: number }>

/** A small market, and waves of acts: those of a wave begin at once; some waves wait until the ledger has answered the last. */
export type Interleaving = Readonly<{
  offers: readonly Readonly<{ hours: number; floor: number }>[]
  asks: readonly Readonly<{
    offer: number
    borrowers: readonly string[]
    hours: number
    first: number
    weeks: number
  }>[]
  waves: readonly Readonly<{ acts: readonly Act[]; quiet: boolean }>[]
}>

const on = fc.nat({ max: 11 })
const by = fc.constantFrom('lender' as const, 'borrower' as const)
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 10, arbitrary: fc.record({ kind: fc.constant('approve' as const), on }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('return' as const), on }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('withdraw' as const), on, by }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('end' as const),
      on,
      by,
      days: fc.oneof(fc.nat({ max: 10 }), fc.nat({ max: 90 })),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('again' as const), on, hours: fc.integer({ min: 1, max: 4 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('change' as const), on, hours: fc.integer({ min: 2, max: 9 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom('pause' as const, 'resume' as const, 'close' as const), on }),
  },
)

/** More is asked for than there is, in overlapping weeks. Floors leave something, and every ask fits while nothing is held. */
export const interleaving: fc.Arbitrary<Interleaving> = fc.record({
  offers: fc.array(fc.record({ hours: fc.integer({ min: 4, max: 7 }), floor: fc.nat({ max: 1 }) }), {
    minLength: 1,
    maxLength: 2,
  }),
  asks: fc.array(
    fc.record({
      offer: on,
      borrowers: fc.oneof(
        { weight: 4, arbitrary: fc.subarray([...borrowers], { minLength: 1, maxLength: 1 }) },
        { weight: 1, arbitrary: fc.subarray([...borrowers], { minLength: 2, maxLength: 2 }) },
      ),
      hours: fc.integer({ min: 1, max: 3 }),
      first: fc.nat({ max: 6 }),
      weeks: fc.integer({ min: 2, max: weeksOffered - 6 }),
    }),
    { minLength: 2, maxLength: 4 },
  ),
  waves: fc.array(fc.record({ acts: fc.array(act, { minLength: 1, maxLength: 6 }), quiet: fc.boolean() }), {
    minLength: 2,
    maxLength: 4,
  }),
})

/** Refusals that are part of the game: somebody else was first, or the move is not open from here. */
const expected: ReadonlySet<string> = new Set([
  ...moveObstacles.map((obstacle) => `arrangement.${obstacle}`),
  ...[
    'arrangement.stale',
    'arrangement.capacity_short',
    'arrangement.last_day_not_earlier',
    'arrangement.nothing_changed',
  ],
  ...['offer.stale', 'offer.below_held', 'offer.move_not_allowed'],
])

/** Lays out the market, plays the waves, and returns when everything has had its answer. */
export async function play(market: Market, books: Books, plan: Interleaving): Promise<readonly Offer[]> {
  const offers = await Promise.all(plan.offers.map((capacity) => market.publishOffer(capacity)))
  const parties = await Promise.all(
    plan.asks.map((ask, turn) => Promise.all(ask.borrowers.map((name) => market.borrower(name, turn)))),
  )
  const listings = [...offers.map(({ id }) => id), ...parties.flat().map(({ requestId }) => requestId)]
  await books.settled(listings)
  const arranged = await Promise.all(
    plan.asks.map(({ offer, hours, first, weeks: count }, index) => {
      const borrowers = parties[index] ?? []
      return market.arrange(pick(offers, offer), {
        borrowers,
        hours: hours / borrowers.length,
        period: weeks(first, count),
      })
    }),
  )
  const everything = [...listings, ...arranged.map(({ id }) => id)]
  for (const { acts, quiet } of plan.waves) {
    const seen = await look(books, offers, arranged)
    await Promise.all(acts.map((one) => attempt(() => perform(market, one, { offers, arranged, seen }))))
    if (quiet) await books.settled(everything)
  }
  await books.settled(everything)
  return offers
}

type Scene = Readonly<{ offers: readonly Offer[]; arranged: readonly Arranged[]; seen: Seen }>
type Seen = Readonly<{ offers: ReadonlyMap<string, Standing>; arrangements: ReadonlyMap<string, Standing> }>

async function look(books: Books, offers: readonly Offer[], arranged: readonly Arranged[]): Promise<Seen> {
  const [ofOffers, ofArrangements] = await Promise.all([
    books.standing(
      'offer',
      offers.map(({ id }) => id),
    ),
    books.standing(
      'arrangement',
      arranged.map(({ id }) => id),
    ),
  ])
  return { offers: ofOffers, arrangements: ofArrangements }
}

function pick<Item>(items: readonly Item[], index: number): Item {
  const item = items[index % items.length]
  if (item === undefined) throw new Error('nothing to pick from')
  return item
}

async function attempt(run: () => Promise<unknown>): Promise<void> {
  try {
    await run()
  } catch (error) {
    if (!(error instanceof TRPCError && expected.has(error.message))) throw error
  }
}

/** Does it by the version that was last seen, as a person before a page would. */
async function perform(market: Market, act: Act, { offers, arranged, seen }: Scene): Promise<unknown> {
  switch (act.kind) {
    case 'change':
    case 'pause':
    case 'resume':
    case 'close': {
      const offer = pick(offers, act.on)
      const command = { ...key(), offerId: offer.id, version: seen.offers.get(offer.id)?.version ?? 0 }
      const api = market.officer(lender).marketplace.offer
      if (act.kind === 'change')
        return api.change({ ...command, details: market.offered({ hours: act.hours, floor: offer.floor }) })
      return act.kind === 'close' ? api.withdraw(command) : api[act.kind](command)
    }
    default:
      return moveOn(market, act, { offers, arranged, seen })
  }
}

type ArrangementAct = Extract<Act, { kind: 'approve' | 'return' | 'withdraw' | 'end' | 'again' }>

/** Where each act makes sense. It is aimed there when it can be, so that most acts have an effect; others in the same wave may be first. */
const aims: Readonly<Record<ArrangementAct['kind'], readonly string[]>> = {
  approve: ['coordinator_approval'],
  return: ['coordinator_approval'],
  withdraw: ['coordinator_approval'],
  end: ['approved', 'active'],
  again: ['proposed'],
}

async function moveOn(market: Market, act: ArrangementAct, { arranged, seen }: Scene): Promise<unknown> {
  const statusOf = ({ id }: Arranged) => seen.arrangements.get(id)?.status ?? ''
  const aimed = arranged.filter((one) => aims[act.kind].includes(statusOf(one)))
  const one = pick(aimed.length > 0 ? aimed : arranged, act.on)
  const version = seen.arrangements.get(one.id)?.version ?? 0
  const on = onIt({ arrangementId: one.id, version })
  const party = (side: 'lender' | 'borrower') =>
    market.decider(side === 'lender' ? lender : pick(one.ask.borrowers, 0).name).arrangements.arrangement
  const region = market.coordinator().arrangements.arrangement
  switch (act.kind) {
    case 'approve':
      return region.approve(on)
    case 'return':
      return region.return({ ...on, reasonCode: 'missing_basis', reasonText: 'Vem leder arbetet?' })
    case 'withdraw':
      return party(act.by).withdraw({ ...on, reasonCode: 'need_gone' })
    case 'end':
      return party(act.by).end({ ...on, reasonCode: 'need_gone', lastDay: addDays(weeks(0, 1).to, act.days) })
    case 'again':
      return market.arrangeAnew(one, version, act.hours)
  }
}
