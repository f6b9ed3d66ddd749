import { error } from '@sveltejs/kit'
import { m } from '#lib/i18n.ts'
import type { SignedIn } from '#lib/signed-in.ts'

/** These pages are the coordinator's; the services refuse everyone else too. */
export function mustCoordinate(actor: SignedIn | null): void {
  if (!actor?.roles.includes('coordinator')) error(403, m.coordination_only())
}
