import { type Market } from '@samkraft/allocation'
import { programOf } from './program.ts'
import { solve, type Solved } from './solver.ts'

const rungs = 20

/** The linear relaxation of `balanced`: help, and for every party a column per rung of its ladder. */
export async function balancedProgram(market: Market, fairness: number): Promise<Solved> {
  const { program, uses } = programOf(market, false)
  for (const { column } of uses) program.cost[column] = (1 - fairness) * (program.cost[column] ?? 0)
  const ofParty = Map.groupBy(uses, ({ party }) => party)
  const requests = Map.groupBy(market.requests, ({ party }) => party)
  for (const [party, own] of requests) {
    const asked = own
      .flatMap(({ demand }) => demand)
      .reduce((sum, { fromWeek, toWeek, hoursPerWeek }) => sum + (toWeek - fromWeek) * hoursPerWeek, 0)
    const given = (ofParty.get(party) ?? []).map(({ column, weeks }) => [column, -weeks] as const)
    const climbed = Array.from({ length: rungs }, (_, rung) => {
      const slope = 2 - (2 * rung + 1) / rungs
      return [program.column(fairness * slope, asked / rungs), 1] as const
    })
    program.row([...climbed, ...given], -Infinity, 0)
  }
  return solve(program)
}
