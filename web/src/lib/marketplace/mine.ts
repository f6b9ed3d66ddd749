import type { MyOffer, MyRequest } from '@samkraft/contracts/marketplace'
import { isOver } from './week-hours.ts'

/** Where one of the own stands: what needs somebody first, what is over last. */
const standings = ['waiting', 'open', 'closed'] as const
export type Standing = (typeof standings)[number]

/** A draft waits to be published, a pause to be ended, a stale offer to be confirmed. */
function standingOf(one: MyOffer | MyRequest): Standing {
  if (isOver(one.status)) return 'closed'
  return one.status === 'published' && !('stale' in one && one.stale) ? 'open' : 'waiting'
}

/** The own, by where they stand; a standing nobody is in is left out. */
export function byStanding<One extends MyOffer | MyRequest>(
  all: readonly One[],
): { standing: Standing; ones: One[] }[] {
  return standings
    .map((standing) => ({ standing, ones: all.filter((one) => standingOf(one) === standing) }))
    .filter(({ ones }) => ones.length > 0)
}
