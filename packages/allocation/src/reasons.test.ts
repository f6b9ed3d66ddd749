import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { smallMarkets } from '../test/small-market.ts'
import { allocate, type Market, type Plan, type Policy, type Reason, type Segment } from './index.ts'
import { reasonsOf } from './reasons.ts'

const small = 1e-6

/**
 * Whether a reason is true of a week, by trying: can more be placed, as it is, with a provider more, with a smaller slice, or with the
 * other requests out of the way?
 */
function holds(
  market: Market,
  { assignments }: Plan,
  request: string,
  week: number,
): Record<Reason | 'by-term', boolean> {
  const { weeks, maxProviders = 2 } = market
  const asks = market.requests.find(({ id }) => id === request)
  const edges = market.edges.filter((edge) => edge.request === request)
  const own = assignments.filter((row) => row.request === request)
  const providers = new Set(own.map(({ offer }) => offer))
  const given = (rows: Plan['assignments'], at: number) =>
    rows.filter(({ fromWeek, toWeek }) => fromWeek <= at && at < toWeek).reduce((sum, row) => sum + row.hoursPerWeek, 0)
  const tried = edges.flatMap(({ offer, apart = [] }) => {
    const gives = market.offers.find(({ id }) => id === offer)
    if (!gives || !asks) return []
    const shared = Array.from({ length: weeks }, (_, at) => at).filter(
      (at) => hours(asks.demand, at) > 0 && hours(gives.capacity, at) > 0 && !apart.includes(at),
    )
    if (!shared.includes(week)) return []
    const others = assignments.filter((row) => row.offer === offer && row.request !== request)
    const mine = own.filter((row) => row.offer === offer)
    const wanted = (at: number) => hours(asks.demand, at) - given(own, at)
    const alone = (at: number) => hours(gives.capacity, at) - given(mine, at)
    const room = Math.min(...shared.map((at) => Math.min(wanted(at), alone(at) - given(others, at))))
    const roomAlone = Math.min(...shared.map((at) => Math.min(wanted(at), alone(at))))
    const least = mine.length > 0 ? 0 : Math.max(asks.minimumSlice, gives.minimumSlice)
    const allowed = mine.length > 0 || providers.size < maxProviders
    const term = asks.demand.find(({ fromWeek, toWeek }) => fromWeek <= week && week < toWeek)
    const inTerm = shared.filter((at) => term && term.fromWeek <= at && at < term.toWeek)
    const roomInTerm = Math.min(...inTerm.map((at) => Math.min(wanted(at), alone(at) - given(others, at))))
    return [{ room, roomAlone, roomInTerm, more: alone(week), least, allowed }]
  })
  const fits = tried.filter(({ room, least }) => room > small && room >= least - small)
  const alone = tried.filter(({ roomAlone }) => roomAlone > small)
  const useful = ({ roomAlone, least }: (typeof tried)[number]) => roomAlone >= least - small
  return {
    'no-offer': alone.length === 0 && tried.every(({ more }) => more <= small),
    'by-term':
      alone.length === 0 &&
      tried.some(({ roomInTerm, least, allowed }) => allowed && roomInTerm > small && roomInTerm >= least - small),
    period: alone.length === 0 && (tried.length === 0 ? edges.length > 0 : tried.some(({ more }) => more > small)),
    'taken-by-others': fits.length === 0 && alone.some((one) => one.room <= small && useful(one)),
    'slice-too-small': alone.some((one) => (one.room > small ? one.room < one.least : !useful(one))),
    'too-many-providers': fits.some(({ allowed }) => !allowed) && !fits.some(({ allowed }) => allowed),
    decided: false,
  }
}

function hours(segments: readonly Segment[], week: number): number {
  return segments.find(({ fromWeek, toWeek }) => fromWeek <= week && week < toWeek)?.hoursPerWeek ?? 0
}

const policies: readonly Policy[] = [
  { kind: 'most-help' },
  { kind: 'worst-off-first' },
  { kind: 'balanced', fairness: 0.6 },
]

test.each(policies)('the reason of every unmet hour is true when one tries to place it ($kind)', (policy) => {
  fc.assert(
    fc.property(smallMarkets({ weeks: 8, requests: 6, offers: 5, parties: 3 }), (market) => {
      const plan = allocate(market, policy, { iterations: 50 })
      for (const { request, hours: unmet, reason, byTerm = 0 } of plan.unmet) {
        const demand = market.requests.find(({ id }) => id === request)?.demand ?? []
        let [explained, ifByTerm] = [0, 0]
        for (let week = 0; week < market.weeks; week += 1) {
          const left = plan.assignments
            .filter((row) => row.request === request && row.fromWeek <= week && week < row.toWeek)
            .reduce((sum, row) => sum - row.hoursPerWeek, hours(demand, week))
          const isTrue = left > 0 && holds(market, plan, request, week)
          if (isTrue && isTrue[reason]) explained += left
          if (isTrue && isTrue['by-term']) ifByTerm += left
        }
        expect(explained, `${request}: ${reason}`).toBeGreaterThanOrEqual(unmet - small)
        expect(ifByTerm, `${request}: by term`).toBeGreaterThanOrEqual(byTerm - small)
      }
    }),
    { seed: 21, numRuns: 200 },
  )
})

const term = { fromWeek: 0, toWeek: 10, hoursPerWeek: 10 }
const request = { id: 'r', party: 'small', demand: [term], minimumSlice: 1 }
const offer = { id: 'o', party: 'large', capacity: [term], minimumSlice: 1 }
const edge = { request: 'r', offer: 'o', score: 1 }
const market: Market = { weeks: 20, requests: [request], offers: [offer], edges: [edge] }
const unmet = (changed: Partial<Market>) =>
  allocate({ ...market, ...changed }, { kind: 'most-help' }, { iterations: 10 }).unmet

test('nobody offers it: no-offer', () => {
  expect(unmet({ edges: [] })).toEqual([{ request: 'r', hours: 100, reason: 'no-offer' }])
})

test('the offer gives this request all it has: no-offer', () => {
  const smaller = { ...offer, capacity: [{ ...term, hoursPerWeek: 4 }] }
  expect(unmet({ offers: [smaller] })).toEqual([{ request: 'r', hours: 60, reason: 'no-offer' }])
})

test('the offer is for other weeks: period', () => {
  const later = { ...offer, capacity: [{ fromWeek: 5, toWeek: 20, hoursPerWeek: 10 }] }
  expect(unmet({ offers: [later] })).toEqual([{ request: 'r', hours: 50, reason: 'period' }])
})

test('another request has it: taken-by-others', () => {
  const better = { ...request, id: 'a', party: 'other' }
  const edges = [{ ...edge, score: 0.5 }, { ...edge, request: 'a' }] // prettier-ignore
  expect(unmet({ requests: [request, better], edges })).toEqual([
    { request: 'r', hours: 100, reason: 'taken-by-others' },
  ])
})

test('what is left is less than anybody can live with: slice-too-small', () => {
  const better = { ...request, id: 'a', party: 'other', demand: [{ ...term, hoursPerWeek: 8 }] }
  const edges = [{ ...edge, score: 0.2 }, { ...edge, request: 'a' }] // prettier-ignore
  const demanding = { ...request, minimumSlice: 3 }
  expect(unmet({ requests: [demanding, better], edges })).toEqual([
    { request: 'r', hours: 100, reason: 'slice-too-small' },
  ])
})

test('there is a third offer, but two is the most: too-many-providers', () => {
  const three = ['o1', 'o2', 'o3'].map((id) => ({ ...offer, id, capacity: [{ ...term, hoursPerWeek: 4 }] }))
  const edges = three.map(({ id }) => ({ ...edge, offer: id }))
  expect(unmet({ offers: three, edges })).toEqual([{ request: 'r', hours: 20, reason: 'too-many-providers' }])
})

test('another request has it, but it is all less than this one can live with: slice-too-small', () => {
  const better = { ...request, id: 'a', party: 'other' }
  const edges = [{ ...edge, score: 0.5 }, { ...edge, request: 'a' }] // prettier-ignore
  const demanding = { ...request, minimumSlice: 5 }
  const little = { ...offer, capacity: [{ ...term, hoursPerWeek: 4 }] }
  expect(unmet({ requests: [demanding, better], offers: [little], edges })).toContainEqual({
    request: 'r',
    hours: 100,
    reason: 'slice-too-small',
  })
})

describe('one offer is used up, and another could give more in some weeks', () => {
  const rising = {
    ...request,
    demand: [
      { ...term, toWeek: 5, hoursPerWeek: 4 },
      { ...term, fromWeek: 5 },
    ],
  }
  const usedUp = { id: 'late', party: 'large', capacity: [{ ...term, fromWeek: 5, hoursPerWeek: 2 }], minimumSlice: 1 }
  const edges = [edge, { ...edge, offer: 'late' }]

  test('which are a whole term: period, and in a plan where they may differ nothing is unmet', () => {
    const changed = { ...market, requests: [rising], offers: [offer, usedUp], edges }
    const hours = 5 * (10 - 4 - 2)
    expect(unmet(changed)).toEqual([{ request: 'r', hours, reason: 'period', byTerm: hours }])
    expect(allocate(changed, { kind: 'most-help' }, { iterations: 10, shape: 'by-term' }).unmet).toEqual([])
  })

  test('but not in all of a term: period', () => {
    const falling = {
      ...offer,
      capacity: [
        { ...term, toWeek: 9 },
        { ...term, fromWeek: 9, hoursPerWeek: 4 },
      ],
    }
    expect(unmet({ requests: [rising], offers: [falling, usedUp], edges })).toEqual([
      { request: 'r', hours: 4 * (10 - 4 - 2), reason: 'period' },
      { request: 'r', hours: 10 - 4 - 2, reason: 'no-offer' },
    ])
  })
})

test('a millionth of an hour that the arithmetic left is nothing that could be given: it is no reason for the others', () => {
  const rising = {
    ...request,
    demand: [
      { ...term, toWeek: 5, hoursPerWeek: 2 },
      { ...term, fromWeek: 5, hoursPerWeek: 4 },
    ],
  }
  const given = [{ ...term, request: 'r', offer: 'o', hoursPerWeek: 2 - 1e-6 }]
  const little = { id: 'little', party: 'large', capacity: [term], minimumSlice: 1 }
  const edges = [edge, { ...edge, offer: 'little' }]
  const unmetOf = reasonsOf({ ...market, requests: [rising], offers: [offer, little], edges }, given, false)
  expect(unmetOf.filter(({ hours }) => hours > 1e-3)).toEqual([
    { request: 'r', hours: expect.closeTo(5 * 2, 4), reason: 'period', byTerm: expect.closeTo(5 * 2, 4) },
  ])
})

describe('what is decided by hand', () => {
  const half = { ...term, toWeek: 5 }

  test('the pair is locked at fewer hours than there are: decided', () => {
    expect(unmet({ locked: [{ ...term, request: 'r', offer: 'o', hoursPerWeek: 4 }] })).toEqual([
      { request: 'r', hours: 60, reason: 'decided' },
    ])
  })

  test('the pair is locked at all there is: no-offer', () => {
    const smaller = { ...offer, capacity: [{ ...term, hoursPerWeek: 4 }] }
    const locked = [{ ...term, request: 'r', offer: 'o', hoursPerWeek: 4 }]
    expect(unmet({ offers: [smaller], locked })).toEqual([{ request: 'r', hours: 60, reason: 'no-offer' }])
  })

  test('the pair that is locked is for other weeks: period', () => {
    const locked = [{ ...half, request: 'r', offer: 'o' }]
    expect(unmet({ offers: [{ ...offer, capacity: [half] }], locked })).toEqual([
      { request: 'r', hours: 50, reason: 'period' },
    ])
  })

  test('the pair is excluded: decided in the weeks it has hours, and in no others', () => {
    const excluded = [{ request: 'r', offer: 'o' }]
    const offers = [{ ...offer, capacity: [half] }]
    expect(unmet({ offers, edges: [], excluded })).toEqual([
      { request: 'r', hours: 50, reason: 'decided' },
      { request: 'r', hours: 50, reason: 'no-offer' },
    ])
  })

  test('another offer is for other weeks, those of the excluded pair are decided', () => {
    const early = { ...offer, id: 'early', capacity: [half] }
    const edges = [{ ...edge, offer: 'early' }]
    expect(unmet({ offers: [offer, early], edges, excluded: [{ request: 'r', offer: 'o' }] })).toEqual([
      { request: 'r', hours: 50, reason: 'decided' },
    ])
  })

  test('the offer is locked to another in some of the weeks: taken-by-others in those', () => {
    const other = { ...request, id: 'a', party: 'other', demand: [half] }
    const locked = [{ ...half, request: 'a', offer: 'o' }]
    expect(unmet({ requests: [request, other], edges: [edge, { ...edge, request: 'a' }], locked })).toEqual([
      { request: 'r', hours: 50, reason: 'taken-by-others' },
    ])
  })

  test('the offer is locked for some weeks, and to another in the others: taken-by-others in those', () => {
    const other = { ...request, id: 'a', party: 'other', demand: [{ ...term, fromWeek: 5 }] }
    const locked = [
      { ...half, request: 'r', offer: 'o' },
      { ...term, fromWeek: 5, request: 'a', offer: 'o' },
    ]
    expect(unmet({ requests: [request, other], locked })).toEqual([
      { request: 'r', hours: 50, reason: 'taken-by-others' },
    ])
  })
})
