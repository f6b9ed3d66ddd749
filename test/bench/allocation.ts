import { type Policy } from '@samkraft/allocation'
import { balancedProgram } from './allocation/balanced.ts'
import { runEngine } from './allocation/engine.ts'
import { exactSmallest, type Fair, firstStage, stagedPrograms } from './allocation/fair.ts'
import { marketOf, type Size } from './allocation/market.ts'
import { programOf } from './allocation/program.ts'
import type { Run } from './allocation/run.ts'
import { solve, type Solved } from './allocation/solver.ts'
import { median, type Row, spread } from './report.ts'

const mostHelp: Policy = { kind: 'most-help' }
const fair: Policy = { kind: 'worst-off-first' }
const balanced: Policy = { kind: 'balanced', fairness: 0.5 }

/** How long the yardstick of `provenRow` may take. */
const patienceSeconds = 240

const seedsOf = (count: number) => Array.from({ length: count }, (_, at) => at + 1)
const percent = (share: number) => `${(100 * share).toFixed(2)} %`
const shares = (some: readonly number[]) =>
  `${percent(median(some))} (${percent(Math.min(...some))}–${percent(Math.max(...some))})`
const times = (runs: readonly { milliseconds: number }[]) => runs.map(({ milliseconds }) => milliseconds)
const sum = (some: readonly number[]) => some.reduce((total, one) => total + one, 0)

/**
 * The engine on markets of one size, HiGHS beside it in the same run. LPK is the linear relaxation with Σ x/u ≤ K per request, MIP the
 * exact problem. The engine runs in a process of its own; the independent checker has looked at every plan.
 */
export async function benchAllocation(size: Size): Promise<Row[]> {
  const rows = await { county, region, national, tenfold }[size]()
  return rows.map((row) => ({ ...row, what: `allocation, ${size}: ${row.what}` }))
}

async function county(): Promise<Row[]> {
  const seeds = seedsOf(20)
  const exact: Solved[] = []
  for (const seed of seeds) {
    exact.push(await solve(programOf(marketOf('county', seed), true).program, { time_limit: 60, mip_rel_gap: 1e-6 }))
  }
  const runs = await runEngine({ size: 'county', seeds, policy: mostHelp })
  const reached = runs.map(({ value }, at) => value / (exact[at]?.value ?? Number.NaN))
  const gaps = runs.map(({ gap }) => gap)
  const fairRuns = await runEngine({ size: 'county', seeds, policy: fair })
  const fairExact: number[] = []
  for (const seed of seeds) fairExact.push(await exactSmallest(marketOf('county', seed), 20))
  const equal = reached.filter((share) => share >= 1 - 1e-6).length
  return [
    {
      what: 'plans equal to the MIP optimum',
      goal: '≥ 19 of 20, all ≥ 99.95 %',
      beside: `${equal} of 20, least ${percent(Math.min(...reached))}, ${exact.filter(({ optimal }) => optimal).length} MIPs proven`,
    },
    { what: 'time', ratio: sum(times(runs)) / sum(times(exact)), goal: '≤ 0.25 × HiGHS MIP', ...spread(times(runs)) },
    {
      what: 'certified gap',
      goal: 'mean ≤ 0.6 %, worst ≤ 1.5 %',
      beside: `mean ${percent(sum(gaps) / gaps.length)}, worst ${percent(Math.max(...gaps))}`,
    },
    {
      what: 'worst off first, of the smallest coverage MIP has after 20 s',
      goal: '≥ 99 %, ≤ 200 ms',
      ...spread(times(fairRuns)),
      beside: shares(fairRuns.map(({ smallest }, at) => smallest / (fairExact[at] ?? Number.NaN))),
    },
    await balancedRow('county', seeds, '≥ 99.3 % of LPK'),
  ]
}

async function region(): Promise<Row[]> {
  const seeds = seedsOf(5)
  const relaxed = await relaxations('region', seeds)
  const exact: Solved[] = []
  for (const seed of seeds)
    exact.push(await solve(programOf(marketOf('region', seed), true).program, { time_limit: 60 }))
  const quick = await runEngine({ size: 'region', seeds, policy: mostHelp, budgetMs: 2_000 })
  return [
    {
      what: 'after 2 s, above what HiGHS MIP holds after 60 s',
      goal: '≥ 3 %',
      ...spread(times(quick)),
      beside: shares(quick.map(({ value }, at) => value / (exact[at]?.value ?? Number.NaN) - 1)),
    },
    ...(await againstRelaxation('region', seeds, relaxed, '≥ 97.7 % of LPK, gap ≤ 1.3 %', 'no limit')),
    await fairRow('region', seeds.slice(0, 3), '≥ 96 % of the LP, help ≥ 97 %, ≤ 0.4 × the staged LPs'),
    await balancedRow('region', seeds, '≥ 97.7 % of LPK, gap ≤ 1.4 %'),
  ]
}

async function national(): Promise<Row[]> {
  const seeds = seedsOf(3)
  const relaxed = await relaxations('national', seeds)
  return [
    ...(await againstRelaxation(
      'national',
      seeds,
      relaxed,
      '≥ 97.4 % of LPK, gap ≤ 1.75 %',
      '≤ 3 × one LPK, ≤ 400 MiB',
    )),
    await provenRow('national', seeds, 'first level proven, ≤ 0.12 × the staged LPs'),
    await balancedRow('national', seeds, '≥ 97.2 % of LPK, gap ≤ 2.1 %'),
  ]
}

async function tenfold(): Promise<Row[]> {
  const relaxed = await relaxations('tenfold', [1])
  return againstRelaxation('tenfold', [1], relaxed, '≥ 97 % of LPK, gap ≤ 3 %', '≤ 0.55 × one LPK, ≤ 600 MiB')
}

async function relaxations(size: Size, seeds: readonly number[]): Promise<Solved[]> {
  const solved: Solved[] = []
  for (const seed of seeds) solved.push(await solve(programOf(marketOf(size, seed), false).program))
  return solved
}

async function againstRelaxation(
  size: Size,
  seeds: readonly number[],
  relaxed: readonly Solved[],
  goal: string,
  cost: string,
) {
  const runs = await runEngine({ size, seeds, policy: mostHelp })
  return [
    { what: 'most help, value and gap', goal, beside: valueAndGap(runs, relaxed) },
    {
      what: 'most help, time and memory',
      ratio: median(times(runs)) / median(times(relaxed)),
      goal: cost,
      ...spread(times(runs)),
      beside: `LPK ${Math.round(median(times(relaxed)))} ms, ${Math.max(...runs.map(({ memory }) => memory))} MiB`,
    },
  ]
}

async function fairRow(size: Size, seeds: readonly number[], goal: string): Promise<Row> {
  const staged: Fair[] = []
  for (const seed of seeds) staged.push(await stagedPrograms(marketOf(size, seed), 3))
  const runs = await runEngine({ size, seeds, policy: fair })
  const level = shares(runs.map(({ smallest }, at) => smallest / (staged[at]?.smallest ?? Number.NaN)))
  const help = shares(runs.map(({ help }, at) => help / (staged[at]?.help ?? Number.NaN)))
  return {
    what: 'worst off first',
    ratio: median(times(runs)) / median(times(staged)),
    goal,
    ...spread(times(runs)),
    beside: `${level}, help ${help}, gap ${shares(runs.map(({ gap }) => gap))}, LPs ${Math.round(median(times(staged)))} ms`,
  }
}

/** Where the programs do not end in time: what the engine proves by itself, against their first stage as far as it got. */
async function provenRow(size: Size, seeds: readonly number[], goal: string): Promise<Row> {
  const [first = 1] = seeds
  const stage = await firstStage(marketOf(size, first), patienceSeconds)
  const runs = await runEngine({ size, seeds, policy: fair })
  const proven = runs.filter(({ gap }) => gap < 1e-6).length
  return {
    what: 'worst off first',
    ratio: median(times(runs)) / stage.milliseconds,
    goal,
    ...spread(times(runs)),
    beside: `proven in ${proven} of ${seeds.length}; the LPs' first stage ${stage.optimal ? '' : 'not '}done after ${Math.round(stage.milliseconds / 1_000)} s`,
  }
}

async function balancedRow(size: Size, seeds: readonly number[], goal: string): Promise<Row> {
  const relaxed: Solved[] = []
  for (const seed of seeds) relaxed.push(await balancedProgram(marketOf(size, seed), 0.5))
  const runs = await runEngine({ size, seeds, policy: balanced })
  return {
    what: 'balanced at 0.5',
    ratio: median(times(runs)) / median(times(relaxed)),
    goal,
    ...spread(times(runs)),
    beside: valueAndGap(runs, relaxed),
  }
}

function valueAndGap(runs: readonly Run[], relaxed: readonly Solved[]): string {
  const of = shares(runs.map(({ value }, at) => value / (relaxed[at]?.value ?? Number.NaN)))
  return `${of}, gap ${shares(runs.map(({ gap }) => gap))}`
}
