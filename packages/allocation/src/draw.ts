/** Draws an index with a chance proportional to its weight; drawing and changing a weight take logarithmic time. */
export type Draw = Readonly<{
  set: (index: number, weight: number) => void
  /** `share` in [0, 1). */
  at: (share: number) => number
}>

export function drawFrom(weights: Float64Array): Draw {
  let size = 1
  while (size < weights.length) size *= 2
  const sums = new Float64Array(2 * size)
  sums.set(weights, size)
  for (let node = size - 1; node > 0; node -= 1) sums[node] = sums[2 * node]! + sums[2 * node + 1]!
  return {
    set: (index, weight) => {
      let node = size + index
      sums[node] = weight
      for (node >>= 1; node > 0; node >>= 1) sums[node] = sums[2 * node]! + sums[2 * node + 1]!
    },
    at: (share) => {
      let left = share * sums[1]!
      let node = 1
      while (node < size) {
        node *= 2
        if (left < sums[node]! || sums[node + 1]! <= 0) continue
        left -= sums[node]!
        node += 1
      }
      return Math.min(weights.length - 1, node - size)
    },
  }
}
