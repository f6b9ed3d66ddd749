import { type Problem } from './problem.ts'

/** The slots that draw on each offer: those of offer o from start[o] to start[o + 1]. */
export function slotsByOffer({ slotEdge, offer, offerIds }: Problem) {
  const start = new Int32Array(offerIds.length + 1)
  for (const edge of slotEdge) start[offer[edge]! + 1]! += 1
  for (let at = 0; at < offerIds.length; at += 1) start[at + 1]! += start[at]!
  const next = start.slice()
  const slots = new Int32Array(slotEdge.length)
  slotEdge.forEach((edge, slot) => {
    const at = offer[edge]!
    slots[next[at]!] = slot
    next[at]! += 1
  })
  return { start, slots }
}
