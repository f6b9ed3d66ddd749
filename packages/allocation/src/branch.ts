import { type Part } from './part.ts'
import { type Case, relaxationOf } from './relaxation.ts'
import { settle, type Settled } from './settle.ts'

/** The cases of a part, as far as they have been told apart. */
export type Tree = Readonly<{
  /** Tells more cases apart, until none is worth more than the target. */
  grow: (growing: Growing) => Grown
}>

type Growing = Readonly<{
  /** What a plan for the part is known to be worth: a case that is not worth more is left alone. */
  target: number
  /** The most cases to be looked at. */
  cases: number
  /** Whether to follow a case down before another is taken: that meets plans sooner, while the worst case first lowers the bound. */
  deep?: boolean
  /** Whether to end here; no plan for the part is worth more than `bound`, unless it goes `deep`. */
  over: (cases: number, bound: number) => boolean
}>

type Grown = Readonly<{
  /** No plan for the part is worth more. */
  bound: number
  /** How many cases were looked at. */
  cases: number
  /** The best plan for the part that was met on the way, if it is worth more than the target. */
  found: Settled | undefined
}>

/** Steps towards the bound of a case; three times as many for the first, twice as many where no request is in two minds. */
const steps = 20
/** A slot that is used so seldom, or so often, is not branched on while there are others. */
const split = 0.02
/** A bound that is above the target by no more than this share of it closes the case. */
const near = 1e-7

/**
 * Bounds the best plan of a part by branching: where a request is in two minds about a slot, both cases are bounded for themselves,
 * each from the prices of the case they come from. The worst case goes on. What the slots have shown to gain, so branched on before,
 * decides which comes next. Where no request is in two minds, the best hours for the slots they use are a plan, and what an hour is
 * worth in it bounds the case once more; of a small part that finds the best plan, and proves it. What an hour per week is worth and
 * the prices to begin from are told per slot and row of the market.
 */
export function treeOf(part: Part, gainOf: Float64Array, priceOf: Float64Array): Tree {
  const gain = Float64Array.from(part.slots, (slot) => gainOf[slot]!)
  const price = Float64Array.from(part.rows, (row) => priceOf[row]!)
  const { slots, upper } = part
  const { whole, within, bounded, sifted } = relaxationOf(part, gain)
  const learned = [0, 1].map(() => ({ sum: new Float64Array(slots.length), count: new Float64Array(slots.length) }))
  const overall = [0, 1].map(() => ({ sum: 0, count: 0 }))
  let target = -Infinity
  let open: Case[] | undefined
  // How many of the last of them came of the case that was parted last.
  let opened = 0
  // Of cases that are as good as closed, or that nothing parts any further.
  let closed = -Infinity
  let found: Settled | undefined

  return {
    grow: ({ target: known, cases: most, deep = false, over }) => {
      found = undefined
      aim(known)
      let cases = 0
      opened = 0
      if (!open) {
        open = [bounded(whole(price), price, target, 3 * steps)]
        cases += 1
      }
      while (open.length > 0 && cases < most) {
        let worst = deep && opened > 0 ? open.length - opened : 0
        for (let at = worst + 1; at < open.length; at += 1) if (open[at]!.bound > open[worst]!.bound) worst = at
        const one = open[worst]!
        if (over(cases, Math.max(target, closed, one.bound))) break
        open[worst] = open.at(-1)!
        open.pop()
        opened = 0
        if (!isClosed(one)) cases += divide(one)
      }
      return { bound: open.reduce((most, { bound }) => Math.max(most, bound), Math.max(closed, target)), cases, found }
    },
  }

  /** A plan is known to be worth so much: cases that are not worth more are closed. */
  function aim(known: number): void {
    if (known <= target) return
    target = known
    open = open?.filter((one) => !isClosed(one))
  }

  function isClosed({ bound }: Case): boolean {
    if (bound > target * (1 + near)) return false
    closed = Math.max(closed, bound)
    return true
  }

  /** Parts a case in two, or closes it; returns how many cases that was. */
  function divide(one: Case): number {
    let from = one
    let slot = mostTelling(one)
    if (slot < 0) {
      const plan = settle(part, gain, usedIn(one))
      if (plan && plan.worth > target * (1 + near)) {
        found = plan
        aim(plan.worth)
      }
      from = bounded(one, plan?.price ?? one.price, target, 2 * steps)
      if (isClosed(from)) return 1
      slot = mostTelling(from)
      if (slot < 0) slot = anyUsed(one, from)
      if (slot < 0) {
        closed = Math.max(closed, from.bound)
        return 1
      }
    }
    const parent = sifted(from, target)
    for (const used of [true, false]) {
      const child = bounded(within(parent, { slot, used }), from.price, target, steps)
      learn(from, slot, used, child.bound)
      if (isClosed(child)) continue
      open?.push(child)
      opened += 1
    }
    return from === one ? 2 : 3
  }

  function learn(one: Case, slot: number, used: boolean, bound: number): void {
    const far = Math.max(split, used ? 1 - one.use[slot]! : one.use[slot]!)
    const per = Math.min(one.bound - bound, one.bound - target) / far
    const [own, all] = [learned[used ? 1 : 0]!, overall[used ? 1 : 0]!]
    own.sum[slot]! += per
    own.count[slot]! += 1
    all.sum += per / (upper[slot]! * gain[slot]!)
    all.count += 1
  }

  function expected(slot: number, used: 0 | 1): number {
    const [own, all] = [learned[used]!, overall[used]!]
    if (own.count[slot]! > 0) return own.sum[slot]! / own.count[slot]!
    return (all.count > 0 ? all.sum / all.count : 0.1) * upper[slot]! * gain[slot]!
  }

  /** The slot whose two cases promise to be worth least, −1 when none is split. */
  function mostTelling({ use, decided }: Case): number {
    let telling = -1
    let most = -1
    for (let slot = 0; slot < slots.length; slot += 1) {
      const share = use[slot]!
      if (share < split || share > 1 - split || decided.some((one) => one.slot === slot)) continue
      const [without, having] = [share * expected(slot, 0), (1 - share) * expected(slot, 1)]
      const worth = Math.max(without, 1e-9) * Math.max(having, 1e-9)
      if (worth <= most) continue
      most = worth
      telling = slot
    }
    return telling
  }

  /** Of the slots that were used at all in one of two cases and are not decided, the one with most at stake; −1 when there is none. */
  function anyUsed({ use, decided }: Case, other: Case): number {
    let slot = -1
    let most = 0
    for (let at = 0; at < slots.length; at += 1) {
      const share = Math.max(use[at]!, other.use[at]!)
      if (share === 0 || decided.some((one) => one.slot === at)) continue
      const stake = Math.max(Math.min(share, 1 - share), 1e-3) * upper[at]! * gain[at]!
      if (stake <= most) continue
      most = stake
      slot = at
    }
    return slot
  }

  /** At most two of a request. */
  function usedIn({ use, decided }: Case): number[] {
    const used = Uint8Array.from(use, (share) => (share > 1 - split ? 1 : 0))
    for (const one of decided) used[one.slot] = one.used ? 1 : 0
    return Array.from(used.keys()).filter((slot) => used[slot] === 1)
  }
}
