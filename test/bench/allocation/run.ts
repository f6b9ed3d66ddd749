import { allocate, type Policy } from '@samkraft/allocation'
import { check } from '@samkraft/allocation/check'
import { marketOf, type Size } from './market.ts'

/** What the engine makes of one market, in a process of its own so that its memory and its time are its own. */
export type Run = Readonly<{
  seed: number
  milliseconds: number
  value: number
  bound: number
  gap: number
  help: number
  smallest: number
  /** What the checker finds wrong. */
  wrong: string[]
  /** The most memory the process has had so far, the market included, in MiB. */
  memory: number
}>

/** Given as JSON in the first argument. */
export type Task = Readonly<{ size: Size; seeds: readonly number[]; policy: Policy; budgetMs?: number }>

const task: Task | undefined = process.send && process.argv[2] ? JSON.parse(process.argv[2]) : undefined
if (task) process.send?.(task.seeds.map((seed) => run(seed, task)))

function run(seed: number, { size, policy, budgetMs }: Task): Run {
  const market = marketOf(size, seed)
  const started = performance.now()
  const plan = allocate(market, policy, budgetMs ? { budgetMs } : {})
  const milliseconds = performance.now() - started
  const memory = Math.round(process.resourceUsage().maxRSS / 1_024)
  const scores = new Map(market.edges.map(({ request, offer, score }) => [`${request} ${offer}`, score]))
  const help = plan.assignments.reduce(
    (sum, { request, offer, fromWeek, toWeek, hoursPerWeek }) =>
      sum + (scores.get(`${request} ${offer}`) ?? 0) * hoursPerWeek * (toWeek - fromWeek),
    0,
  )
  const smallest = Math.min(1, ...Object.values(plan.coverage))
  const { value, bound, gap } = plan
  return { seed, milliseconds, value, bound, gap, help, smallest, wrong: check(market, policy, plan), memory }
}
