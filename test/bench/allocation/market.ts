import { type Edge, type Market, type Offer, type Request, type Segment } from '@samkraft/allocation'

const sizes = {
  county: { parties: 12, requests: 60, offers: 90, groups: 12, edges: 12 },
  region: { parties: 50, requests: 1_000, offers: 1_500, groups: 30, edges: 20 },
  national: { parties: 290, requests: 5_000, offers: 7_000, groups: 40, edges: 20 },
  tenfold: { parties: 2_900, requests: 50_000, offers: 70_000, groups: 400, edges: 20 },
} as const
export type Size = keyof typeof sizes

const weeks = 104
const term = 26

/**
 * A market of a size: parties somewhere on a map, requests and offers in competence groups of different popularity, with terms that
 * begin in different weeks and different hours in each; every request has its best offers, by competence and distance, as edges.
 */
export function marketOf(size: Size, seed: number): Market {
  const { parties, requests, offers, groups, edges } = sizes[size]
  const draw = drawing(seed * 7_919 + requests)
  const places = Array.from({ length: parties }, () => ({ x: draw(), y: draw() }))
  // Some groups are asked for more than they are offered, some less.
  const popular = Array.from({ length: groups }, () => ({ asked: 0.4 + draw(), offered: 0.4 + draw() }))
  const groupBy = (weight: (group: { asked: number; offered: number }) => number) => {
    const total = popular.reduce((sum, group) => sum + weight(group), 0)
    return () => {
      let left = draw() * total
      return Math.min(
        groups - 1,
        popular.findIndex((group) => (left -= weight(group)) <= 0),
      )
    }
  }
  const askedGroup = groupBy(({ asked }) => asked)
  const offeredGroup = groupBy(({ offered }) => offered)
  const someParty = () => Math.floor(draw() * parties)
  const between = (least: number, most: number) => least + Math.floor(draw() * (most - least + 1))
  const id = (letter: string, number: number) => `${letter}${String(number).padStart(6, '0')}`

  /** One to three terms in a row; one in three has hours that differ between them. */
  function terms(hours: number, least: number, most: number): Segment[] {
    const first = between(0, 3)
    const count = Math.min(4 - first, between(1, 3))
    const shift = between(0, 8)
    const swing = draw() < 1 / 3 ? 0.6 : 0
    return Array.from({ length: count }, (_, at) => ({
      fromWeek: (first + at) * term + (at === 0 ? shift : 0),
      toWeek: (first + at + 1) * term - (at === count - 1 ? between(0, 8) : 0),
      hoursPerWeek: Math.round(Math.min(most, Math.max(least, hours * (1 + swing * (draw() - 0.5))))),
    }))
  }

  const asking = Array.from({ length: requests }, (_, number) => {
    const party = someParty()
    const request: Request = {
      id: id('r', number),
      party: `p${party}`,
      demand: terms(between(2, 24), 2, 24),
      minimumSlice: between(1, 2),
    }
    return { request, party, group: askedGroup() }
  })
  const offering = Array.from({ length: offers }, (_, number) => {
    const party = someParty()
    const hours = 4 * 10 ** draw()
    const offer: Offer = {
      id: id('o', number),
      party: `p${party}`,
      capacity: terms(hours, 4, 40),
      minimumSlice: between(1, 4),
    }
    return { offer, party, group: offeredGroup() }
  })
  const inGroup = Map.groupBy(offering, ({ group }) => group)
  const chosen: Edge[] = []
  for (const { request, party, group } of asking) {
    const here = places[party] ?? { x: 0, y: 0 }
    const scored: Edge[] = []
    for (const [near, fit] of [
      [group, 1],
      [(group + 1) % groups, 0.75],
      [(group + 2) % groups, 0.55],
    ] as const) {
      for (const one of inGroup.get(near) ?? []) {
        if (!meet(request.demand, one.offer.capacity)) continue
        const there = places[one.party] ?? here
        const distance = Math.hypot(here.x - there.x, here.y - there.y)
        const score = Math.round(100 * fit * (1 - 0.5 * Math.min(1, distance)) * (0.9 + 0.1 * draw())) / 100
        scored.push({ request: request.id, offer: one.offer.id, score })
      }
    }
    scored.sort((a, b) => b.score - a.score || (a.offer < b.offer ? -1 : 1))
    chosen.push(...scored.slice(0, edges + between(-edges / 4, edges / 4)))
  }
  return {
    weeks,
    requests: asking.map(({ request }) => request),
    offers: offering.map(({ offer }) => offer),
    edges: chosen,
  }
}

function meet(demand: readonly Segment[], capacity: readonly Segment[]): boolean {
  return demand.some((asked) =>
    capacity.some(({ fromWeek, toWeek }) => fromWeek < asked.toWeek && asked.fromWeek < toWeek),
  )
}

/** Numbers in [0, 1) from a seed (xorshift), of a kind the engine does not use. */
function drawing(seed: number): () => number {
  let state = (seed * 2_654_435_761 + 1) >>> 0 || 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state / 4_294_967_296
  }
}
