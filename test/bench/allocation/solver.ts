import * as highs from 'highs'
import { type Program } from './program.ts'

export type Solved = Readonly<{
  value: number
  bound: number
  columns: Float64Array
  duals: Float64Array
  milliseconds: number
  optimal: boolean
}>

// The package describes its CommonJS build; as a module, its loader is the default export itself.
const load = highs.default as unknown as typeof highs.default.default

/** What HiGHS makes of a program, and how long it takes, handing it over included. */
export async function solve(
  program: Program,
  options: Readonly<Record<string, number | string>> = {},
): Promise<Solved> {
  const solver = await load()
  const numCols = program.cost.length
  const numRows = program.rowUpper.length
  const mixed = program.whole.includes(1)
  const data = {
    numCols,
    numRows,
    sense: solver.constants.objectiveSense.maximize,
    colCost: Float64Array.from(program.cost),
    colLower: Float64Array.from(program.lower),
    colUpper: Float64Array.from(program.upper),
    rowLower: Float64Array.from(program.rowLower),
    rowUpper: Float64Array.from(program.rowUpper),
    matrix: {
      format: 'csr',
      numRows,
      numCols,
      starts: Int32Array.from(program.starts),
      indices: Int32Array.from(program.indices),
      values: Float64Array.from(program.values),
    },
    ...(mixed ? { integrality: Int32Array.from(program.whole) } : {}),
  } as const
  const started = performance.now()
  return solver.withModel(data, (model) => {
    model.options.set({ output_flag: false, ...options })
    model.run()
    const milliseconds = performance.now() - started
    const value = model.getObjectiveValue()
    const optimal = model.getModelStatus() === solver.constants.modelStatus.optimal
    const bound = mixed ? Number(model.info.get('mip_dual_bound')) : value
    const { colValue, rowDual } = model.getSolution()
    return {
      value,
      bound,
      columns: Float64Array.from(colValue),
      duals: Float64Array.from(rowDual),
      milliseconds,
      optimal,
    }
  })
}
