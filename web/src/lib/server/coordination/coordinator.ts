import { error } from '@sveltejs/kit'
import { m } from '#lib/i18n.ts'
import { hasRole, type SignedIn } from '#lib/signed-in.ts'

/** These pages are the coordinator's; the services refuse everyone else too. */
export function mustCoordinate(actor: SignedIn | null): void {
  if (hasRole(actor, ['coordinator'])) return
  error(403, hasRole(actor, ['process_support']) ? m.coordination_only_figures() : m.coordination_only())
}

/** The figures are also for who supports the process, in sums. */
export function mustReadFigures(actor: SignedIn | null): void {
  if (!hasRole(actor, ['coordinator', 'process_support'])) error(403, m.coordination_only())
}
