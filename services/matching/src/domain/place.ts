import type { PlaceFactor } from '@samkraft/contracts/matching'
import type { z } from 'zod'
import type { Asked, Offered } from './parties.ts'
import { pointsFor, rules, scoredAs } from './rules.ts'

type Missing = z.infer<typeof PlaceFactor>['missing']
type Graded = Readonly<{ share: number; missing: Missing }>

const { place: table } = rules.factors

/** Place: how far it is, and whether being there is needed at all. */
export function scorePlace(
  { facts: request }: Asked,
  { facts: offer }: Offered,
  km: number | null,
): z.infer<typeof PlaceFactor> {
  const travelKm = offer.place === 'remote' ? null : offer.travelKm
  const { share, missing } = grade(request.place, offer.place, reach(km, travelKm))
  return {
    ...scoredAs('place', pointsFor('place', share)),
    evidence: { asked: request.place, offered: offer.place, km, travelKm },
    missing: share >= 1 ? null : missing,
  }
}

/** Where the work is done. */
export type Mode = z.infer<typeof PlaceFactor>['evidence']['asked']

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
