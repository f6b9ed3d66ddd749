import type { Migrations } from '@samkraft/db'
import { openMarket } from './0001-open-market.ts'
import { matches } from './0002-matches.ts'
import { plans } from './0003-plans.ts'
import { pooledNeeds } from './0004-pooled-needs.ts'
import { excludedPairs } from './0005-excluded-pairs.ts'
import { organisationNames } from './0006-organisation-names.ts'
import { sharesByTerm } from './0007-shares-by-term.ts'
import { daysOfPairs } from './0008-days-of-pairs.ts'
import { whenRequestsEnd } from './0009-when-requests-end.ts'
import { whenPairsWereApproved } from './0010-when-pairs-were-approved.ts'
import { sameHours } from './0011-same-hours.ts'
import { roundedHours } from './0012-rounded-hours.ts'
import { places } from './0013-places.ts'

export const migrations: Migrations = {
  '0001-open-market': openMarket,
  '0002-matches': matches,
  '0003-plans': plans,
  '0004-pooled-needs': pooledNeeds,
  '0005-excluded-pairs': excludedPairs,
  '0006-organisation-names': organisationNames,
  '0007-shares-by-term': sharesByTerm,
  '0008-days-of-pairs': daysOfPairs,
  '0009-when-requests-end': whenRequestsEnd,
  '0010-when-pairs-were-approved': whenPairsWereApproved,
  '0011-same-hours': sameHours,
  '0012-rounded-hours': roundedHours,
  '0013-places': places,
}
