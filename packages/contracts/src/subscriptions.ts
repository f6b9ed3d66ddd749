import type { Aggregate } from './event.ts'

export const services = ['identity', 'marketplace', 'matching', 'arrangements'] as const
export type Service = (typeof services)[number]

/**
 * Which services hear of each kind of thing. A listener is sent every event of the aggregate, in order,
 * and ignores the types it has no use for: only so can it see that none is missing.
 */
const subscriptions = {
  organisation: ['marketplace', 'matching', 'arrangements'],
  offer: ['matching', 'arrangements'],
  request: ['matching', 'arrangements'],
  arrangement: ['marketplace', 'matching'],
} as const satisfies Record<Aggregate, readonly Service[]>

/** The services an event of this aggregate is sent to. */
export function listenersOf(aggregate: Aggregate): readonly Service[] {
  return subscriptions[aggregate]
}
