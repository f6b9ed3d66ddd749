import { coordinators, negotiators } from '@samkraft/contracts/arrangements'
import { m } from '#lib/i18n.ts'
import { hasRole, type SignedIn } from '#lib/signed-in.ts'

/** An organisation that would take part, and its county; null for those that belong to the whole country. */
export type Side = Readonly<{ id: string; countyCode: string | null }>

/**
 * Why this person cannot propose an arrangement between these; null when they can: as one of the parties, or as the
 * coordinator of the lender's county (ADR 17). The service has the last word.
 */
export function whyNotPropose(actor: SignedIn | null, lender: Side, borrowers: readonly Side[]): string | null {
  const parties = [lender, ...borrowers]
  const isParty = parties.some(({ id }) => id === actor?.organisationId)
  if (isParty && hasRole(actor, negotiators)) return null
  const county = parties.find(({ countyCode }) => countyCode !== null)?.countyCode
  const coordinates = hasRole(actor, coordinators)
  if (coordinates && county === actor?.organisation.countyCode) return null
  if (isParty) return m.propose_role()
  return coordinates ? m.propose_other_county() : m.error_arrangement_not_a_party()
}
