import { type Part } from './part.ts'
import { marginsOf } from './prices.ts'
import { move, turn } from './subgradient.ts'

/** A case: what the best plan for the part is worth at most when some slots are used and some are not. */
type Node = Readonly<{
  bound: number
  price: Float64Array
  /** Per slot of the part: how often the request used it on the way to the bound, from 0 to 1. */
  use: Float64Array
  decided: readonly Decision[]
}>
type Decision = Readonly<{ slot: number; used: boolean }>

type Tree = Readonly<{
  /** No plan for the part is worth more, where it is more than the target. */
  bound: number
  nodes: number
}>

type Branching = Readonly<{
  /** Per slot of the part: what an hour per week is worth. */
  gain: Float64Array
  /** Per row of the part, to begin from. */
  price: Float64Array
  /** What a plan is known to be worth; the tree stops where it cannot be more. */
  target: number
  /** The most nodes. */
  nodes: number
  over: (nodes: number, bound: number) => boolean
}>

/** Steps towards the bound of a case; three times as many for the first. */
const steps = 20
/** A slot that is used so seldom, or so often, is not branched on. */
const split = 0.02

/**
 * Bounds the best plan of a part by branching: where a request is in two minds about a slot, both cases are bounded for themselves,
 * each from the prices of the case they come from. The worst case goes on. What the slots have shown to gain, so branched on before,
 * decides which comes next.
 */
export function branch(part: Part, branching: Branching): Tree {
  const { gain, target, over } = branching
  const { slots, upper } = part
  const relax = relaxationOf(part, branching)
  const learned = [0, 1].map(() => ({ sum: new Float64Array(slots.length), count: new Float64Array(slots.length) }))
  const overall = [0, 1].map(() => ({ sum: 0, count: 0 }))
  const root = relax.bound([], branching.price, Infinity, 3 * steps)
  let nodes = 1
  relax.dropHopeless(root)
  const open = [root]
  // Of cases that no slot parts any further.
  let closed = -Infinity

  while (open.length > 0 && nodes < branching.nodes) {
    let worst = 0
    for (let at = 1; at < open.length; at += 1) if (open[at]!.bound > open[worst]!.bound) worst = at
    const node = open[worst]!
    if (over(nodes, Math.max(closed, node.bound))) break
    open[worst] = open.at(-1)!
    open.pop()
    if (node.bound <= target) continue
    const slot = mostTelling(node)
    if (slot < 0) {
      closed = Math.max(closed, node.bound)
      continue
    }
    for (const used of [true, false]) {
      const child = relax.bound([...node.decided, { slot, used }], node.price, node.bound, steps)
      nodes += 1
      learn(node, slot, used, child.bound)
      if (child.bound > target) open.push(child)
    }
  }
  let bound = closed
  for (const node of open) bound = Math.max(bound, node.bound)
  return { bound, nodes }

  function learn(node: Node, slot: number, used: boolean, bound: number): void {
    const far = used ? 1 - node.use[slot]! : node.use[slot]!
    const per = Math.min(node.bound - bound, node.bound - target) / far
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
  function mostTelling({ use, decided }: Node): number {
    let found = -1
    let most = -1
    for (let slot = 0; slot < slots.length; slot += 1) {
      const share = use[slot]!
      if (share < split || share > 1 - split || decided.some((one) => one.slot === slot)) continue
      const [without, within] = [share * expected(slot, 0), (1 - share) * expected(slot, 1)]
      const worth = Math.max(without, 1e-9) * Math.max(within, 1e-9)
      if (worth <= most) continue
      most = worth
      found = slot
    }
    return found
  }
}

/** Bounds the cases of a tree; keeps what it computes with between them. */
function relaxationOf(part: Part, { gain, target }: Branching) {
  const { requests, slots, holder, rowStart, slotRows, capacity, choices } = part
  const { start, first, second, firstHours, secondHours, low } = choices
  const margin = new Float64Array(slots.length)
  const spare = new Float64Array(capacity.length)
  const direction = new Float64Array(capacity.length)
  const price = new Float64Array(capacity.length)
  const kept = new Uint8Array(first.length).fill(1)
  const some = (request: number, wanted: (choice: number) => boolean) => {
    const list: number[] = []
    for (let choice = start[request]!; choice < start[request + 1]!; choice += 1) {
      if (kept[choice] === 1 && wanted(choice)) list.push(choice)
    }
    return Int32Array.from(list)
  }
  const all = requests.map((_, request) => some(request, (choice) => low[choice] === 0))

  function worth(choice: number): number {
    const alone = margin[first[choice]!]! * firstHours[choice]!
    return second[choice]! < 0 ? alone : alone + margin[second[choice]!]! * secondHours[choice]!
  }
  function give(slot: number, hours: number): void {
    for (let at = rowStart[slot]!; at < rowStart[slot + 1]!; at += 1) spare[slotRows[at]!]! -= hours
  }

  /** What each request may choose from, and whether it may choose nothing. */
  function listsOf(decided: readonly Decision[]) {
    const lists = [...all]
    const mustChoose = new Set<number>()
    for (const [request, own] of Map.groupBy(decided, ({ slot }) => holder[slot]!)) {
      const binds = own.some(({ used }) => used)
      if (binds) mustChoose.add(request)
      lists[request] = some(
        request,
        (choice) =>
          (binds || low[choice] === 0) &&
          own.every(({ slot, used }) => (first[choice] === slot || second[choice] === slot) === used),
      )
    }
    return { lists, mustChoose }
  }

  function bound(decided: readonly Decision[], begin: Float64Array, atMost: number, steps: number): Node {
    const { lists, mustChoose } = listsOf(decided)
    price.set(begin)
    direction.fill(0)
    const best = begin.slice()
    const use = new Float64Array(slots.length)
    let lowest = Infinity
    let length = 0.5
    let since = 0
    let counted = 0
    for (let step = 0; step < steps; step += 1) {
      marginsOf(part, gain, price, margin)
      let sum = 0
      for (let row = 0; row < capacity.length; row += 1) {
        spare[row] = capacity[row]!
        sum += price[row]! * capacity[row]!
      }
      const counts = 2 * step >= steps
      if (counts) counted += 1
      for (let request = 0; request < lists.length; request += 1) {
        const list = lists[request]!
        let most = mustChoose.has(request) ? -Infinity : 0
        let chosen = -1
        for (let at = 0; at < list.length; at += 1) {
          const choice = list[at]!
          const is = worth(choice)
          if (is <= most) continue
          most = is
          chosen = choice
        }
        sum += most
        if (chosen < 0) continue
        const [one, other] = [first[chosen]!, second[chosen]!]
        give(one, firstHours[chosen]!)
        if (counts) use[one]! += 1
        if (other < 0) continue
        give(other, secondHours[chosen]!)
        if (counts) use[other]! += 1
      }
      since = sum < lowest * (1 - 1e-5) ? 0 : since + 1
      if (sum < lowest) {
        lowest = sum
        best.set(price)
      }
      if (since > 3) {
        length *= 0.6
        since = 0
      }
      if (lowest <= target || !turn(direction, spare, price)) break
      move(price, direction, length * (sum - target))
    }
    if (counted > 0) for (let slot = 0; slot < use.length; slot += 1) use[slot]! /= counted
    return { bound: Math.min(lowest, atMost), price: best, use, decided }
  }

  return { bound, dropHopeless }

  /**
   * Drops the pairs that no plan above the target uses: at the prices of the root they are further from the best than the root is
   * from the target. A slot alone stays as long as a pair with it does, for the corners of a pair that count on it.
   */
  function dropHopeless(root: Node): void {
    marginsOf(part, gain, root.price, margin)
    const allowed = root.bound - target
    for (let request = 0; request < requests.length; request += 1) {
      let most = 0
      for (const choice of all[request]!) most = Math.max(most, worth(choice))
      const alive = new Set<number>()
      for (let from = start[request]!, to = from; from < start[request + 1]!; from = to) {
        let highest = -Infinity
        while (to < start[request + 1]! && first[to] === first[from] && second[to] === second[from]) {
          highest = Math.max(highest, worth(to))
          to += 1
        }
        if (most - highest <= allowed * (1 + 1e-9)) {
          alive.add(first[from]!)
          if (second[from]! >= 0) alive.add(second[from]!)
        } else if (second[from]! >= 0) kept.fill(0, from, to)
      }
      for (let choice = start[request]!; choice < start[request + 1]!; choice += 1) {
        if (second[choice]! < 0 && !alive.has(first[choice]!)) kept[choice] = 0
      }
      all[request] = some(request, (choice) => low[choice] === 0)
    }
  }
}
