type Point = Readonly<{ x: number; y: number }>

/** From one line of names to the next, and how wide a name can be. */
const [line, widest] = [15, 120]

/** How high the name of each point stands: at the point, or a line below the names above that it would lie on. */
export function nameHeights<One extends Point>(points: readonly One[]): ReadonlyMap<One, number> {
  const heights = new Map<One, number>()
  for (const point of points.toSorted((a, b) => a.y - b.y)) {
    const above = [...heights].filter(([{ x }]) => Math.abs(x - point.x) < widest)
    heights.set(point, Math.max(point.y, ...above.map(([, y]) => y + line)))
  }
  return heights
}
