import type { Migrations } from '@samkraft/db'
import { copies } from './0001-copies.ts'
import { arrangements } from './0002-arrangements.ts'
import { tenancy } from './0003-tenancy.ts'
import { proposingRegion } from './0004-proposing-region.ts'
import { sharesByTerm } from './0005-shares-by-term.ts'
import { byOffer } from './0006-by-offer.ts'
import { costOfTerms } from './0007-cost-of-terms.ts'
import { followUpVersion } from './0008-follow-up-version.ts'
import { diaryVersion } from './0009-diary-version.ts'
import { offerVersion } from './0010-offer-version.ts'

/** In order of name, after the base migrations every service shares. */
export const migrations: Migrations = {
  '0001_copies': copies,
  '0002_arrangements': arrangements,
  '0003_tenancy': tenancy,
  '0004_proposing_region': proposingRegion,
  '0005_shares_by_term': sharesByTerm,
  '0006_by_offer': byOffer,
  '0007_cost_of_terms': costOfTerms,
  '0008_follow_up_version': followUpVersion,
  '0009_diary_version': diaryVersion,
  '0010_offer_version': offerVersion,
}
