import { type Market } from './market.ts'

/** So many requests go together at least: what is smaller costs more to begin than to search. */
const least = 8

/**
 * The parts of a market that no edge and nothing locked ties together, where help can be sought in each for itself. Each has
 * requests; they come in the order of their first ones, small ones together with the next, and keep the order of the market.
 */
export function componentsOf(market: Market): Market[] {
  const { requests, offers, edges, locked = [] } = market
  const pairs = [...edges, ...locked]
  const leader = new Map<string, string>()
  const find = (name: string): string => {
    let top = name
    for (let next = leader.get(top); next !== undefined; next = leader.get(top)) top = next
    for (let at = name; at !== top;) {
      const next = leader.get(at) ?? top
      leader.set(at, top)
      at = next
    }
    return top
  }
  // A request and an offer may have the same id.
  const asking = (id: string) => `r${id}`
  const giving = (id: string) => `o${id}`
  for (const { request, offer } of pairs) {
    const [a, b] = [find(asking(request)), find(giving(offer))]
    if (a !== b) leader.set(a, b)
  }
  const count = new Map<string, number>()
  for (const { id } of requests) {
    const component = find(asking(id))
    count.set(component, (count.get(component) ?? 0) + 1)
  }
  const places = new Map<string, number>()
  const sizes: number[] = []
  for (const [component, size] of count) {
    const last = sizes.length - 1
    const place = last >= 0 && sizes[last]! < least ? last : sizes.push(0) - 1
    places.set(component, place)
    sizes[place]! += size
  }
  if (sizes.length <= 1) return [market]
  const placeOf = (name: string) => places.get(find(name)) ?? -1
  const byPlace = <Thing>(things: readonly Thing[], place: (thing: Thing) => number) => {
    const parts: Thing[][] = sizes.map(() => [])
    for (const thing of things) parts[place(thing)]?.push(thing)
    return parts
  }
  const of = {
    requests: byPlace(requests, ({ id }) => placeOf(asking(id))),
    offers: byPlace(offers, ({ id }) => placeOf(giving(id))),
    edges: byPlace(edges, ({ request }) => placeOf(asking(request))),
    locked: byPlace(locked, ({ request }) => placeOf(asking(request))),
  }
  return sizes.map((_, at) => ({
    ...market,
    requests: of.requests[at]!,
    offers: of.offers[at]!,
    edges: of.edges[at]!,
    locked: of.locked[at]!,
  }))
}
