import { distanceKm, type Position } from './parties.ts'

/** A round trip: in which order the places are visited, and how long it is as the crow flies. */
export type Circuit = Readonly<{ order: readonly number[]; km: number }>

/**
 * The shortest round trip through some places, exact (Held and Karp: the best way through each subset to each last place).
 * `order` holds the places' numbers and begins with the first. Time and memory grow as n² · 2ⁿ: meant for ten places at
 * most. Null when a position is unknown.
 */
export function shortestCircuit(places: readonly Position[]): Circuit | null {
  if (places.some((place) => place === null)) return null
  const count = places.length
  const km = places.map((from) => places.map((to) => distanceKm(from, to) ?? 0))
  const between = (from: number, to: number) => km[from]?.[to] ?? 0
  if (count < 2) return { order: places.map((_, number) => number), km: 0 }
  const { best, before } = waysThrough(count, between)
  const everything = (1 << (count - 1)) - 1
  let last = 1
  for (let place = 2; place < count; place += 1) if (home(place) < home(last)) last = place
  const order: number[] = []
  for (let [visited, place] = [everything, last]; visited > 0;) {
    order.unshift(place)
    const previous = before[visited * count + place] ?? 0
    visited &= ~(1 << (place - 1))
    place = previous
  }
  return { order: [0, ...order], km: home(last) }

  function home(place: number): number {
    return (best[everything * count + place] ?? Infinity) + between(place, 0)
  }
}

/** For each set of places visited after the first and each last among them: the shortest way there, and what came before it. */
function waysThrough(count: number, between: (from: number, to: number) => number) {
  const sets = 1 << (count - 1)
  const best = new Float64Array(sets * count).fill(Infinity)
  const before = new Uint8Array(sets * count)
  for (let visited = 1; visited < sets; visited += 1) {
    for (let last = 1; last < count; last += 1) {
      const bit = 1 << (last - 1)
      if ((visited & bit) === 0) continue
      const rest = visited & ~bit
      const at = visited * count + last
      if (rest === 0) best[at] = between(0, last)
      for (let previous = 1; previous < count; previous += 1) {
        const way = (best[rest * count + previous] ?? Infinity) + between(previous, last)
        if (way >= (best[at] ?? Infinity)) continue
        best[at] = way
        before[at] = previous
      }
    }
  }
  return { best, before }
}
