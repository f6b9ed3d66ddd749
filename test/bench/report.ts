import { writeFileSync } from 'node:fs'

/** One line of the table. `ratio` is against the bare alternative of the same run; times in milliseconds. */
export type Row = Readonly<{
  what: string
  ratio?: number
  goal?: string
  p50?: number
  p95?: number
  beside?: string
  relevance?: Relevance
}>

/** How far up the right answer stood: shares of the queries in percent, and the mean of one through its place (0–1). */
export type Relevance = Readonly<{ top1: number; top5: number; mrr: number }>

/** The middle and the slow end of a series of milliseconds. */
export function spread(milliseconds: readonly number[]): { p50: number; p95: number } {
  const sorted = [...milliseconds].sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
  return { p50: at(0.5), p95: at(0.95) }
}

export function median(values: readonly number[]): number {
  return spread(values).p50
}

/** Prints all rows as one table and writes them, with the machine they were measured on, as JSON. */
export function report(rows: readonly Row[], machine: Readonly<Record<string, unknown>>, file: string): void {
  const number = (value: number | undefined) => (value === undefined ? '' : value.toFixed(value < 10 ? 2 : 0))
  console.table(
    rows.map(({ what, ratio, goal, p50, p95, beside, relevance }) => ({
      what,
      ratio: number(ratio),
      goal: goal ?? '',
      'p50 ms': number(p50),
      'p95 ms': number(p95),
      ...(relevance && {
        'top 1 %': relevance.top1.toFixed(1),
        'top 5 %': relevance.top5.toFixed(1),
        MRR: relevance.mrr.toFixed(3),
      }),
      beside: beside ?? '',
    })),
  )
  writeFileSync(file, `${JSON.stringify({ machine, rows }, null, 2)}\n`)
}
