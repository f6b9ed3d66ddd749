import { tolerance } from './calendar.ts'
import { type Part } from './part.ts'
import { move, turn } from './subgradient.ts'

/** A case: what the best plan for the part is worth at most when some slots are used and some are not. */
export type Case = Readonly<{
  bound: number
  price: Float64Array
  /** The bound that its own prices give: another may have been lower. */
  priced: number
  /** Per slot of the part: how often the request used it on the way to the bound, from 0 to 1. */
  use: Float64Array
  decided: readonly Decision[]
  choices: Choosing
  /** How far above the target it was when its choices were last looked through. */
  lookedThrough: number
}>
export type Decision = Readonly<{ slot: number; used: boolean }>

/** What may still be chosen in a case. */
type Choosing = Readonly<{
  /** Per request: all it may choose from, and those of them that count as long as it is bound to nothing. */
  all: readonly Int32Array[]
  high: readonly Int32Array[]
  /** The slots that are in any of them. */
  slots: Int32Array
}>

/** What was used early on counts little, but it shows that the request is in two minds. */
const early = 1e-3
/** A case that has come so much nearer to the target has its choices looked through again. */
const nearer = 0.5

/** Bounds the cases of a part; keeps what it computes with between them. */
export function relaxationOf(part: Part, gain: Float64Array) {
  const { requests, slots, holder, rowStart, slotRows, capacity, choices } = part
  const { start, first, second, firstHours, secondHours, low } = choices
  // A choice of one slot has for its second one that is worth nothing, so that the innermost loop need not ask.
  const margins = new Float64Array(slots.length + 1)
  const other = second.map((slot) => (slot < 0 ? slots.length : slot))
  const spare = new Float64Array(capacity.length)
  const direction = new Float64Array(capacity.length)
  const price = new Float64Array(capacity.length)
  const worths = new Float64Array(first.length)
  const kept = new Uint8Array(first.length)
  const alive = new Uint8Array(slots.length)
  const isHigh = (choice: number) => low[choice] === 0
  const uses = (choice: number, slot: number) => first[choice] === slot || second[choice] === slot

  function worth(choice: number): number {
    return margins[first[choice]!]! * firstHours[choice]! + margins[other[choice]!]! * secondHours[choice]!
  }
  function give(slot: number, hours: number): void {
    for (let at = rowStart[slot]!; at < rowStart[slot + 1]!; at += 1) spare[slotRows[at]!]! -= hours
  }

  /** What is left of the gain of some slots when they have paid for their rows. */
  function payFor(some: Int32Array): void {
    for (let place = 0; place < some.length; place += 1) {
      const slot = some[place]!
      let left = gain[slot]!
      for (let at = rowStart[slot]!; at < rowStart[slot + 1]!; at += 1) left -= price[slotRows[at]!]!
      margins[slot] = left
    }
  }

  /** The case in which nothing is decided yet. */
  function whole(begin: Float64Array): Case {
    const all = requests.map((_, request) =>
      Int32Array.from({ length: start[request + 1]! - start[request]! }, (_, at) => start[request]! + at),
    )
    const high = all.map((list) => list.filter(isHigh))
    return {
      bound: Infinity,
      price: begin,
      priced: Infinity,
      use: new Float64Array(slots.length),
      decided: [],
      choices: { all, high, slots: Int32Array.from(slots.keys()) },
      lookedThrough: Infinity,
    }
  }

  /** One more thing decided. */
  function within(one: Case, decision: Decision): Case {
    const { slot, used } = decision
    const request = holder[slot]!
    const list = one.choices.all[request]!.filter((choice) => uses(choice, slot) === used)
    const all = one.choices.all.with(request, list)
    const high = one.choices.high.with(request, list.filter(isHigh))
    return { ...one, decided: [...one.decided, decision], choices: { ...one.choices, all, high } }
  }

  /** The case with a lower bound, sought from given prices. */
  function bounded(one: Case, begin: Float64Array, target: number, steps: number): Case {
    const bound = boundIn(one)
    const lists = one.choices.high.map((high, request) => (bound.has(request) ? one.choices.all[request]! : high))
    // Who is bound to nothing may choose nothing.
    const leasts = Float64Array.from(lists, (_, request) => (bound.has(request) ? -Infinity : 0))
    price.set(begin)
    direction.fill(0)
    const best = begin.slice()
    const use = new Float64Array(slots.length)
    let lowest = Infinity
    let length = 0.5
    let since = 0
    let counted = 0
    for (let step = 0; step < steps; step += 1) {
      const counts = 2 * step >= steps ? 1 : early
      counted += counts
      payFor(one.choices.slots)
      const sum = choose(lists, leasts, use, counts)
      since = sum < lowest * (1 - 1e-5) ? 0 : since + 1
      if (sum < lowest) {
        lowest = sum
        best.set(price)
      }
      if (since > 3) {
        length *= 0.6
        since = 0
      }
      if (lowest <= target || !turn(direction, spare, price, tolerance)) break
      move(price, direction, length * (sum - target))
    }
    for (let slot = 0; slot < use.length; slot += 1) use[slot]! /= counted
    return { ...one, bound: Math.min(lowest, one.bound), price: best, priced: lowest, use }
  }

  /** Lets every request choose; returns the sum that bounds every plan of the case, and leaves in `spare` what is left of each row. */
  function choose(lists: readonly Int32Array[], leasts: Float64Array, use: Float64Array, counts: number): number {
    let sum = 0
    for (let row = 0; row < capacity.length; row += 1) {
      spare[row] = capacity[row]!
      sum += price[row]! * capacity[row]!
    }
    for (let request = 0; request < lists.length; request += 1) {
      const list = lists[request]!
      let most = leasts[request]!
      let chosen = -1
      for (let at = 0; at < list.length; at += 1) {
        const choice = list[at]!
        // The same as `worth`, written out: this is the innermost loop of a small market.
        const is = margins[first[choice]!]! * firstHours[choice]! + margins[other[choice]!]! * secondHours[choice]!
        if (is <= most) continue
        most = is
        chosen = choice
      }
      sum += most
      if (chosen < 0) continue
      const [one, two] = [first[chosen]!, second[chosen]!]
      give(one, firstHours[chosen]!)
      use[one]! += counts
      if (two < 0) continue
      give(two, secondHours[chosen]!)
      use[two]! += counts
    }
    return sum
  }

  /** The requests that are bound to a slot. */
  function boundIn({ decided }: Case): ReadonlySet<number> {
    return new Set(decided.flatMap(({ slot, used }) => (used ? [holder[slot]!] : [])))
  }

  return { whole, within, bounded, sifted }

  /**
   * The case without the pairs that no plan above the target uses, looked for when it has come much nearer since the last time: at its
   * prices they are further from the best than the case is from the target. A slot alone stays as long as a pair with it does, for the
   * corners of a pair that count on it.
   */
  function sifted(one: Case, target: number): Case {
    const allowed = one.priced - target
    if (allowed <= 0 || allowed >= nearer * one.lookedThrough) return one
    const bound = boundIn(one)
    price.set(one.price)
    payFor(one.choices.slots)
    const all = one.choices.all.map((list, request) => withHope(list, bound.has(request), allowed))
    const high = all.map((list, request) =>
      list === one.choices.all[request] ? one.choices.high[request]! : list.filter(isHigh),
    )
    alive.fill(0)
    for (const list of all) list.forEach(enliven)
    const still = one.choices.slots.filter((slot) => alive[slot] === 1)
    return { ...one, choices: { all, high, slots: still }, lookedThrough: allowed }
  }

  function enliven(choice: number): void {
    alive[first[choice]!] = 1
    if (second[choice]! >= 0) alive[second[choice]!] = 1
  }

  /** Those of a request's choices that are no further from the best of them than allowed. */
  function withHope(list: Int32Array, isBound: boolean, allowed: number): Int32Array {
    alive.fill(0)
    let most = isBound ? -Infinity : 0
    for (let at = 0; at < list.length; at += 1) {
      worths[at] = worth(list[at]!)
      if (isBound || low[list[at]!] === 0) most = Math.max(most, worths[at]!)
    }
    const least = most - allowed * (1 + 1e-9)
    for (let from = 0, to = 0; from < list.length; from = to) {
      const [a, b] = [first[list[from]!], second[list[from]!]]
      let highest = -Infinity
      for (; to < list.length && first[list[to]!] === a && second[list[to]!] === b; to += 1) {
        highest = Math.max(highest, worths[to]!)
      }
      for (let at = from; at < to; at += 1) kept[at] = highest >= least ? 1 : 0
      if (highest >= least) enliven(list[from]!)
    }
    const stays = (choice: number, at: number) => kept[at] === 1 || (second[choice]! < 0 && alive[first[choice]!] === 1)
    return list.every(stays) ? list : list.filter(stays)
  }
}
