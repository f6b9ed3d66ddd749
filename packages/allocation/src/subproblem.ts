import { tolerance } from './calendar.ts'
import { type Problem } from './problem.ts'
import { meet, meetAll } from './weeks.ts'

/**
 * The best use a request can make of its offers when every hour per week in a slot is worth `gain` and at most `upper` can be had.
 * Exact for one and two providers. With more, what is found is feasible but may not be best; `ceiling` stays above the best.
 */
export type Subproblem = Readonly<{
  /** Writes the hours of every slot of the request into `hours` and returns what they are worth. */
  solve: (request: number, gain: Float64Array, upper: Float64Array, hours: Float64Array) => number
  /** At least what the best use is worth; the very worth of it when the request may have at most two providers. */
  ceiling: (request: number, gain: Float64Array, upper: Float64Array, found: number) => number
}>

export function subproblemOf(problem: Problem): Subproblem {
  const { edgeStart, slotStart, terms, termStart, providers, slice, slotWeeks, words } = problem
  const { levelStart, levelHours, levelWeeks } = problem
  let widest = 0
  for (let r = 0; r + 1 < edgeStart.length; r += 1) widest = Math.max(widest, edgeStart[r + 1]! - edgeStart[r]!)
  const { slotFrom, slotTo } = spans(problem)
  const order = new Int32Array(widest)
  const alone = new Float64Array(widest)
  const gains = new Float64Array(widest)
  const mosts = new Float64Array(widest)
  const leasts = new Float64Array(widest)
  let first = 0
  let second = 0

  /** The most the two slots may have together: the least demand in the weeks they share, infinite when they share none. */
  function together(request: number, term: number, a: number, b: number): number {
    const from = levelStart[termStart[request]! + term]!
    const to = levelStart[termStart[request]! + term + 1]!
    if (slotTo[a]! <= slotFrom[b]! || slotTo[b]! <= slotFrom[a]!) return Infinity
    if (to === from + 1) return meet(slotWeeks, a * words, slotWeeks, b * words, words) ? levelHours[from]! : Infinity
    let least = Infinity
    for (let level = from; level < to; level += 1) {
      if (levelHours[level]! >= least) continue
      if (meetAll(slotWeeks, a * words, slotWeeks, b * words, levelWeeks, level * words, words))
        least = levelHours[level]!
    }
    return least
  }

  /** What two edges are worth in a term; leaves the hours of each in `first` and `second`. */
  function pair(request: number, term: number, a: number, b: number, gain: Float64Array, upper: Float64Array): number {
    const slotA = slotStart[a]! + term
    const slotB = slotStart[b]! + term
    const gainA = gain[slotA]!
    const gainB = gain[slotB]!
    const mostA = upper[slotA]!
    const mostB = upper[slotB]!
    const leastA = slice[a]!
    const leastB = slice[b]!
    const useA = gainA > 0 && mostA > tolerance && mostA >= leastA - tolerance
    const useB = gainB > 0 && mostB > tolerance && mostB >= leastB - tolerance
    first = useA ? mostA : 0
    second = useB ? mostB : 0
    if (!useA || !useB) return gainA * first + gainB * second
    const room = together(request, term, slotA, slotB)
    if (mostA + mostB <= room + tolerance) return gainA * mostA + gainB * mostB
    const aloneA = gainA * mostA
    const aloneB = gainB * mostB
    if (leastA + leastB <= room + tolerance) {
      if (gainA >= gainB) {
        first = Math.min(mostA, room - leastB)
        second = Math.min(mostB, room - first)
      } else {
        second = Math.min(mostB, room - leastA)
        first = Math.min(mostA, room - second)
      }
      const worth = gainA * first + gainB * second
      if (worth >= aloneA && worth >= aloneB) return worth
    }
    first = aloneA >= aloneB ? mostA : 0
    second = aloneA >= aloneB ? 0 : mostB
    return Math.max(aloneA, aloneB)
  }

  /** Puts the edges that are worth anything alone in `order`, best first, and returns how many they are. */
  function rank(request: number, gain: Float64Array, upper: Float64Array): number {
    const from = edgeStart[request]!
    const to = edgeStart[request + 1]!
    const count = terms[request]!
    let ranked = 0
    for (let edge = from; edge < to; edge += 1) {
      let worth = 0
      const least = slice[edge]! - tolerance
      for (let slot = slotStart[edge]!; slot < slotStart[edge]! + count; slot += 1) {
        const most = upper[slot]!
        if (gain[slot]! > 0 && most > tolerance && most >= least) worth += gain[slot]! * most
      }
      if (worth <= 0) continue
      let place = ranked
      while (place > 0 && alone[place - 1]! < worth) {
        alone[place] = alone[place - 1]!
        order[place] = order[place - 1]!
        place -= 1
      }
      alone[place] = worth
      order[place] = edge
      ranked += 1
    }
    return ranked
  }

  let pairWorth = 0
  /** The best two of the ranked edges when there is one term, as `i × ranked + j`; −1 when no two are worth more than the first alone. */
  function bestPair(request: number, ranked: number, gain: Float64Array, upper: Float64Array): number {
    pairWorth = alone[0]!
    let found = -1
    // Close together in memory: this is the innermost loop of everything.
    for (let i = 0; i < ranked; i += 1) {
      const edge = order[i]!
      gains[i] = gain[slotStart[edge]!]!
      mosts[i] = upper[slotStart[edge]!]!
      leasts[i] = slice[edge]!
    }
    for (let i = 0; i + 1 < ranked && alone[i]! + alone[i + 1]! > pairWorth; i += 1) {
      const [gainA, mostA, leastA, slotA] = [gains[i]!, mosts[i]!, leasts[i]!, slotStart[order[i]!]!]
      for (let j = i + 1; j < ranked && alone[i]! + alone[j]! > pairWorth; j += 1) {
        const gainB = gains[j]!
        const mostB = mosts[j]!
        const room = together(request, 0, slotA, slotStart[order[j]!]!)
        let worth = alone[i]! + alone[j]!
        if (mostA + mostB > room + tolerance) {
          const leastB = leasts[j]!
          if (leastA + leastB > room + tolerance) continue
          if (gainA >= gainB) {
            const given = Math.min(mostA, room - leastB)
            worth = gainA * given + gainB * Math.min(mostB, room - given)
          } else {
            const given = Math.min(mostB, room - leastA)
            worth = gainB * given + gainA * Math.min(mostA, room - given)
          }
        }
        if (worth <= pairWorth) continue
        pairWorth = worth
        found = i * ranked + j
      }
    }
    return found
  }

  function solve(request: number, gain: Float64Array, upper: Float64Array, hours: Float64Array): number {
    const from = edgeStart[request]!
    const to = edgeStart[request + 1]!
    hours.fill(0, slotStart[from], slotStart[to])
    const limit = providers[request]!
    if (limit === 0 || from === to) return 0
    const ranked = rank(request, gain, upper)
    if (ranked === 0) return 0
    const count = terms[request]!
    let best = alone[0]!
    let bestA = order[0]!
    let bestB = -1
    if (limit > 1 && count === 1) {
      const pairs = bestPair(request, ranked, gain, upper)
      if (pairs >= 0) {
        best = pairWorth
        bestA = order[Math.floor(pairs / ranked)]!
        bestB = order[pairs % ranked]!
      }
    } else if (limit > 1) {
      for (let i = 0; i + 1 < ranked && alone[i]! + alone[i + 1]! > best; i += 1) {
        for (let j = i + 1; j < ranked && alone[i]! + alone[j]! > best; j += 1) {
          let worth = 0
          for (let term = 0; term < count; term += 1) worth += pair(request, term, order[i]!, order[j]!, gain, upper)
          if (worth <= best) continue
          best = worth
          bestA = order[i]!
          bestB = order[j]!
        }
      }
    }
    for (let term = 0; term < count; term += 1) {
      const slotA = slotStart[bestA]! + term
      if (bestB < 0) {
        const most = upper[slotA]!
        const use = gain[slotA]! > 0 && most > tolerance && most >= slice[bestA]! - tolerance
        hours[slotA] = use ? most : 0
        continue
      }
      pair(request, term, bestA, bestB, gain, upper)
      hours[slotA] = first
      hours[slotStart[bestB]! + term] = second
    }
    return limit > 2 && bestB >= 0 ? best + more(request, ranked, limit - 2, gain, upper, hours) : best
  }

  /** Gives what the first two left to further edges, best first; returns what that is worth. */
  function more(
    request: number,
    ranked: number,
    limit: number,
    gain: Float64Array,
    upper: Float64Array,
    hours: Float64Array,
  ): number {
    const count = terms[request]!
    let worth = 0
    let left = limit
    for (let i = 0; i < ranked && left > 0; i += 1) {
      const edge = order[i]!
      let given = 0
      for (let term = 0; term < count; term += 1) {
        const slot = slotStart[edge]! + term
        if (hours[slot]! > 0) break
        const most = Math.min(upper[slot]!, leftBeside(request, term, slot, hours))
        if (gain[slot]! <= 0 || most <= tolerance || most < slice[edge]!) continue
        hours[slot] = most
        given += gain[slot]! * most
      }
      if (given > 0) left -= 1
      worth += given
    }
    return worth
  }

  /** The demand that is left for a slot beside the hours of the others in its term. */
  function leftBeside(request: number, term: number, slot: number, hours: Float64Array): number {
    let least = Infinity
    for (
      let level = levelStart[termStart[request]! + term]!;
      level < levelStart[termStart[request]! + term + 1]!;
      level += 1
    ) {
      if (!meet(slotWeeks, slot * words, levelWeeks, level * words, words)) continue
      let left = levelHours[level]!
      for (let edge = edgeStart[request]!; edge < edgeStart[request + 1]!; edge += 1) {
        const other = slotStart[edge]! + term
        if (hours[other]! <= 0) continue
        if (meetAll(slotWeeks, slot * words, slotWeeks, other * words, levelWeeks, level * words, words))
          left -= hours[other]!
      }
      least = Math.min(least, left)
    }
    return least
  }

  function ceiling(request: number, gain: Float64Array, upper: Float64Array, found: number): number {
    const limit = providers[request]!
    if (limit <= 2) return found
    const ranked = rank(request, gain, upper)
    let few = 0
    for (let i = 0; i < Math.min(limit, ranked); i += 1) few += alone[i]!
    // Or: as many providers as it likes, each week's demand going to those that are worth most per week.
    let many = 0
    for (let term = 0; term < terms[request]!; term += 1) {
      const start = termStart[request]! + term
      for (let level = levelStart[start]!; level < levelStart[start + 1]!; level += 1) {
        many += levelHours[level]! * bestPerWeeks(request, term, level, gain)
      }
    }
    return Math.max(found, Math.min(few, many))
  }

  /** What an hour per week in all weeks of a level is worth at most, each week going to the slot that is worth most per week. */
  function bestPerWeeks(request: number, term: number, level: number, gain: Float64Array): number {
    let worth = 0
    for (let word = 0; word < words; word += 1) {
      for (let bits = levelWeeks[level * words + word]!; bits !== 0; bits &= bits - 1) {
        const week = bits & -bits
        let best = 0
        for (let edge = edgeStart[request]!; edge < edgeStart[request + 1]!; edge += 1) {
          const slot = slotStart[edge]! + term
          if ((slotWeeks[slot * words + word]! & week) === 0) continue
          best = Math.max(best, gain[slot]! / problem.weeks[slot]!)
        }
        worth += best
      }
    }
    return worth
  }

  return { solve, ceiling }
}

/** The first week of every slot and the week after its last. */
function spans({ slotWeeks, upper, words }: Problem) {
  const slotFrom = new Int16Array(upper.length)
  const slotTo = new Int16Array(upper.length)
  for (let slot = 0; slot < upper.length; slot += 1) {
    for (let word = words - 1; word >= 0; word -= 1) {
      const bits = slotWeeks[slot * words + word]!
      if (bits === 0) continue
      if (slotTo[slot] === 0) slotTo[slot] = 32 * (word + 1) - Math.clz32(bits)
      slotFrom[slot] = 32 * word + 31 - Math.clz32(bits & -bits)
    }
  }
  return { slotFrom, slotTo }
}
