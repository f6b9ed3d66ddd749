import type { PlaceFactor } from '@samkraft/contracts/matching'
import type { z } from 'zod'
import { type Asked, distanceKm, type Offered } from './parties.ts'
import { pointsFor, rules, scoredAs } from './rules.ts'

type Missing = z.infer<typeof PlaceFactor>['missing']
type Graded = Readonly<{ share: number; missing: Missing }>

const { place: table } = rules.factors

type Evidence = z.infer<typeof PlaceFactor>['evidence']

/** How far it is, whole kilometres, and between which places where they need naming. */
export type Away = Pick<Evidence, 'km' | 'between'>

/** From where the offer sets out to where the request is, as the crow flies. */
export function awayFrom(request: Asked, offer: Offered): Away {
  const km = distanceKm(request.position, offer.position)
  const [from, to] = [offer.facts.placeOrganisationId, request.facts.placeOrganisationId]
  if (!from && !to) return { km }
  return { km, between: { from: from ?? offer.organisationId, to: to ?? request.organisationId } }
}

/** Place: how far it is, and whether being there is needed at all. */
export function scorePlace(
  { facts: request }: Asked,
  { facts: offer }: Offered,
  away: Away,
): z.infer<typeof PlaceFactor> {
  const travelKm = offer.place === 'remote' ? null : offer.travelKm
  const { share, missing } = grade(request.place, offer.place, reach(away.km, travelKm))
  return {
    ...scoredAs('place', pointsFor('place', share)),
    evidence: { asked: request.place, offered: offer.place, ...away, travelKm },
    missing: share >= 1 ? null : missing,
  }
}

/** Where the work is done. */
export type Mode = Evidence['asked']

/** How the work is done where the two meet: as the offer can, and where it can do both as it is asked for. */
export function placeBetween(asked: Mode, offered: Mode): Mode {
  return offered === 'hybrid' ? asked : offered
}

function grade(asked: Mode, offered: Mode, there: Graded): Graded {
  if (offered === 'remote') {
    if (asked === 'remote') return { share: 1, missing: null }
    return { share: asked === 'hybrid' ? table.remotePart : table.onlyRemote, missing: { reason: 'only_remote' } }
  }
  if (asked === 'remote') {
    if (offered === 'hybrid') return { share: 1, missing: null }
    return { share: Math.min(table.onlyOnSite, there.share), missing: { reason: 'only_on_site' } }
  }
  if (asked === 'hybrid' && offered === 'hybrid')
    return { share: table.remotePart + (1 - table.remotePart) * there.share, missing: there.missing }
  return there
}

/** Points for being there fall evenly with the distance; farther than the offer travels gives none. */
function reach(km: number | null, travelKm: number | null): Graded {
  if (km === null) return { share: table.distanceUnknown, missing: { reason: 'distance_unknown' } }
  if (travelKm !== null && km > travelKm) return { share: table.beyondTravel, missing: { reason: 'beyond_travel' } }
  if (km <= table.nearKm) return { share: 1, missing: null }
  const share = Math.max(table.leastShare, (table.farKm - km) / (table.farKm - table.nearKm))
  return { share, missing: { reason: 'far' } }
}
