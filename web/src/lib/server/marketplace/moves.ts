import { type Status, marketplacePermissions } from '@samkraft/contracts/marketplace'
import { negotiators } from '@samkraft/contracts/arrangements'
import { m } from '#lib/i18n.ts'
import { hasRole, type SignedIn } from '#lib/signed-in.ts'

export type OwnMove = 'change' | 'confirm' | 'pause' | 'resume' | 'withdraw'

/** What an owner can do with one that is or was published, and from where. The service has the last word. */
const ownMoves: Readonly<Record<OwnMove, readonly Status[]>> = {
  change: ['published', 'paused'],
  confirm: ['published', 'paused'],
  pause: ['published'],
  resume: ['paused'],
  withdraw: ['published', 'paused', 'expired'],
}

/** Whether a move can be made from where something stands. */
export function isOpenTo(move: OwnMove, status: Status): boolean {
  return ownMoves[move].includes(status)
}

/** The moves that make sense where it stands, each with why it is not open to this person; null when it is. */
export type OwnMoves = Readonly<Partial<Record<OwnMove, string | null>>>

/** Why this person cannot draft and publish; null when they can. */
export function mayPublish(actor: SignedIn | null): string | null {
  return hasRole(actor, marketplacePermissions['offer.publish'].who) ? null : m.publish_role()
}

/** What the owner can do with it; null for everybody else. */
export function ownMovesOf(
  actor: SignedIn | null,
  { owner, status }: { owner: { id: string }; status: Status },
): OwnMoves | null {
  if (actor?.organisationId !== owner.id) return null
  const reason = mayPublish(actor)
  const open = Object.entries(ownMoves).filter(([, from]) => from.includes(status))
  return Object.fromEntries(open.map(([move]) => [move, reason]))
}

/** Why this person cannot propose an arrangement on an offer or a request; null when they can. */
export function mayPropose(
  actor: SignedIn | null,
  { owner, status, mostLeft }: { owner: { id: string }; status: Status; mostLeft: number },
): string | null {
  if (!hasRole(actor, negotiators)) return m.propose_role()
  if (actor?.organisationId === owner.id) return m.propose_own()
  if (status !== 'published') return m.propose_closed()
  return mostLeft === 0 ? m.propose_nothing_left() : null
}
