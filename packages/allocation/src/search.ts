import { type Budget } from './budget.ts'
import { boundByCases } from './certificate.ts'
import { construct } from './construct.ts'
import { fill } from './fill.ts'
import { improve, type Search } from './improve.ts'
import { fairLedgerOf, ledgerOf } from './ledger.ts'
import { level } from './level.ts'
import { type Options } from './market.ts'
import { type Objective } from './objective.ts'
import { type Prices, pricesOf } from './prices.ts'
import { type Problem } from './problem.ts'
import { randomFrom } from './random.ts'
import { recombine } from './recombine.ts'
import { roomIn } from './room.ts'
import { emptyState, type State } from './state.ts'
import { type Subproblem } from './subproblem.ts'

/** Steps towards the lowest bound: a large market comes near enough with fewer, from so many requests on. */
const priceSteps = [
  { requests: 20_000, steps: 45 },
  { requests: 2_000, steps: 90 },
  { requests: 0, steps: 150 },
]
/** Up to so many requests there is time to begin anew, take the best of several plans, and bound by cases. */
const small = 200
const rounds = 8
/** The share of the time that goes to the prices, and to the cases of a small market. */
const pricing = 0.35
const casing = 0.2
/** So many steps of the search go with every case at least. */
const stepsPerCase = 400
/** How much worse a change may be at first, as a share of what a request is worth on average. */
const heat = 0.03

/** The hours per week of every slot, the prices, and the bound on any plan. */
export type Found = Readonly<{ hours: Float64Array; prices: Prices; bound: number; steps: number }>

/** `fair`: after the objective, leximin. */
export function search(
  problem: Problem,
  subproblem: Subproblem,
  objective: Objective,
  fair: boolean,
  weeks: number,
  budget: Budget,
  options: Options,
): Found {
  const requests = problem.requestIds.length
  const { hours: unit } = problem
  const most = priceSteps.find((size) => requests >= size.requests)?.steps ?? 0
  const prices = pricesOf(problem, subproblem, objective, {
    target: greedy(problem, subproblem, objective),
    steps: most,
    over: (step, bound) => {
      if (step % 10 === 1) {
        const done = (pricing * step) / most
        budget.tell({ stage: 'bound', done, steps: step, value: 0, bound: bound * unit })
      }
      return step > 0 && budget.passed(0, pricing) >= 1
    },
  })

  const random = randomFrom(options.seed ?? 1)
  const timed = options.budgetMs !== undefined && options.iterations === undefined
  const all = timed ? Infinity : (options.iterations ?? usualSteps(requests, fair))
  const isSmall = requests <= small && !fair
  const times = isSmall ? rounds : 1
  const ending = isSmall ? 1 - casing : 1
  let best: Float64Array = new Float64Array(problem.upper.length)
  let highest = -Infinity
  let steps = prices.steps
  for (let round = 0; round < times; round += 1) {
    const state = emptyState(problem, subproblem)
    construct(problem, state, prices)
    const ledger = ledgerOf(problem, objective, state.hours)
    const from = pricing + (ending - pricing) * (round / times)
    const to = pricing + (ending - pricing) * ((round + 1) / times)
    const part = { problem, subproblem, state, prices, random, budget, before: steps }
    const first = { ...part, from, to: fair ? (from + to) / 2 : to, steps: all / times / (fair ? 2 : 1) }
    steps += better({ ...first, ledger, heat: requests > 0 ? (heat * ledger.worth()) / requests : 0 })
    if (fair) {
      const fairLedger = fairLedgerOf(problem, objective, state.hours)
      steps += better({ ...first, before: steps, from: (from + to) / 2, to, ledger: fairLedger, heat: 0 })
    }
    if (round > 0) recombine(problem, state, ledgerOf(problem, objective, state.hours), best)
    const room = roomIn(problem, state, weeks)
    if (objective.ladder) {
      const judge = fair ? fairLedgerOf(problem, objective, state.hours) : ledgerOf(problem, objective, state.hours)
      level(problem, state, room, judge, judge.coverage, objective.asked)
    }
    fill(problem, room, prices.gain)
    const worth = ledgerOf(problem, objective, state.hours).worth()
    if (worth <= highest) continue
    highest = worth
    best = state.hours
  }
  const bound = isSmall
    ? boundByCases(problem, objective, prices, {
        value: highest,
        cases: Math.max(20, Math.floor(Math.min(all, 1e9) / stepsPerCase)),
        over: (share, atMost) => {
          const done = Math.min(1, ending + casing * Math.min(share, 1))
          budget.tell({ stage: 'plan', done, steps, value: highest * unit, bound: atMost * unit })
          return budget.passed(ending, 1) >= 1
        },
      })
    : prices.bound
  return { hours: best, prices, bound, steps }
}

function usualSteps(requests: number, fair: boolean): number {
  if (fair) return Math.min(Math.max(6_000, 100 * requests), 150_000)
  return requests <= small
    ? Math.min(Math.max(20_000, 5_000 * requests), 320_000)
    : Math.min(Math.max(80_000, 1_400 * Math.round(Math.sqrt(requests))), 250_000)
}

/** What a plan is worth that serves the requests one after another. */
function greedy(problem: Problem, subproblem: Subproblem, objective: Objective): number {
  const state = emptyState(problem, subproblem)
  const gain = Float64Array.from(objective.gain, (worth, slot) => worth + problem.weeks[slot]! * 1e-9)
  for (let request = 0; request < problem.requestIds.length; request += 1) state.place(request, gain)
  return ledgerOf(problem, objective, state.hours).worth()
}

function better({
  problem,
  subproblem,
  state,
  prices,
  budget,
  before,
  from,
  to,
  steps,
  ...aim
}: Pick<Search, 'ledger' | 'heat' | 'random'> & {
  problem: Problem
  subproblem: Subproblem
  state: State
  prices: Prices
  budget: Budget
  before: number
  from: number
  to: number
  steps: number
}): number {
  const { hours: unit } = problem
  return improve(problem, subproblem, state, {
    ...aim,
    gain: prices.gain,
    price: prices.price,
    share: (step) => {
      const share = steps > 0 ? Math.max(step / steps, budget.passed(from, to)) : 1
      if (step % 100 === 0 && !aim.ledger.worstFirst && aim.ledger.worth() >= prices.bound * (1 - 1e-9)) return 1
      if (step % 1_000 === 0) {
        const done = Math.min(1, from + share * (to - from))
        const [value, bound] = [aim.ledger.worth() * unit, prices.bound * unit]
        budget.tell({ stage: 'plan', done, steps: before + step, value, bound })
      }
      return share
    },
  })
}
