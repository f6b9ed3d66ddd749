import type { Status } from '@samkraft/contracts/marketplace'
import { DomainError } from '@samkraft/kernel'
import type { Noun } from './listing.ts'

/**
 * The whole life of an offer, and of a request. A move that is not in this table cannot happen.
 * How far a request is covered is no status: it follows from the ledger.
 */
const moves = {
  draft: { save: 'draft', publish: 'published', discard: 'draft' },
  published: { change: 'published', pause: 'paused', withdraw: 'withdrawn', confirm: 'published', expire: 'expired' },
  paused: { change: 'paused', resume: 'published', withdraw: 'withdrawn', confirm: 'paused', expire: 'expired' },
  withdrawn: {},
  expired: { withdraw: 'withdrawn' },
} as const satisfies Record<Status, Record<string, Status>>

export type Move = { [S in Status]: keyof (typeof moves)[S] }[Status]

/** Where a move leads; `conflict <noun>.move_not_allowed` when it cannot be made from here. */
export function nextStatus(noun: Noun, from: Status, move: Move): Status {
  const to = (moves[from] as Partial<Record<Move, Status>>)[move]
  if (!to) throw new DomainError('conflict', `${noun}.move_not_allowed`, { status: from, move })
  return to
}

/** Whether its life has ended: its numbers are about what was, and not about what is still to come. */
export function isOver(status: Status): boolean {
  return status === 'withdrawn' || status === 'expired'
}

/** Whether others may still propose arrangements on it. */
export function isOpen(status: Status): boolean {
  return status === 'published'
}

/**
 * Whether hours of it may still be held for what was proposed in time. Pausing, or the last day for proposals, keeps new
 * ones away; only who withdraws it takes its hours back from those under way.
 */
export function stillGives(status: Status): boolean {
  return status === 'published' || status === 'paused' || status === 'expired'
}
