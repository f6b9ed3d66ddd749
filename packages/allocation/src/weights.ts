/** Which parties are short of their aim, and how much each of their missing hours counts by now. */
export type Weights = Readonly<{
  /** Whether a party is short. */
  is: (party: number) => boolean
  /** The hours it is short of, negative when it has more than its aim. */
  lack: (party: number) => number
  /** Its missing hours, times what they count. */
  penalty: (party: number) => number
  /** To be told of every party whose hours have changed. */
  mark: (party: number) => void
  count: () => number
  /** One of those that are short; `share` in [0, 1). */
  at: (share: number) => number
  /** To be told of every step: what stays short comes to count more, what no longer is less. */
  pass: (step: number) => void
}>

const grows = 1.1
const falls = 0.9
const heaviest = 10_000
/** So many steps for every party that is short pass from one change of weights to the next. */
const stepsEach = 30

/** Per party: the hours it should have, how many less are still enough, and how many it has (the caller keeps these up to date). */
export function weightsOf(aim: Float64Array, near: Float64Array, given: Float64Array): Weights {
  const weight = new Float64Array(aim.length).fill(1)
  const list: number[] = []
  const place = new Int32Array(aim.length).fill(-1)
  let next = 0
  const is = (party: number) => given[party]! < aim[party]! - near[party]!
  return {
    is,
    lack: (party) => aim[party]! - given[party]!,
    penalty: (party) => (is(party) ? weight[party]! * (aim[party]! - given[party]!) : 0),
    mark: (party) => {
      if (is(party) === place[party]! >= 0) return
      if (is(party)) {
        place[party] = list.push(party) - 1
        return
      }
      const last = list.pop()!
      if (last !== party) {
        list[place[party]!] = last
        place[last] = place[party]!
      }
      place[party] = -1
    },
    count: () => list.length,
    at: (share) => list[Math.floor(share * list.length)] ?? 0,
    pass: (step) => {
      if (step < next) return
      next = step + stepsEach * list.length
      for (let party = 0; party < weight.length; party += 1) {
        weight[party] = is(party) ? Math.min(heaviest, weight[party]! * grows) : 1 + (weight[party]! - 1) * falls
      }
    },
  }
}
