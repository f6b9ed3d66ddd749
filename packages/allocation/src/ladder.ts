/** The rungs of the ladder: coverage is worth less the higher it stands, by equal steps from 2 down to 0. */
export const rungs = 20

/** What an hour is worth on a rung, counted from 0. */
export function slopeOf(rung: number): number {
  return 2 - (2 * rung + 1) / rungs
}

/** What a coverage in [0, 1] is worth, per hour asked. */
export function ladder(coverage: number): number {
  const climbed = Math.min(rungs, Math.max(0, coverage * rungs))
  const rung = Math.min(rungs - 1, Math.floor(climbed))
  const below = rung / rungs
  return below * (2 - below) + ((climbed - rung) / rungs) * slopeOf(rung)
}
