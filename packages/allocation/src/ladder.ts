/** A concave ladder of coverage: every rung is as high as the others and worth no more, per hour asked, than the one below. */
export type Ladder = Readonly<{
  /** Per rung: what an hour is worth there. */
  slopes: Float64Array
  /** What a coverage in [0, 1] is worth, per hour asked. */
  at: (coverage: number) => number
}>

/** The ladder of `balanced`: twenty rungs, from nearly 2 down to nearly 0, times a weight. */
export function gentleLadder(weight: number): Ladder {
  return ladderOf(Float64Array.from({ length: 20 }, (_, rung) => weight * (2 - (2 * rung + 1) / 20)))
}

/**
 * A ladder so steep that raising the worst off is worth nearly anything, up to a coverage that not everyone can pass; what
 * `worst-off-first` begins with.
 */
export function steepLadder(top: number): Ladder {
  const rungs = 100
  return ladderOf(
    Float64Array.from({ length: rungs }, (_, rung) => {
      const steep = Math.min(3_000, ((rung + 0.5) / rungs / Math.max(top, 1 / rungs)) ** -16)
      return steep < 1 ? steep / 10 : steep
    }),
  )
}

function ladderOf(slopes: Float64Array): Ladder {
  const rungs = slopes.length
  const below = new Float64Array(rungs + 1)
  slopes.forEach((slope, rung) => (below[rung + 1] = below[rung]! + slope / rungs))
  return {
    slopes,
    at: (coverage) => {
      const climbed = Math.min(rungs, Math.max(0, coverage * rungs))
      const rung = Math.min(rungs - 1, Math.floor(climbed))
      return below[rung]! + ((climbed - rung) / rungs) * slopes[rung]!
    },
  }
}
