/** Sets of weeks as bits in an Int32Array, `words` to a set, many sets in one array. */

/** How many words a set of this many weeks takes. */
export function wordsFor(weeks: number): number {
  return Math.max(1, Math.ceil(weeks / 32))
}

export function addWeek(sets: Int32Array, at: number, week: number): void {
  sets[at + (week >> 5)]! |= 1 << (week & 31)
}

export function hasWeek(sets: Int32Array, at: number, week: number): boolean {
  return (sets[at + (week >> 5)]! & (1 << (week & 31))) !== 0
}

/** Whether the two sets, each given by where it begins, share a week. */
export function meet(a: Int32Array, atA: number, b: Int32Array, atB: number, words: number): boolean {
  for (let word = 0; word < words; word += 1) if ((a[atA + word]! & b[atB + word]!) !== 0) return true
  return false
}

/** Whether the three sets share a week. */
export function meetAll(
  a: Int32Array,
  atA: number,
  b: Int32Array,
  atB: number,
  c: Int32Array,
  atC: number,
  words: number,
) {
  for (let word = 0; word < words; word += 1) {
    if ((a[atA + word]! & b[atB + word]! & c[atC + word]!) !== 0) return true
  }
  return false
}

export function countWeeks(sets: Int32Array, at: number, words: number): number {
  let count = 0
  for (let word = 0; word < words; word += 1) {
    let bits = sets[at + word]!
    bits -= (bits >>> 1) & 0x55555555
    bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333)
    count += Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
  }
  return count
}
