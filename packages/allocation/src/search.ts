import { type Budget } from './budget.ts'
import { certifierOf } from './certificate.ts'
import { construct } from './construct.ts'
import { fill } from './fill.ts'
import { gather } from './gather.ts'
import { improve, type Search } from './improve.ts'
import { fairLedgerOf, isAbove, ledgerOf, type Standing } from './ledger.ts'
import { level } from './level.ts'
import { type Options } from './market.ts'
import { type Objective } from './objective.ts'
import { type Prices, pricesOf } from './prices.ts'
import { type Problem } from './problem.ts'
import { raiseAll } from './raise.ts'
import { randomFrom } from './random.ts'
import { recombine } from './recombine.ts'
import { large, type Parts, refine, small } from './refine.ts'
import { roomIn } from './room.ts'
import { emptyState, type State } from './state.ts'
import { type Subproblem } from './subproblem.ts'
import { smallestAtMost } from './worst-off.ts'

/** Steps towards the lowest bound: a large market comes near enough with fewer, from so many requests on. */
const priceSteps = [
  { requests: 20_000, steps: 45 },
  { requests: 2_000, steps: 90 },
  { requests: 0, steps: 150 },
]
/** The most requests of a small market. */
const mostOfSmall = 200
/** How often its search begins anew at most; each time takes so many steps for every request at least. */
const anew = { times: 12, steps: 200 }
const finelyAnew = { times: 3, steps: 200 }
const fairlyAnew = { times: 2, steps: 100 }
/** The share of the time that goes to the prices; and of every search of a small market that to its cases. */
const pricing = 0.35
const casing = 0.3
/** So many steps of the search go with about every request that is bounded in a case. */
const stepsPerBounded = 8
/** The most of them in all. */
const mostBounded = 100_000
/** The most cases told apart of what plans on the way have used. */
const mostGathered = 500
/**
 * Where parts of a plan can be placed anew as well as can be, this share of the steps places requests one after another, and this share
 * is left for large parts at the end.
 */
const coarsely = 0.15
const lastly = 0.5
/** A bound that is above a plan by no more than this share proves it. */
const proven = 1e-6
/** How much worse a change may be at first, as a share of what a request is worth on average. */
const heat = 0.03
/** Where there is time to begin anew, a search cools sooner and looks about more. */
const [eager, steady] = [
  { cooling: 3, tilt: 0.3 },
  { cooling: 1, tilt: 0 },
]

/** The hours per week of every slot, and the bound on any plan: on its worth, or for leximin on the smallest coverage. */
export type Found = Readonly<{ hours: Float64Array; bound: number; steps: number }>

/** `alone`, for leximin: what some party can reach at most, though it had all offers to itself. */
export function search(
  problem: Problem,
  subproblem: Subproblem,
  objective: Objective,
  alone: number | undefined,
  weeks: number,
  budget: Budget,
  options: Options,
): Found {
  const requests = problem.requestIds.length
  const fair = alone !== undefined
  const { worth: unit } = problem
  const most = priceSteps.find((size) => requests >= size.requests)?.steps ?? 0
  const prices = pricesOf(problem, subproblem, objective, {
    target: greedy(problem, subproblem, objective, fair),
    steps: most,
    over: (step, bound) => {
      if (step % 10 === 1) {
        const done = (pricing * step) / most
        budget.tell({ stage: 'bound', done, steps: step, value: 0, bound: bound * unit })
      }
      return step > 0 && budget.passed(0, pricing) >= 1
    },
  })

  const atMost = fair ? smallestAtMost(problem, subproblem, objective, prices, alone) : prices.bound
  const random = randomFrom(options.seed ?? 1)
  const timed = options.budgetMs !== undefined && options.iterations === undefined
  const all = timed ? Infinity : (options.iterations ?? usualSteps(requests, fair))
  const hasTime = isSmall(requests) && !fair
  const certifier = hasTime ? certifierOf(problem, objective, prices) : undefined
  const refines = certifier !== undefined && !objective.ladder
  // The share of the steps before the large parts, and of the time.
  const firstly = refines ? 1 - lastly : 1
  const until = pricing + (1 - pricing) * firstly
  const often = fair ? fairlyAnew : refines ? finelyAnew : anew
  const times = isSmall(requests)
    ? Math.max(1, Math.min(often.times, Math.floor(all / (often.steps * Math.max(1, requests)))))
    : 1
  const judge = fair ? fairLedgerOf : ledgerOf
  let best: Float64Array = new Float64Array(problem.upper.length)
  const met = new Uint8Array(problem.upper.length)
  let highest: Standing = []
  let bound = atMost
  let steps = prices.steps
  const value = () => highest[0] ?? 0
  const cases = Math.min(all / stepsPerBounded, mostBounded) / Math.max(1, requests)
  // Where few compete, the cases alone find the best plan.
  if (refines) {
    const state = emptyState(problem, subproblem)
    construct(problem, state, prices)
    finish(state.hours)
    prove(0, pricing)
  }
  for (let round = 0; round < times && !isProven(); round += 1) {
    const state = emptyState(problem, subproblem)
    construct(problem, state, prices)
    const from = pricing + (until - pricing) * (round / times)
    const end = pricing + (until - pricing) * ((round + 1) / times)
    const to = certifier ? end - casing * (end - from) : end
    const part = { problem, subproblem, state, prices, random, budget, before: steps }
    const within = (share: number) => from + share * (to - from)
    if (fair) {
      steps += raiseAll(problem, subproblem, state, objective, {
        prices,
        atMost,
        steps: all / times,
        random,
        passed: (begin, end) => budget.passed(within(begin), within(end)),
        settle: (begin, end, some, taken) => {
          const ledger = fairLedgerOf(problem, objective, state.hours)
          const span = { before: steps + taken, from: within(begin), to: within(end), steps: some }
          return better({ ...part, ...span, ...steady, ledger, heat: 0 })
        },
      })
    } else {
      const ledger = ledgerOf(problem, objective, state.hours)
      const warm = requests > 0 ? (heat * ledger.worth()) / requests : 0
      const share = refines ? coarsely / firstly : 1
      const span = { from, to: within(share), steps: (share * firstly * all) / times }
      steps += better({ ...part, ...span, ...(hasTime ? eager : steady), ledger, heat: warm })
    }
    if (refines)
      place(state, small, { from: within(coarsely / firstly), to, steps: ((firstly - coarsely) * all) / times })
    if (round > 0) recombine(problem, state, judge(problem, objective, state.hours), best)
    finish(certifier ? certifier.settled(state.hours) : state.hours)
    if (refines && !isProven()) putTogether(to, to + (end - to) / 2)
    prove(to, end)
  }
  if (refines && !isProven()) {
    const state = emptyState(problem, subproblem)
    state.change([...problem.requestIds.keys()], best)
    place(state, large, { from: until, to: 1, steps: lastly * all })
    finish(certifier.settled(state.hours))
  }
  // Of what was done last nobody has been told yet.
  if (certifier) budget.tell({ stage: 'plan', done: 1, steps, value: value() * unit, bound: bound * unit })
  return { hours: best, bound, steps }

  function isProven(): boolean {
    return certifier !== undefined && highest.length > 0 && bound <= value() * (1 + proven)
  }

  /** Places parts of a plan anew, as well as can be, between two shares of the time. */
  function place(state: State, parts: Parts, { from, to, steps: most }: { from: number; to: number; steps: number }) {
    const share = (taken: number) => (taken < most ? Math.max(taken / most, budget.passed(from, to)) : 1)
    const tell = (taken: number) => {
      const done = from + Math.min(1, share(taken)) * (to - from)
      budget.tell({ stage: 'plan', done, steps: steps + taken, value: value() * unit, bound: bound * unit })
    }
    steps += refine(problem, subproblem, state, { parts, prices, random, share, tell, met })
  }

  /** Puts together the best plan of what has been met, between two shares of the time. */
  function putTogether(from: number, to: number): void {
    const over = () => budget.passed(from, to) >= 1
    const hours = gather(problem, prices, met, {
      value: value(),
      cases: Math.min(mostGathered, Math.ceil(cases)),
      over,
    })
    if (hours) finish(hours)
  }

  /** Tells more cases apart between two shares of the time. */
  function prove(from: number, to: number): void {
    if (!certifier) return
    const { bound: lower, hours } = certifier.certify({
      value: value(),
      cases: Math.ceil(Math.max(20, cases) / times),
      over: (share, most) => {
        const done = Math.max(pricing, from + Math.min(share, 1) * (to - from))
        budget.tell({ stage: 'plan', done, steps, value: value() * unit, bound: most * unit })
        return budget.passed(from, to) >= 1
      },
    })
    bound = lower
    if (hours) finish(hours)
  }

  /** Makes the last of a plan, and keeps it when it is the best so far. */
  function finish(hours: Float64Array): void {
    const state = emptyState(problem, subproblem)
    state.change([...problem.requestIds.keys()], hours)
    const room = roomIn(problem, state, weeks)
    if (objective.ladder) {
      const ledger = judge(problem, objective, state.hours)
      level(problem, state, room, ledger, ledger.coverage, objective.asked)
    }
    fill(problem, room, prices.gain)
    state.hours.forEach((given, slot) => given > 0 && (met[slot] = 1))
    const standing = judge(problem, objective, state.hours).standing()
    if (!isAbove(standing, highest)) return
    highest = standing
    best = state.hours
  }
}

/** Whether there is time to begin anew, take the best of several plans, and bound by cases. */
export function isSmall(requests: number): boolean {
  return requests <= mostOfSmall
}

/** How many steps a search of a market of so many requests takes when nobody says. */
export function usualSteps(requests: number, fair: boolean): number {
  if (fair) return Math.min(Math.max(6_000, (requests <= mostOfSmall ? 300 : 330) * requests), 1_250_000)
  return requests <= mostOfSmall
    ? Math.min(Math.max(20_000, 4_700 * requests), 320_000)
    : Math.min(Math.max(80_000, 1_400 * Math.round(Math.sqrt(requests))), 250_000)
}

/** What a plan is worth that serves the requests one after another. */
function greedy(problem: Problem, subproblem: Subproblem, objective: Objective, fair: boolean): number {
  const state = emptyState(problem, subproblem)
  const gain = fair
    ? problem.weeks
    : Float64Array.from(objective.gain, (worth, slot) => worth + problem.weeks[slot]! * 1e-9)
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
}: Pick<Search, 'ledger' | 'heat' | 'cooling' | 'tilt' | 'random'> & {
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
  const { worth: unit } = problem
  return improve(problem, subproblem, state, {
    ...aim,
    gain: prices.gain,
    price: prices.price,
    share: (step) => {
      const share = steps > 0 ? Math.max(step / steps, budget.passed(from, to)) : 1
      if (step % 100 === 0 && !aim.ledger.worstFirst && aim.ledger.worth() >= prices.bound * (1 - 1e-9)) return 1
      if (step % 1_000 === 0) {
        const done = from + Math.min(1, share) * (to - from)
        const [value, bound] = [aim.ledger.worth() * unit, prices.bound * unit]
        budget.tell({ stage: 'plan', done, steps: before + step, value, bound })
      }
      return share
    },
  })
}
