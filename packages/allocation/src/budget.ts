import { type Options, type Progress } from './market.ts'

/** What the caller allows the engine, and what it is told on the way. */
export type Budget = Readonly<{
  /** How much of the time between two shares of it has passed, at least 1 when the caller has stopped it; 0 when time does not matter. */
  passed: (from: number, to: number) => number
  tell: (progress: Progress) => void
}>

/** Looks at the clock between two calls of it that count. */
const rarely = 32

/** A stretch of a budget, as a budget of its own: what it tells is put to the caller's scale by `toWhole`. */
export function stretchOf(
  { passed, tell }: Budget,
  from: number,
  to: number,
  toWhole: (progress: Progress) => Progress,
): Budget {
  const within = (share: number) => from + share * (to - from)
  return {
    passed: (begin, end) => passed(within(begin), within(end)),
    tell: (progress) => tell(toWhole({ ...progress, done: within(progress.done) })),
  }
}

export function budgetOf({ budgetMs = Infinity, signal, onProgress }: Options): Budget {
  const started = performance.now()
  let calls = 0
  let elapsed = 0
  return {
    passed: (from, to) => {
      if (signal?.aborted) return 1
      if (budgetMs === Infinity) return 0
      if (calls % rarely === 0 || from === 0) elapsed = (performance.now() - started) / budgetMs
      calls += 1
      return Math.max(0, (elapsed - from) / (to - from))
    },
    tell: (progress) => onProgress?.(progress),
  }
}
