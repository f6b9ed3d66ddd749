import { type Market } from '@samkraft/allocation'
import { type Program, programOf } from './program.ts'
import { solve, type Solved } from './solver.ts'

export type Fair = Readonly<{
  help: number
  milliseconds: number
  stages: number
  smallest: number
}>

/** So much of a coverage already reached may be given up again, for the arithmetic's sake. */
const slack = 1e-7

/** The highest smallest coverage there is, or the best that HiGHS has found after so many seconds. */
export async function exactSmallest(market: Market, seconds: number): Promise<number> {
  const { solved } = await raise(market, askedBy(market), new Map(), true, { time_limit: seconds, mip_rel_gap: 1e-4 })
  return solved.value
}

/** The first of the stages alone, given up after so many seconds. */
export async function firstStage(market: Market, seconds: number): Promise<Pick<Solved, 'milliseconds' | 'optimal'>> {
  const { solved } = await raise(market, askedBy(market), new Map(), false, { time_limit: seconds })
  return solved
}

/**
 * Worst off first by linear programs in stages: raise the smallest coverage, hold the parties that stop it, raise the others, and so
 * on; in the end most help at these coverages. At most so many stages.
 */
export async function stagedPrograms(market: Market, most: number): Promise<Fair> {
  const asked = askedBy(market)
  const held = new Map<string, number>()
  let milliseconds = 0
  let stages = 0
  let smallest = Number.NaN
  while (stages < most && held.size < asked.size) {
    const { solved, rows } = await raise(market, asked, held, false, {})
    milliseconds += solved.milliseconds
    stages += 1
    if (stages === 1) smallest = solved.value
    const stopping = [...rows].filter(([party, row]) => !held.has(party) && Math.abs(solved.duals[row] ?? 0) > 1e-9)
    for (const [party] of stopping) held.set(party, solved.value)
    if (stopping.length === 0) break
  }
  const { program, uses } = programOf(market, false)
  partyRows(program, uses, asked, (party) => held.get(party) ?? smallest, -1)
  const solved = await solve(program)
  return {
    help: solved.value,
    milliseconds: milliseconds + solved.milliseconds,
    stages,
    smallest,
  }
}

function askedBy({ requests }: Market): Map<string, number> {
  const asked = new Map<string, number>()
  for (const { party, demand } of requests) {
    const hours = demand.reduce(
      (sum, { fromWeek, toWeek, hoursPerWeek }) => sum + (toWeek - fromWeek) * hoursPerWeek,
      0,
    )
    asked.set(party, (asked.get(party) ?? 0) + hours)
  }
  return asked
}

/** Raises the coverage of all parties that are not held. */
async function raise(
  market: Market,
  asked: ReadonlyMap<string, number>,
  held: ReadonlyMap<string, number>,
  exact: boolean,
  options: Readonly<Record<string, number>>,
) {
  const { program, uses } = programOf(market, exact)
  program.cost.fill(0)
  const level = program.column(1, 1)
  const rows = partyRows(program, uses, asked, (party) => held.get(party), level)
  return { solved: await solve(program, options), rows }
}

function partyRows(
  program: Program,
  uses: ReturnType<typeof programOf>['uses'],
  asked: ReadonlyMap<string, number>,
  heldAt: (party: string) => number | undefined,
  level: number,
): Map<string, number> {
  const ofParty = Map.groupBy(uses, ({ party }) => party)
  const rows = new Map<string, number>()
  for (const [party, hours] of asked) {
    const at = heldAt(party)
    const given = (ofParty.get(party) ?? []).map(({ column, weeks }) => [column, weeks / hours] as const)
    rows.set(party, program.rowUpper.length)
    if (at === undefined) program.row([...given, [level, -1]], 0, Infinity)
    else program.row(given, at - slack, Infinity)
  }
  return rows
}
